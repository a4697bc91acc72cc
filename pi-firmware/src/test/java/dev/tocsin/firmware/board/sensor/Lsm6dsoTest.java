package dev.tocsin.firmware.board.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Lsm6dsoTest {

    private static Bench<Lsm6dsoModel> bench(int rateHz, double slowness) {
        return new Bench<>(SensorType.LSM6DSO, "i2c1", rateHz, now -> new Lsm6dsoModel(now, slowness));
    }

    @Test
    void it_is_reset_and_set_up_and_its_settings_read_back() {
        Bench<Lsm6dsoModel> bench = bench(104, 1).started().run(Duration.ofMillis(1));

        assertThat(bench.bus.transfers())
                .startsWith("0f+1", "12=1", "12+1", "12=1")
                .contains("07+12", "3a+2");
        assertThat(bench.chip.read(0x07)).as("words for the watermark").isEqualTo(20);
        assertThat(bench.chip.read(0x09)).as("both at 104 Hz").isEqualTo(0x44);
        assertThat(bench.chip.read(0x0A)).as("continuous").isEqualTo(6);
        assertThat(bench.chip.read(0x10)).as("104 Hz, 16 g").isEqualTo(0x44);
        assertThat(bench.chip.read(0x11)).as("104 Hz, 2000 dps").isEqualTo(0x4C);
    }

    @Test
    void samples_are_in_g_and_radians_a_second() {
        Bench<Lsm6dsoModel> bench = bench(104, 1).started().run(Duration.ofSeconds(1));

        double[] row = bench.heard.rows().get(3);
        assertThat(row[0]).isCloseTo(3 * 0.488e-3, within(1e-9));
        assertThat(row[2]).isCloseTo(1, within(1e-3));
        assertThat(row[3]).isCloseTo(Math.toRadians(3 * 0.070), within(1e-9));
        assertThat(row[5]).isCloseTo(1, within(1e-3));
    }

    @ParameterizedTest
    @CsvSource({"26, 0.95", "104, 1", "104, 0.94", "208, 1.06", "416, 1"})
    void a_sample_s_time_is_right_within_a_period_at_any_rate(int rateHz, double slowness) {
        Bench<Lsm6dsoModel> bench = bench(rateHz, slowness).started().run(Duration.ofSeconds(30));

        assertThat(bench.heard.told()).isEmpty();
        assertThat(bench.heard.rows()).hasSizeGreaterThan(25 * rateHz);
        int firstReading = rateHz / 10;
        for (int i = firstReading; i < bench.heard.rows().size(); i++) {
            double[] row = bench.heard.rows().get(i);
            assertThat((double) (bench.heard.timesNs().get(i) - bench.chip.takenNs(row[0])))
                    .isBetween(-1.1e9 / rateHz, 1.1e9 / rateHz);
        }
    }

    @Test
    void a_fifo_that_ran_over_is_told_as_a_gap() {
        Bench<Lsm6dsoModel> bench = bench(104, 1).started().run(Duration.ofSeconds(2));
        bench.bus.hang();
        bench.run(Duration.ofMillis(2_900));
        bench.bus.release();
        bench.run(Duration.ofSeconds(2));

        assertThat(bench.heard.told()).containsExactly("trouble gap", "well gap");
        assertThat(bench.source.counts().lost()).isBetween(30L, 60L);
    }

    @Test
    void a_half_whose_other_half_was_lost_is_dropped_and_the_rest_stays_together() {
        Bench<Lsm6dsoModel> bench = bench(104, 1).started().run(Duration.ofMillis(1_050));
        bench.chip.read(0x3A); // has the model catch up
        bench.chip.loseWord();
        bench.run(Duration.ofSeconds(1));

        int previous = -1;
        int missing = 0;
        for (double[] row : bench.heard.rows()) {
            int count = (int) Math.round(row[0] / 0.488e-3);
            assertThat(Math.round(Math.toDegrees(row[3]) / 0.070))
                    .as("both halves of one slot")
                    .isEqualTo(count);
            missing += count - previous - 1;
            previous = count;
        }
        assertThat(missing).isEqualTo(1);
    }

    @Test
    void a_tag_of_odd_parity_is_nonsense_and_gives_no_sample() {
        Bench<Lsm6dsoModel> bench = bench(104, 1).started().run(Duration.ofSeconds(1));
        int before = bench.heard.rows().size();
        bench.chip.spoilParity();
        bench.run(Duration.ofMillis(150));
        assertThat(bench.heard.rows()).hasSize(before);

        bench.run(Duration.ofSeconds(3));
        assertThat(bench.source.counts().failures()).isPositive();
        assertThat(bench.heard.rows()).as("its reset helped").hasSizeGreaterThan(before);
    }
}
