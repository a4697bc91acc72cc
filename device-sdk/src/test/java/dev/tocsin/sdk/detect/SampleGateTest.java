package dev.tocsin.sdk.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SampleGateTest {

    private static final SensorLimits LIMITS = SensorLimits.distance(8, Duration.ofSeconds(60));

    private final Found found = new Found();
    private final Passed passed = new Passed(1);
    private final SplittableRandom random = new SplittableRandom(1);
    private final Player player = new Player(new SampleGate(LIMITS, passed, found), 10);

    private double sound(double t) {
        return 3 + 0.01 * random.nextDouble();
    }

    @Test
    void good_samples_pass_and_nothing_is_told() {
        player.plays(120, this::sound);
        assertThat(passed.samples).hasSize(1_200);
        assertThat(found.health).isEmpty();
    }

    @Test
    void a_single_bad_sample_is_held_back_and_not_told() {
        Player loop = new Player(new SampleGate(SensorLimits.loop(), passed, found), 10);
        loop.plays(5, 0.5).gives(900).plays(5, 0.5).gives(Double.POSITIVE_INFINITY);
        loop.plays(5, 0.5);
        assertThat(passed.samples).hasSize(150).containsOnly(0.5);
        assertThat(found.health).isEmpty();
    }

    @Test
    void bit_identical_values_are_stuck_after_their_time_and_held_back_from_there() {
        player.plays(60, 3.0);
        assertThat(found.health).isEmpty();
        player.plays(10, 3.0);
        assertThat(found.health).containsExactly("+stuck");
        assertThat(passed.samples).hasSize(600);
    }

    @Test
    void a_sensor_that_repeats_itself_by_right_is_never_stuck() {
        Player probe = new Player(new SampleGate(SensorLimits.probe(), passed, found), 10);
        probe.plays(3_600, 1e6);
        assertThat(found.health).isEmpty();
    }

    @Test
    void a_fault_ends_only_after_ten_good_seconds_and_does_not_flap() {
        player.plays(61, 3.0);
        for (int i = 0; i < 20; i++) {
            player.plays(5, this::sound).plays(61, 3.0);
        }
        assertThat(found.health).containsExactly("+stuck");
        player.plays(11, this::sound);
        assertThat(found.health).containsExactly("+stuck", "-stuck");
    }

    @Test
    void a_stuck_sensor_that_moves_is_heard_at_once() {
        player.plays(61, 3.0);
        int before = passed.samples.size();
        player.plays(1, this::sound);
        assertThat(passed.samples).hasSize(before + 10);
    }

    @Test
    void noise_is_held_back_at_once_and_told_after_a_window() {
        player.plays(5, this::sound).plays(3, t -> 0.3 + 7 * random.nextDouble());
        assertThat(found.health).containsExactly("+noisy");
        assertThat(passed.samples.size()).as("little of the noise came through").isLessThan(50 + 20);
    }

    @Test
    void somebody_who_steps_in_is_no_noise() {
        player.plays(5, this::sound)
                .plays(5, t -> 0.8 + 0.01 * random.nextDouble())
                .plays(5, this::sound);
        assertThat(found.health).isEmpty();
        assertThat(passed.samples.size()).isGreaterThan(135);
    }

    @Test
    void somebody_half_in_the_beam_in_front_of_a_wall_is_no_noise() {
        player.plays(5, this::sound);
        player.plays(20, t -> (random.nextDouble() < 0.7 ? 0.8 : 5) + 0.01 * random.nextDouble());
        player.plays(20, t -> (Math.round(t * 10) % 3 == 2 ? 5 : 0.8) + 0.01 * random.nextDouble());
        assertThat(found.health).isEmpty();
        assertThat(passed.samples).hasSize(450);
    }

    @Test
    void somebody_in_front_of_a_wall_beyond_the_range_raises_an_alarm() {
        EdgeGuard guard = new EdgeGuard(EdgeGuard.Settings.parapet(), found);
        Player edge = new Player(new SampleGate(SensorLimits.distance(8), guard, found), 10);
        edge.plays(5, t -> 9 + 0.01 * random.nextDouble()).plays(8, t -> 0.8 + 0.01 * random.nextDouble());
        assertThat(found.states()).containsExactly("FALL_RISK RAISED");
    }

    @Test
    void a_wall_beyond_the_range_or_at_its_end_is_no_fault_and_hides_nobody() {
        player.plays(5, 9).plays(60, t -> 7.9 + 0.2 * random.nextDouble());
        player.plays(8, t -> 0.8 + 0.01 * random.nextDouble());
        assertThat(found.health).isEmpty();
        assertThat(passed.samples).hasSize(730);
    }

    @Test
    void a_sound_sensor_of_whole_centimetres_over_a_wall_is_not_stuck() {
        Player luna = new Player(new SampleGate(SensorLimits.distance(8), passed, found), 10);
        luna.plays(1_800, 3.0);
        assertThat(found.health).isEmpty();
        luna.plays(2_000, 3.0);
        assertThat(found.health).containsExactly("+stuck");
    }

    @Test
    void values_out_of_range_are_told_once_they_are_many() {
        Player loop = new Player(new SampleGate(SensorLimits.loop(), passed, found), 10);
        loop.plays(5, 0.5).plays(5, 12);
        assertThat(found.health).containsExactly("+out-of-range");
        loop.plays(15, 0.5);
        assertThat(found.health).containsExactly("+out-of-range", "-out-of-range");
    }

    @Test
    void a_slow_sensor_s_garbage_is_told() {
        Player loop = new Player(new SampleGate(SensorLimits.loop(), passed, found), 1);
        loop.plays(20, 0.5).plays(5, Double.NaN);
        assertThat(found.health).containsExactly("+not-a-number");
    }

    @Test
    void while_a_sensor_is_wrong_most_of_the_time_the_rest_is_held_back_too() {
        Player loop = new Player(new SampleGate(SensorLimits.loop(), passed, found), 10);
        loop.plays(2, 12);
        int before = passed.samples.size();
        loop.plays(5, t -> random.nextDouble() < 0.7 ? 12 : 1);
        assertThat(passed.samples).hasSize(before);
    }

    @Test
    void what_is_not_a_number_is_told() {
        Player probe = new Player(new SampleGate(SensorLimits.probe(), passed, found), 10);
        probe.plays(3, Double.NaN);
        assertThat(found.health).containsExactly("+not-a-number");
        assertThat(passed.samples).isEmpty();
    }

    @Test
    void a_time_out_of_a_sensor_that_may_have_them_passes() {
        player.plays(3, Double.NaN).plays(3, 0);
        assertThat(found.health).isEmpty();
        assertThat(passed.samples).hasSize(60);
    }

    @Test
    void silence_is_told_within_five_seconds_and_over_when_samples_come_again() {
        player.plays(5, this::sound).pauses(4);
        assertThat(found.health).containsExactly("+silent");
        player.plays(9, this::sound);
        assertThat(found.health).containsExactly("+silent");
        player.plays(2, this::sound);
        assertThat(found.health).containsExactly("+silent", "-silent");
        assertThat(passed.samples).as("silence holds nothing back").hasSize(160);
    }

    @Test
    void a_sensor_that_never_says_anything_is_silent() {
        player.pauses(4);
        assertThat(found.health).containsExactly("+silent");
    }

    @Test
    void a_sample_from_before_is_held_back_and_told() {
        SampleGate gate = new SampleGate(LIMITS, passed, found);
        gate.sample(1_000, new double[] {3.00});
        gate.sample(999, new double[] {3.01});
        gate.sample(1_000, new double[] {3.02});
        assertThat(passed.samples).containsExactly(3.00, 3.02);
        assertThat(found.health).containsExactly("+time-backwards");
    }

    @Test
    void a_sample_from_the_future_is_told_and_blinds_nobody() {
        SampleGate gate = new SampleGate(LIMITS, passed, found);
        Player late = new Player(gate, 10);
        late.plays(5, this::sound);
        gate.sample(late.nowNs() + 3_600_000_000_000L, new double[] {3});
        late.plays(9, this::sound);
        assertThat(found.health).containsExactly("+time-ahead");
        late.plays(2, this::sound);
        assertThat(found.health).containsExactly("+time-ahead", "-time-ahead");
        assertThat(passed.samples).hasSize(160);
    }

    @Test
    void batches_of_an_accelerometer_s_fifo_are_no_silence() {
        SampleGate gate = new SampleGate(SensorLimits.acceleration(8), new Passed(3), found);
        for (int second = 0; second < 60; second++) {
            for (int i = 0; i < 150 && second % 3 == 2; i++) {
                gate.sample((second - 3) * 1_000_000_000L + i * 20_000_000L, new double[] {
                    random.nextDouble() / 10, random.nextDouble() / 10, 1 + random.nextDouble() / 10
                });
            }
            gate.step(second * 1_000_000_000L);
        }
        assertThat(found.health).isEmpty();
    }

    @Test
    void one_stuck_axis_is_enough() {
        Passed axes = new Passed(3);
        Player worn = new Player(new SampleGate(SensorLimits.acceleration(8), axes, found), 50);
        for (int i = 0; i < 400; i++) {
            worn.gives(random.nextDouble() / 10, 0.25, 1 + random.nextDouble() / 10);
        }
        assertThat(found.health).containsExactly("+stuck");
    }

    @Test
    void limits_for_another_number_of_channels_are_refused() {
        Passed axes = new Passed(3);
        assertThatThrownBy(() -> new SampleGate(LIMITS, axes, found))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("limits for 1 channels");
    }

    @Test
    void limits_out_of_range_are_refused() {
        SensorLimits.Channel channel = new SensorLimits.Channel(0, 1, Duration.ZERO, 1, false);
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new SensorLimits(List.of(), second, second, 0.5, second))
                .hasMessageContaining("number of channels");
        assertThatThrownBy(() -> new SensorLimits(List.of(channel), second, second, Double.NaN, second))
                .hasMessageContaining("badShare");
        assertThatThrownBy(() -> new SensorLimits.Channel(1, 1, Duration.ZERO, 1, false))
                .hasMessageContaining("highest");
        assertThatThrownBy(() -> new SensorLimits.Channel(0, 1, Duration.ZERO, 0, false))
                .hasMessageContaining("noise");
    }

    /** Keeps the first channel of what came through. */
    private static final class Passed implements Detector {
        final List<Double> samples = new ArrayList<>();
        private final int channels;

        Passed(int channels) {
            this.channels = channels;
        }

        @Override
        public int channels() {
            return channels;
        }

        @Override
        public void sample(long timeNs, double[] values) {
            samples.add(values[0]);
        }

        @Override
        public void step(long nowNs) {}
    }
}
