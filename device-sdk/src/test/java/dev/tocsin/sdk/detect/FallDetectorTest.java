package dev.tocsin.sdk.detect;

import static dev.tocsin.sdk.detect.Motion.LYING;
import static dev.tocsin.sdk.detect.Motion.STANDING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.AlarmState;
import org.junit.jupiter.api.Test;

/** The phases of a fall, and that none of them is one alone. */
class FallDetectorTest {

    /** Five seconds, then 0.4 s of falling: when the body hits the ground. */
    static final double IMPACT_S = 5.4 + 0.04;

    static Motion fall(double impactG) {
        return Motion.standing()
                .weightless(0.4, 0.4, STANDING)
                .impact(impactG, LYING)
                .rest(6, LYING);
    }

    @Test
    void a_fall_is_raised_once_within_two_and_a_half_seconds_of_the_impact() {
        FallRig rig = new FallRig(FallProfile.WAIST).play(fall(5));
        assertThat(rig.states()).containsExactly(AlarmState.RAISED);
        Detection fall = rig.found.getFirst();
        assertThat(fall.kind()).isEqualTo(AlarmKind.FALL);
        assertThat(fall.edgeNs() / 1e9).isCloseTo(IMPACT_S, within(0.03));
        assertThat(fall.decidedNs() / 1e9 - IMPACT_S).isBetween(2.0, 2.5);
        assertThat(fall.text()).contains("impact 5.0 g after 0.40 g, turned by 90 deg, then still within 0.0");
    }

    @Test
    void it_goes_through_its_phases_in_order() {
        FallRig rig = new FallRig(FallProfile.WAIST).play(fall(5));
        assertThat(rig.phases)
                .containsExactly(
                        FallPhase.WATCHING,
                        FallPhase.WEIGHTLESS,
                        FallPhase.IMPACT,
                        FallPhase.SETTLING,
                        FallPhase.FALLEN);
    }

    @Test
    void what_decided_can_be_read() {
        FallRig rig = new FallRig(FallProfile.WAIST).play(fall(5));
        FallCues cues = rig.detector.cues();
        assertThat(cues.weightlessG()).isCloseTo(0.4, within(0.01));
        assertThat(cues.impactG()).isCloseTo(5, within(0.05));
        assertThat(cues.turnDeg()).isCloseTo(90, within(1.0));
        assertThat(cues.stillG()).isLessThan(0.03);
        assertThat(cues.calmG()).isLessThan(0.03);
        assertThat(cues.sum()).isBetween(0.9, 1.0);
    }

    @Test
    void who_lies_down_has_no_impact() {
        Motion lyingDown =
                Motion.standing().turn(1.5, STANDING, LYING).impact(1.7, LYING).rest(6, LYING);
        assertThat(new FallRig(FallProfile.WAIST).play(lyingDown).found).isEmpty();
        assertThat(new FallRig(FallProfile.WRIST).play(lyingDown).found).isEmpty();
    }

    @Test
    void who_jumps_or_sits_down_hard_does_not_turn() {
        Motion jump = Motion.standing()
                .weightless(0.4, 0.05, STANDING)
                .impact(6, STANDING)
                .rest(6, STANDING);
        assertThat(new FallRig(FallProfile.WAIST).play(jump).found).isEmpty();
        double[] leaning = {Math.sin(Math.toRadians(18)), 0, Math.cos(Math.toRadians(18))};
        Motion chair = Motion.standing()
                .weightless(0.3, 0.5, STANDING)
                .impact(5, leaning)
                .rest(6, leaning);
        assertThat(new FallRig(FallProfile.WAIST).play(chair).found).isEmpty();
    }

    @Test
    void a_hand_that_hits_the_table_does_not_turn() {
        double[] palm = {0.2, 0, 0.98};
        Motion table = Motion.standing()
                .weightless(0.1, 0.3, STANDING)
                .impact(12, palm)
                .rest(6, palm);
        assertThat(new FallRig(FallProfile.WRIST).play(table).found).isEmpty();
    }

    @Test
    void who_moves_on_after_the_impact_is_not_still() {
        Motion stumble = Motion.standing()
                .weightless(0.4, 0.4, STANDING)
                .impact(5, LYING)
                .shaking(6, LYING, 0.5, 2);
        assertThat(new FallRig(FallProfile.WAIST).play(stumble).found).isEmpty();
        assertThat(new FallRig(FallProfile.WRIST).play(stumble).found).isEmpty();
    }

    @Test
    void at_the_waist_a_soft_impact_is_a_fall_only_after_weightlessness() {
        assertThat(new FallRig(FallProfile.WAIST).play(fall(2.4)).states()).containsExactly(AlarmState.RAISED);
        Motion ontoTheBed =
                Motion.standing().turn(0.4, STANDING, LYING).impact(2.4, LYING).rest(6, LYING);
        assertThat(new FallRig(FallProfile.WAIST).play(ontoTheBed).found).isEmpty();
    }

