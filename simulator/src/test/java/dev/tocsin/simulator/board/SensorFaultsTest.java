package dev.tocsin.simulator.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tocsin.sdk.testkit.SeededEntropy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SensorFaultsTest {

    private static final Duration FROM = Duration.ofSeconds(10);
    private static final Duration LENGTH = Duration.ofSeconds(5);

    /** Two channels: the second, and ten times that. */
    private static final SampleSource RAMP = new SampleSource() {
        @Override
        public int channels() {
            return 2;
        }

        @Override
        public boolean sample(long timeNs, double[] values) {
            values[0] = timeNs / 1e9;
            values[1] = timeNs / 1e8;
            return true;
        }
    };

    private static double[] at(SampleSource source, double seconds) {
        double[] values = new double[source.channels()];
        assertThat(source.sample(Math.round(seconds * 1e9), values)).isTrue();
        return values;
    }

    @Test
    void a_stuck_sensor_reads_one_value_for_a_while() {
        SampleSource stuck = RAMP.stuck(-7, FROM, LENGTH);
        assertThat(at(stuck, 9)).containsExactly(9, 90);
        assertThat(at(stuck, 10)).containsExactly(-7, -7);
        assertThat(at(stuck, 14.9)).containsExactly(-7, -7);
        assertThat(at(stuck, 15)).containsExactly(15, 150);
    }

    @Test
    void a_frozen_sensor_repeats_its_last_sample() {
        SampleSource frozen = RAMP.frozen(FROM, LENGTH);
        assertThat(at(frozen, 12)[0]).isCloseTo(10, within(1e-6));
        assertThat(at(frozen, 14)).isEqualTo(at(frozen, 12));
        assertThat(at(frozen, 15)).containsExactly(15, 150);
    }

    @Test
    void a_sensor_frozen_before_it_ever_gave_a_sample_gives_none() {
        assertThat(RAMP.broken(Duration.ZERO, FROM).frozen(FROM, LENGTH).sample(12_000_000_000L, new double[2]))
                .isFalse();
    }

    @Test
    void a_broken_sensor_gives_no_sample_for_a_while() {
        SampleSource broken = RAMP.broken(FROM, LENGTH);
        assertThat(broken.sample(12_000_000_000L, new double[2])).isFalse();
        assertThat(at(broken, 15)).containsExactly(15, 150);
    }

    @Test
    void a_saturated_sensor_clips_every_channel() {
        SampleSource clipped = RAMP.saturated(20, 40);
        assertThat(at(clipped, 3)).containsExactly(20, 30);
        assertThat(at(clipped, 5)).containsExactly(20, 40);
    }

    @Test
    void noise_has_the_sigma_asked_for_and_comes_again_with_the_seed() {
        SampleSource one = RAMP.noisy(0.5, new SeededEntropy(4));
        SampleSource two = RAMP.noisy(0.5, new SeededEntropy(4));
        double sum = 0;
        double squares = 0;
        int count = 20_000;
        for (int i = 0; i < count; i++) {
            double[] values = at(one, i);
            assertThat(at(two, i)).isEqualTo(values);
            sum += values[0] - i;
            squares += (values[0] - i) * (values[0] - i);
        }
        assertThat(sum / count).isCloseTo(0, within(0.02));
        assertThat(Math.sqrt(squares / count)).isCloseTo(0.5, within(0.02));
    }
}
