package dev.tocsin.firmware.board.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TfLunaTest {

    private static Bench<TfLunaModel> bench(int rateHz) {
        return new Bench<>(SensorType.TF_LUNA, "i2c1", rateHz, TfLunaModel::new).started();
    }

    @Test
    void a_distance_is_in_metres_and_comes_once_a_frame() {
        Bench<TfLunaModel> bench = bench(50).run(Duration.ofSeconds(10));

        assertThat(bench.heard.last()).containsExactly(2.5, 1200);
        assertThat(bench.heard.rows()).hasSizeBetween(495, 501);
        assertThat(bench.heard.told()).isEmpty();
        assertThat(bench.source.counts().lost()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"250, 99, 0", "250, 65535, 0", "250, 1200, 8", "0, 1200, 0"})
    void what_cannot_be_relied_on_is_no_number(int distanceCm, int strength, int error) {
        Bench<TfLunaModel> bench = bench(50).run(Duration.ofSeconds(1));
        bench.chip.see(distanceCm, strength, error);
        bench.run(Duration.ofSeconds(1));

        assertThat(bench.heard.last()[0]).isNaN();
        assertThat(bench.heard.last()[1]).isEqualTo(strength);
        assertThat(bench.heard.told()).isEmpty();
    }

    @Test
    void the_weakest_light_that_can_be_relied_on_is_100() {
        Bench<TfLunaModel> bench = bench(50).run(Duration.ofSeconds(1));
        bench.chip.see(800, 100, 0);
        bench.run(Duration.ofSeconds(1));

        assertThat(bench.heard.last()).containsExactly(8.0, 100);
    }

    @Test
    void one_that_answers_but_measures_nothing_new_is_silent_and_no_distance_is_repeated() {
        Bench<TfLunaModel> bench = bench(50).run(Duration.ofSeconds(1));
        bench.chip.freeze();
        int before = bench.heard.rows().size();
        bench.run(Duration.ofSeconds(5));

        assertThat(bench.heard.told()).containsExactly("trouble silent");
        assertThat(bench.heard.rows()).hasSize(before);
    }
}