    @Test
    void at_the_wrist_an_impact_says_less_after_clapping_than_after_calm() {
        Motion calm = Motion.standing().impact(3.5, LYING).rest(6, LYING);
        Motion clapping = Motion.standing()
                .shaking(3, STANDING, 0.9, 4)
                .impact(3.5, LYING)
                .rest(6, LYING);
        assertThat(new FallRig(FallProfile.WRIST).play(calm).states()).containsExactly(AlarmState.RAISED);
        assertThat(new FallRig(FallProfile.WRIST).play(clapping).found).isEmpty();
    }

    @Test
    void the_hardest_of_several_impacts_is_the_fall_s() {
        Motion tumbling = Motion.standing()
                .weightless(0.3, 0.4, STANDING)
                .impact(2.5, STANDING)
                .rest(0.3, STANDING)
                .impact(6, LYING)
                .rest(0.3, LYING)
                .impact(2.5, LYING)
                .rest(6, LYING);
        FallRig rig = new FallRig(FallProfile.WAIST).play(tumbling);
        assertThat(rig.states()).containsExactly(AlarmState.RAISED);
        assertThat(rig.found.getFirst().edgeNs() / 1e9).isCloseTo(5.3 + 0.08 + 0.3 + 0.04, within(0.03));
    }

    @Test
    void a_rail_that_is_struck_and_stays_bent_is_told_and_one_that_swings_back_is_not() {
        double[] bent = {Math.sin(Math.toRadians(12)), 0, Math.cos(Math.toRadians(12))};
        Motion broken = Motion.standing().impact(3, bent).rest(6, bent);
        Motion ball =
                Motion.standing().impact(8, bent).shaking(0.5, STANDING, 0.3, 9).rest(6, STANDING);
        assertThat(new FallRig(FallProfile.RAIL).play(broken).states()).containsExactly(AlarmState.RAISED);
        assertThat(new FallRig(FallProfile.RAIL).play(ball).found).isEmpty();
    }

    @Test
    void who_stands_again_is_restored() {
        Motion up = fall(5).turn(1, LYING, STANDING).rest(6, STANDING);
        FallRig rig = new FallRig(FallProfile.WAIST).play(up);
        assertThat(rig.states()).containsExactly(AlarmState.RAISED, AlarmState.RESTORED);
        assertThat(rig.found.getLast().text()).isEqualTo("upright for 3 s");
        assertThat(rig.detector.phase()).isEqualTo(FallPhase.WATCHING);
    }

    @Test
    void who_writhes_on_the_floor_is_not_up() {
        Motion writhing = fall(5).shaking(30, LYING, 0.4, 1);
        assertThat(new FallRig(FallProfile.WAIST).play(writhing).states()).containsExactly(AlarmState.RAISED);
    }

    @Test
    void a_wrist_that_moves_on_for_ten_seconds_is_restored_and_one_that_stirs_is_not() {
        Motion walking = fall(7).shaking(14, LYING, 0.4, 2);
        Motion stirring = fall(7).shaking(6, LYING, 0.4, 2)
                .rest(4, LYING)
                .shaking(6, LYING, 0.4, 2)
                .rest(4, LYING);
        assertThat(new FallRig(FallProfile.WRIST).play(walking).states())
                .containsExactly(AlarmState.RAISED, AlarmState.RESTORED);
        assertThat(new FallRig(FallProfile.WRIST).play(stirring).states()).containsExactly(AlarmState.RAISED);
    }

    @Test
    void who_falls_again_before_being_up_is_updated_and_who_falls_after_it_is_raised_anew() {
        Motion again = fall(5).turn(1, LYING, STANDING)
                .rest(1, STANDING)
                .weightless(0.4, 0.4, STANDING)
                .impact(5, LYING)
                .rest(6, LYING);
        assertThat(new FallRig(FallProfile.WAIST).play(again).states())
                .containsExactly(AlarmState.RAISED, AlarmState.UPDATED);
        Motion later = fall(5).turn(1, LYING, STANDING)
                .rest(8, STANDING)
                .weightless(0.4, 0.4, STANDING)
                .impact(5, LYING)
                .rest(6, LYING);
        assertThat(new FallRig(FallProfile.WAIST).play(later).states())
                .containsExactly(AlarmState.RAISED, AlarmState.RESTORED, AlarmState.RAISED);
    }

    @Test
    void upright_is_as_before_the_first_fall_however_often_somebody_falls_again() {
        double[] onTheSide = {0, 1, 0};
        Motion twice = fall(5).weightless(0.3, 0.4, LYING)
                .impact(5, onTheSide)
                .rest(5, onTheSide)
                .turn(1, onTheSide, STANDING)
                .rest(6, STANDING);
        assertThat(new FallRig(FallProfile.WAIST).play(twice).states())
                .containsExactly(AlarmState.RAISED, AlarmState.UPDATED, AlarmState.RESTORED);
    }
}
