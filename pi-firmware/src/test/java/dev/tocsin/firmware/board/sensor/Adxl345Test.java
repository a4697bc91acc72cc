package dev.tocsin.firmware.board.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Adxl345Test {

    private static Bench<Adxl345Model> bench(int rateHz, double slowness) {
        return new Bench<>(SensorType.ADXL345, "spi0", rateHz, now -> new Adxl345Model(now, slowness));
    }

    @Test
    void it_is_set_up_to_stream_and_told_to_measure_last() {
        Bench<Adxl345Model> bench = bench(100, 1).started().run(Duration.ofMillis(1));

        assertThat(bench.bus.transfers())
                .startsWith("00+1", "2d=1", "38=1", "32+6", "31=1", "38=1", "2c=4", "2c+6", "38+1")
                .endsWith("2c+6", "38+2", "00+1");
        assertThat(bench.chip.read(0x2C)).as("100 Hz").isEqualTo(0x0A);
        assertThat(bench.chip.read(0x31)).as("full resolution, 16 g").isEqualTo(0x0B);
        assertThat(bench.chip.read(0x38)).as("stream, told at 10").isEqualTo(0x8A);
    }

    @Test
    void samples_are_in_g() {
        Bench<Adxl345Model> bench = bench(100, 1).started().run(Duration.ofSeconds(1));

        assertThat(bench.heard.rows().get(5)).containsExactly(5 / 256.0, 0, 1);
    }

    @Test
    void the_bus_is_used_once_a_watermark_and_not_once_a_sample() {
        Bench<Adxl345Model> bench = bench(100, 1).started().run(Duration.ofSeconds(10));

        long readings = bench.bus.transfers().stream().filter("38+2"::equals).count();
        assertThat(readings).isBetween(100L, 102L);
        assertThat(bench.heard.rows()).hasSizeBetween(990, 1000);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.93, 0.97, 1, 1.03, 1.07})
    void a_sample_s_time_is_right_within_a_period_though_the_chip_runs_fast_or_slow(double slowness) {
        Bench<Adxl345Model> bench = bench(100, slowness).started().run(Duration.ofSeconds(60));

        assertThat(bench.heard.told()).isEmpty();
        long periodNs = 10_000_000;
        long worstNs = 0;
        for (int i = 0; i < bench.heard.rows().size(); i++) {
            double[] row = bench.heard.rows().get(i);
            assertThat(Math.round(row[0] * 256)).as("none is missing").isEqualTo(i);
            worstNs = Math.max(worstNs, Math.abs(bench.heard.timesNs().get(i) - bench.chip.takenNs(row[0])));
        }
        assertThat(worstNs).isLessThan(periodNs * 11 / 10);
    }

    @Test
    void a_reader_who_comes_too_late_tells_the_gap_and_goes_on_with_right_times() {
        Bench<Adxl345Model> bench = bench(100, 1).started().run(Duration.ofSeconds(2));
        bench.bus.hang();
        bench.run(Duration.ofSeconds(1));
        bench.bus.release();
        bench.run(Duration.ofSeconds(2));

        assertThat(bench.heard.told()).containsExactly("trouble gap", "well gap");
        assertThat(bench.source.counts().lost()).isBetween(60L, 80L);
        for (int i = 0; i < bench.heard.rows().size(); i++) {
            double[] row = bench.heard.rows().get(i);
            assertThat(bench.heard.timesNs().get(i) - bench.chip.takenNs(row[0]))
                    .isBetween(-10_000_000L, 11_000_000L);
        }
        assertThat(bench.chip.taken() - bench.heard.rows().size())
                .as("lost and told, or not read yet")
                .isBetween(
                        (int) bench.source.counts().lost() - 10,
                        (int) bench.source.counts().lost() + 12);
    }

    @Test
    void its_data_ready_line_has_it_read_at_once() {
        Bench<Adxl345Model> bench = bench(100, 1).started().run(Duration.ofMillis(1_050));
        int before = bench.heard.rows().size();
        bench.source.dataReady();
        bench.source.dataReady();
        bench.time.settle();

        assertThat(bench.heard.rows()).hasSize(before + 5);
        bench.run(Duration.ofSeconds(1));
        assertThat(bench.heard.told()).isEmpty();
    }

    @Test
    void another_part_in_its_place_is_named_and_never_set_up() {
        Bench<Lsm6dsoModel> bench = new Bench<>(SensorType.ADXL345, "i2c1", 100, now -> new Lsm6dsoModel(now, 1) {});
        bench.chip.write(0x00, 0x33);
        bench.started().run(Duration.ofSeconds(5));

        assertThat(bench.heard.told()).containsExactly("trouble part");
        assertThat(bench.heard.texts().get(0)).contains("its identity is 0x33, not 0xE5");
        assertThat(bench.bus.transfers()).containsOnly("00+1");
    }

    @Test
    void a_batch_that_ends_with_another_identity_is_thrown_away() {
        Bench<Adxl345Model> bench = bench(100, 1).started().run(Duration.ofSeconds(1));
        int before = bench.heard.rows().size();
        bench.bus.dieAfter(5); // the settings, the count and three entries still come
        bench.run(Duration.ofMillis(150));

        assertThat(bench.heard.rows()).hasSize(before);
    }

    @Test
    void one_that_stands_still_is_told_as_silent_and_set_up_again() {
        Bench<Adxl345Model> bench = bench(100, 1e9).started().run(Duration.ofSeconds(3));

        assertThat(bench.heard.told()).isEqualTo(List.of("trouble silent"));
        assertThat(bench.bus.transfers().stream().filter("2c=4"::equals).count())
                .isGreaterThan(1);
    }
}
