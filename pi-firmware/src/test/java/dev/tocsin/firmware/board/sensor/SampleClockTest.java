package dev.tocsin.firmware.board.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleClockTest {

    private static final long MS = 1_000_000;

    private final SampleClock clock = new SampleClock(10 * MS);

    @Test
    void the_first_samples_are_laid_out_backwards_from_when_they_were_counted() {
        clock.took(3, 100 * MS, 101 * MS);

        assertThat(clock.next()).isEqualTo(81 * MS);
        assertThat(clock.next()).isEqualTo(91 * MS);
        assertThat(clock.next()).isEqualTo(101 * MS);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.9, 0.97, 1, 1.02, 1.1})
    void a_chip_s_own_period_is_learned_and_times_stay_within_one_of_it(double slowness) {
        double period = 10 * MS * slowness;
        Random late = new Random(4);
        long taken = 0;
        long readNs = 0;
        for (int reading = 0; reading < 500; reading++) {
            readNs += 100 * MS + late.nextInt(0, 60) * MS; // read when somebody finds the time
            int count = (int) (readNs / period - taken);
            clock.took(count, readNs, readNs + MS);
            for (int i = 0; i < count; i++) {
                taken++;
                double error = clock.next() - taken * period;
                if (reading > 0) {
                    assertThat(error).isBetween(-1.2 * period, 1.2 * period);
                }
            }
        }
        assertThat(clock.periodNs()).isCloseTo(period, within(0.02 * period));
    }

    @Test
    void times_increase_whatever_the_counts_say() {
        Random chance = new Random(7);
        long nowNs = 0;
        long lastNs = Long.MIN_VALUE;
        for (int reading = 0; reading < 2_000; reading++) {
            nowNs += chance.nextInt(0, 50) * MS;
            int count = chance.nextInt(-1, 40);
            if (chance.nextInt(20) == 0) {
                clock.lost();
            }
            clock.took(count, nowNs, nowNs);
            for (int i = 0; i < count; i++) {
                long timeNs = clock.next();
                assertThat(timeNs).isGreaterThan(lastNs);
                lastNs = timeNs;
            }
        }
    }

    @Test
    void after_a_gap_time_begins_anew_at_the_count() {
        clock.took(1, 100 * MS, 100 * MS);
        clock.next();
        clock.lost();
        clock.took(2, 5_000 * MS, 5_000 * MS);

        assertThat(clock.next()).isEqualTo(4_990 * MS);
        assertThat(clock.next()).isEqualTo(5_000 * MS);
    }
}
