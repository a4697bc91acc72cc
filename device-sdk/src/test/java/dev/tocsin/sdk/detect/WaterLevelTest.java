package dev.tocsin.sdk.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WaterLevelTest {

    private static final long HOUR = 3_600_000_000_000L;
    private static final WaterLevel.Settings RIVER = WaterLevel.Settings.river(2.0, 3.0);

    private final Found found = new Found();
    private final WaterLevel river = new WaterLevel(RIVER, found);
    private long nowNs;

    private void reads(WaterLevel gauge, double... metres) {
        for (double m : metres) {
            nowNs += HOUR;
            gauge.sample(nowNs, new double[] {m});
            gauge.step(nowNs);
        }
    }

    @Test
    void warning_danger_and_the_end_are_told_at_their_samples() {
        reads(river, 1.5, 1.6, 1.9, 2.1, 2.5, 2.9, 3.1, 2.9, 2.5, 2.1, 1.96, 1.94);
        assertThat(found.states()).containsExactly("WATER_LEVEL RAISED", "WATER_LEVEL UPDATED", "WATER_LEVEL RESTORED");
        assertThat(found.detections).extracting(d -> d.decidedNs() / HOUR).containsExactly(4L, 7L, 12L);
    }

    @Test
    void waves_at_a_level_are_one_alarm() {
        reads(river, 1.9, 1.9, 1.9, 2.0);
        for (int i = 0; i < 100; i++) {
            reads(river, 1.97, 2.03);
        }
        assertThat(found.states()).containsExactly("WATER_LEVEL RAISED");
    }

    @Test
    void danger_that_comes_again_is_told_again() {
        reads(river, 2.6, 2.6, 2.6, 2.9, 3.1, 2.8, 2.9, 3.1);
        assertThat(found.states()).containsExactly("WATER_LEVEL RAISED", "WATER_LEVEL UPDATED", "WATER_LEVEL UPDATED");
    }

    @Test
    void a_spike_never_warns() {
        for (int i = 0; i < 100; i++) {
            reads(river, 1.5, 1.52, 1.51, 1.5, 1.49, 1.5 + (i % 2 == 0 ? 5 : -5), 1.5, 1.51);
        }
        assertThat(found.states()).isEmpty();
    }

    @Test
    void a_spike_down_does_not_restore() {
        reads(river, 1.8, 1.8, 1.8, 2.1, 2.2, -1, 2.2, 2.2);
        assertThat(found.states()).containsExactly("WATER_LEVEL RAISED");
    }

    @Test
    void a_wave_faster_than_thought_possible_is_told_with_the_next_sample() {
        reads(river, 1.5, 1.5, 1.5, 4, 4.2);
        assertThat(found.states()).containsExactly("WATER_LEVEL RAISED");
        assertThat(found.detections.getFirst().text()).startsWith("danger: at 4.20 m");
        assertThat(found.detections.getFirst().edgeNs()).isEqualTo(4 * HOUR);
        assertThat(found.detections.getFirst().decidedNs()).isEqualTo(5 * HOUR);
    }

    @Test
    void a_flood_that_rises_faster_than_thought_possible_is_told_while_it_rises() {
        for (double mPerMinute : new double[] {5 / 60.0, 0.25, 0.6}) {
            Found told = new Found();
            WaterLevel gauge = new WaterLevel(
                    new WaterLevel.Settings(
                            2,
                            3,
                            0.05,
                            Double.POSITIVE_INFINITY,
                            Duration.ofHours(1),
                            0.5,
                            0.02,
                            Duration.ofSeconds(90),
                            Duration.ofDays(1)),
                    told);
            SplittableRandom random = new SplittableRandom(3);
            double crossedMin = 20 + 1 / mPerMinute;
            double overMin = 20 + 2.5 / mPerMinute;
            for (int minute = 0; minute <= overMin; minute++) {
                double m = 1 + mPerMinute * Math.max(0, minute - 20) + 0.01 * random.nextDouble();
                gauge.sample(minute * HOUR / 60, new double[] {m});
            }
            assertThat(told.states()).startsWith("WATER_LEVEL RAISED", "WATER_LEVEL UPDATED");
            assertThat(told.detections.getFirst().decidedNs() * 60.0 / HOUR).isLessThanOrEqualTo(crossedMin + 2);
        }
    }

    @Test
    void a_converter_that_is_disturbed_for_some_samples_and_waves_are_no_water() {
        WaterLevel.Settings tank = new WaterLevel.Settings(
                2,
                3,
                0.05,
                Double.POSITIVE_INFINITY,
                Duration.ofHours(1),
                20,
                0.02,
                Duration.ofSeconds(90),
                Duration.ofDays(1));
        Player fast = new Player(new WaterLevel(tank, found), 10);
        SplittableRandom random = new SplittableRandom(7);
        fast.plays(120, t -> 1 + 0.01 * random.nextDouble());
        for (int i = 0; i < 20; i++) {
            fast.gives(3.5).gives(3.5).gives(3.6).plays(17, t -> 1 + 0.01 * random.nextDouble());
        }
        assertThat(found.states()).isEmpty();
        fast.plays(900, t -> 1.98 + 0.15 * Math.sin(2 * Math.PI * t / 2.3) + 0.01 * random.nextDouble());
        assertThat(found.states().size()).isLessThanOrEqualTo(1);
        fast.plays(180, t -> 2.1 + 0.15 * Math.sin(2 * Math.PI * t / 2.3));
        fast.plays(180, t -> 3.2);
        assertThat(found.states()).containsExactly("WATER_LEVEL RAISED", "WATER_LEVEL UPDATED");
    }

    @Test
    void what_comes_after_a_gap_waits_for_the_next_sample() {
        reads(river, 1.5, 1.5, 1.5);
        nowNs += 50 * HOUR;
        reads(river, 2.5);
        assertThat(found.states()).isEmpty();
        reads(river, 2.5);
        assertThat(found.states()).containsExactly("WATER_LEVEL RAISED");
    }

    @Test
    void a_crest_right_after_a_gap_is_told_though_it_is_over_when_it_is_certain() {
        reads(river, 1.5, 1.5, 1.5);
        nowNs += 50 * HOUR;
        reads(river, 2.1, 1.9);
        assertThat(found.states()).containsExactly("WATER_LEVEL RAISED", "WATER_LEVEL RESTORED");
    }

    @Test
    void a_spike_after_a_gap_does_not_warn() {
        reads(river, 1.5, 1.5, 1.5);
        nowNs += 50 * HOUR;
        reads(river, 2.9, 1.5, 1.5);
        assertThat(found.states()).isEmpty();
    }

    @Test
    void a_gauge_that_jumps_about_is_a_fault_and_warns_of_nothing() {
        SplittableRandom random = new SplittableRandom(5);
        reads(river, 1.5, 1.5, 1.5);
        for (int i = 0; i < 200; i++) {
            reads(river, -20 + 120 * random.nextDouble());
        }
        assertThat(found.health).containsExactly("+spikes");
        assertThat(found.states()).isEmpty();
    }

    @Test
    void a_frozen_gauge_is_a_fault_and_what_is_raised_stays() {
        reads(river, 1.9, 1.9, 1.9, 2.1);
        for (int i = 0; i < 24 * 8; i++) {
            reads(river, 2.3);
        }
        assertThat(found.health).containsExactly("+frozen");
        assertThat(found.states()).containsExactly("WATER_LEVEL RAISED");
        reads(river, 2.4, 2.3);
        assertThat(found.health).containsExactly("+frozen", "-frozen");
    }

    @Test
    void a_fast_rise_is_raised_below_the_warning_and_the_warning_is_worse() {
        WaterLevel fast = new WaterLevel(RIVER.rise(0.2, Duration.ofHours(3)), found);
        reads(fast, 0.5, 0.5, 0.6, 0.9, 1.3, 1.7, 2.1);
        assertThat(found.detections.getFirst().text()).isEqualTo("rises by 0.35 m/h, at 1.30 m");
        assertThat(found.states()).containsExactly("WATER_LEVEL RAISED", "WATER_LEVEL UPDATED");
        reads(fast, 1.9, 1.8, 1.8, 1.8);
        assertThat(found.states()).endsWith("WATER_LEVEL RESTORED");
    }

    @Test
    void the_rate_of_rise_goes_by_the_samples_own_times() {
        RiseMeter meter = new RiseMeter(3 * HOUR);
        SplittableRandom random = new SplittableRandom(9);
        long atNs = 0;
        for (int i = 0; i < 5_000; i++) {
            atNs += 1 + random.nextLong(HOUR / (1 + i % 100));
            double rate = meter.see(atNs, 0.25 * atNs / HOUR);
            assertThat(rate == 0 || Math.abs(rate - 0.25) < 1e-9).isTrue();
            assertThat(atNs > 10 * HOUR && rate == 0).isFalse();
        }
    }

    @Test
    void the_rate_is_right_with_more_samples_in_the_window_than_are_kept() {
        RiseMeter meter = new RiseMeter(HOUR);
        double rate = 0;
        for (int i = 0; i < 3 * 3_600; i++) {
            rate = meter.see(i * 1_000_000_000L, i / 3_600.0);
        }
        assertThat(rate).isCloseTo(1.0, org.assertj.core.data.Offset.offset(1e-9));
    }

    @Test
    void settings_out_of_range_are_refused() {
        assertThatThrownBy(() -> WaterLevel.Settings.river(3, 2)).hasMessageContaining("dangerM is 2.0");
        assertThatThrownBy(() -> RIVER.fastest(0)).hasMessageContaining("fastestMPerHour");
        assertThatThrownBy(() -> RIVER.rise(Double.NaN, Duration.ofHours(1))).hasMessageContaining("riseMPerHour");
    }
}
