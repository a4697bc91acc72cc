package dev.tocsin.sdk.detect;

import static dev.tocsin.sdk.detect.FallDetectorTest.IMPACT_S;
import static dev.tocsin.sdk.detect.FallDetectorTest.fall;
import static dev.tocsin.sdk.detect.Motion.LYING;
import static dev.tocsin.sdk.detect.Motion.STANDING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.tocsin.sdk.model.AlarmState;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a sensor and its line make of a motion: rates, bursts, gaps, clipping, garbage, death, water. */
class FallDetectorGuardsTest {

    @ParameterizedTest
    @ValueSource(doubles = {30, 50, 128, 200, 400})
    void the_same_motion_is_decided_alike_at_any_rate(double rateHz) {
        FallRig rig = new FallRig(FallProfile.WAIST).play(fall(5), rateHz, (t, feels, to) -> to.sample(t, feels));
        assertThat(rig.states()).containsExactly(AlarmState.RAISED);
        assertThat(rig.found.getFirst().edgeNs() / 1e9).isCloseTo(IMPACT_S, within(0.04));
        assertThat(rig.found.getFirst().decidedNs() / 1e9 - IMPACT_S).isCloseTo(2.3, within(0.15));
        assertThat(rig.detector.cues().sum()).isCloseTo(0.96, within(0.04));
        Motion jump = Motion.standing()
                .weightless(0.4, 0.05, STANDING)
                .impact(6, STANDING)
                .rest(6, STANDING);
        assertThat(new FallRig(FallProfile.WAIST).play(jump, rateHz, (t, feels, to) -> to.sample(t, feels)).found)
                .isEmpty();
    }

    @Test
    void samples_that_come_in_bursts_are_decided_alike() {
        FallRig rig = new FallRig(FallProfile.WRIST).play(fall(5), 50, FallRig.bursts());
        assertThat(rig.states()).containsExactly(AlarmState.RAISED);
        assertThat(rig.found.getFirst().decidedNs() / 1e9 - IMPACT_S).isBetween(2.0, 2.6);
    }

    @Test
    void samples_that_come_as_late_as_a_fifo_is_deep_are_decided_alike() {
        FallRig clean = new FallRig(FallProfile.WAIST).play(fall(9));
        FallRig rig = new FallRig(FallProfile.WAIST);
        List<double[]> fifo = new ArrayList<>();
        rig.play(fall(9), 50, (t, feels, to) -> {
            if (Math.round(t * 50) % 50 == 0) {
                to.detector.step(Math.round(t * 1e9));
            }
            fifo.add(new double[] {t, feels[0], feels[1], feels[2]});
            if (fifo.size() == 120) {
                fifo.forEach(s -> to.sample(s[0], s[1], s[2], s[3]));
                fifo.clear();
            }
        });
        assertThat(rig.found).isEqualTo(clean.found);
    }

    @Test
    void minutes_of_normal_activity_at_the_wrist_end_a_fall_and_lying_still_does_not() {
        FallRig up = new FallRig(FallProfile.WRIST);
        up.play(fall(5).rest(60, LYING).shaking(250, LYING, 0.12, 1.1));
        assertThat(up.states()).containsExactly(AlarmState.RAISED);
        up = new FallRig(FallProfile.WRIST);
        up.play(fall(5).rest(60, LYING).shaking(310, LYING, 0.12, 1.1).rest(5, LYING));
        assertThat(up.states()).containsExactly(AlarmState.RAISED, AlarmState.RESTORED);
        FallRig down = new FallRig(FallProfile.WRIST);
        for (Motion motion = fall(5); motion.endS() < 2_000; ) {
            motion = motion.rest(6, LYING).shaking(4, LYING, 0.12, 1.1);
            if (motion.endS() >= 2_000) {
                down.play(motion);
            }
        }
        assertThat(down.states()).containsExactly(AlarmState.RAISED);
    }

    @Test
    void a_gap_of_two_seconds_after_the_impact_or_before_the_fall_hides_nothing() {
        assertThat(new FallRig(FallProfile.WAIST)
                        .play(fall(5), 50, FallRig.gap(IMPACT_S + 0.1, IMPACT_S + 2))
                        .states())
                .containsExactly(AlarmState.RAISED);
        assertThat(new FallRig(FallProfile.WAIST)
                        .play(fall(5), 50, FallRig.gap(2.9, 4.6))
                        .states())
                .containsExactly(AlarmState.RAISED);
    }

    @Test
    void where_nothing_is_known_of_the_seconds_after_the_impact_nothing_is_said() {
        FallRig rig = new FallRig(FallProfile.WAIST).play(fall(5), 50, FallRig.gap(IMPACT_S + 0.1, IMPACT_S + 2.6));
        assertThat(rig.found).isEmpty();
    }

    @Test
    void where_nothing_is_known_of_before_nothing_has_turned() {
        Motion switchedOn = new Motion().rest(1.2, STANDING).impact(9, LYING).rest(6, LYING);
        assertThat(new FallRig(FallProfile.WAIST).play(switchedOn).found).isEmpty();
    }

    @Test
    void while_nothing_comes_nothing_is_decided() {
        FallRig rig = new FallRig(FallProfile.WAIST).play(fall(5), 50, FallRig.gap(IMPACT_S + 2, 100));
        rig.detector.step(20_000_000_000L);
        assertThat(rig.found).isEmpty();
    }

    @Test
    void after_a_gap_that_is_longer_than_what_is_kept_it_starts_anew() {
        FallRig rig = new FallRig(FallProfile.WAIST);
        rig.play(Motion.standing().impact(9, STANDING).rest(1, STANDING));
        double laterS = 10_000;
        Motion later = new Motion().rest(5, LYING);
        rig.play(later, 50, (t, feels, to) -> to.sample(laterS + t, feels));
        assertThat(rig.found).isEmpty();
        rig.play(fall(5), 50, (t, feels, to) -> to.sample(2 * laterS + t, feels));
        assertThat(rig.states()).containsExactly(AlarmState.RAISED);
    }

    @Test
    void a_step_decides_what_the_last_sample_left_open() {
        FallRig rig = new FallRig(FallProfile.WAIST);
        double lastS = 7.695; // the slot that decides is 7.6 to 7.7 s
        rig.play(fall(5), 50, FallRig.gap(lastS, 100));
        assertThat(rig.found).isEmpty();
        rig.detector.step(10_600_000_000L);
        assertThat(rig.found).isEmpty();
        rig.detector.step(10_800_000_000L);
        assertThat(rig.states()).containsExactly(AlarmState.RAISED);
    }

    @Test
    void an_impact_that_is_clipped_still_counts() {
        FallRig rig = new FallRig(FallProfile.WRIST).play(fall(9), 50, FallRig.clipped(4));
        assertThat(rig.states()).containsExactly(AlarmState.RAISED);
        assertThat(rig.detector.cues().impactG()).isEqualTo(4);
    }

    @Test
    void garbage_between_the_samples_changes_nothing() {
        FallRig clean = new FallRig(FallProfile.WAIST).play(fall(5));
        FallRig rig = new FallRig(FallProfile.WAIST).play(fall(5), 50, FallRig.garbage(1));
        assertThat(rig.found).isEqualTo(clean.found);
        Motion still = Motion.standing().rest(20, STANDING);
        assertThat(new FallRig(FallProfile.WRIST).play(still, 50, FallRig.garbage(2)).found)
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void a_line_that_carries_noise_never_raises(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (FallProfile profile : new FallProfile[] {FallProfile.WAIST, FallProfile.WRIST, FallProfile.RAIL}) {
            FallRig rig = new FallRig(profile);
            rig.play(Motion.standing().rest(120, STANDING), 50, (t, feels, to) -> {
                boolean isNoise = random.nextInt(3) > 0;
                double[] noise = {random.nextDouble(-16, 16), random.nextDouble(-16, 16), random.nextDouble(-16, 16)};
                to.sample(t, isNoise ? noise : feels);
            });
            assertThat(rig.found).isEmpty();
        }
    }

    @Test
    void a_sensor_that_dies_in_the_impact_is_not_still() {
        Motion dead = Motion.standing().weightless(0.4, 0.4, STANDING).impact(5, LYING);
        assertThat(new FallRig(FallProfile.WAIST).play(dead.stuck(6, 0, 0.01, 0)).found)
                .isEmpty();
        Motion pegged = Motion.standing().weightless(0.4, 0.4, STANDING).impact(5, LYING);
        assertThat(new FallRig(FallProfile.WAIST).play(pegged.stuck(6, 2, 0, 0)).found)
                .isEmpty();
    }

    @Test
    void samples_that_are_older_than_the_last_are_left_out() {
        FallRig rig = new FallRig(FallProfile.WAIST);
        rig.play(fall(5), 50, (t, feels, to) -> {
            to.sample(t, feels);
            to.sample(t - 0.3, 0, 9, 0);
            to.sample(-1e6, 0, -9, 0);
        });
        assertThat(rig.found).isEqualTo(new FallRig(FallProfile.WAIST).play(fall(5)).found);
    }

    @Test
    void samples_of_the_same_time_are_all_taken() {
        FallRig rig = new FallRig(FallProfile.WAIST);
        rig.play(fall(5), 50, (t, feels, to) -> to.sample(Math.floor(t * 25) / 25, feels));
        assertThat(rig.states()).containsExactly(AlarmState.RAISED);
    }

    @Test
    void under_water_it_yields_and_out_of_it_it_watches_again() {
        FallRig rig = new FallRig(FallProfile.WAIST);
        rig.detector.immersed(true);
        rig.play(fall(5));
        assertThat(rig.found).isEmpty();
        assertThat(rig.detector.phase()).isEqualTo(FallPhase.IMMERSED);
        rig.detector.immersed(false);
        rig.play(fall(5), 50, (t, feels, to) -> to.sample(20 + t, feels));
        assertThat(rig.states()).containsExactly(AlarmState.RAISED);
    }

    @Test
    void who_falls_into_the_water_is_left_to_immersion() {
        FallRig rig = new FallRig(FallProfile.WAIST);
        rig.play(fall(5), 50, (t, feels, to) -> {
            to.detector.immersed(t >= IMPACT_S + 0.2 && t < IMPACT_S + 1.5);
            to.sample(t, feels);
        });
        assertThat(rig.found).isEmpty();
    }

    @Test
    void a_swimmer_who_had_fallen_is_not_up() {
        FallRig rig = new FallRig(FallProfile.WRIST).play(fall(7));
        rig.detector.immersed(true);
        rig.play(new Motion().shaking(30, LYING, 0.6, 1), 50, (t, feels, to) -> to.sample(20 + t, feels));
        assertThat(rig.states()).containsExactly(AlarmState.RAISED);
    }

    @Test
    void a_sample_allocates_nothing() {
        FallRig rig = new FallRig(FallProfile.WRIST);
        double[] values = new double[3];
        long timeNs = 0;
        long allocated = Long.MAX_VALUE;
        ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
        for (int round = 0; round < 5; round++) { // the first rounds also load classes
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 100_000; i++) {
                timeNs += 5_000_000;
                values[0] = i % 700 == 0 ? 9 : 0.3 * Math.sin(i * 0.01);
                values[1] = i % 97 == 0 ? Double.NaN : 0;
                values[2] = 1;
                rig.detector.sample(timeNs, values);
                if (i % 200 == 0) {
                    rig.detector.step(timeNs);
                }
            }
            allocated = Math.min(allocated, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(rig.found).isEmpty();
        assertThat(allocated).isLessThan(1_000); // in a hundred thousand samples: what reading the counter costs
    }
}
