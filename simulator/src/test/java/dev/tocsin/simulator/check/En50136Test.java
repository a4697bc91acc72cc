package dev.tocsin.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.simulator.check.En50136.Category;
import dev.tocsin.simulator.check.En50136.Figure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class En50136Test {

    private static final Optional<En50136.Reporting> IN_200_S =
            Optional.of(new En50136.Reporting(Duration.ofSeconds(200), false));

    private static List<Fate> presses(SmallWorld world) {
        return Observer.examine(world.evidence()).presses();
    }

    private static SmallWorld onePress() {
        SmallWorld world = new SmallWorld();
        world.press("a", 1000, dev.tocsin.sdk.model.AlarmState.RAISED);
        return world;
    }

    @Test
    void a_transmission_goes_from_the_decision_to_each_centres_receipt() {
        En50136 found = En50136.of(presses(onePress()), SmallWorld.CENTRES, IN_200_S, Availability.UNKNOWN);
        assertThat(found.samples()).isEqualTo(2);
        assertThat(found.meanS()).isEqualTo(0.016);
        assertThat(found.maxS()).isEqualTo(0.016);
        assertThat(found.reaches(Category.SP6, Figure.MAX)).contains(true);
    }

    @Test
    void a_receipt_that_never_came_is_endless_and_reaches_nothing() {
        SmallWorld world = onePress();
        world.press("c", 4000, dev.tocsin.sdk.model.AlarmState.RAISED);
        Fate last = presses(world).getLast();
        Fate waiting = new Fate(
                last.name(),
                last.device(),
                last.kind(),
                last.state(),
                last.drill(),
                last.alarm(),
                last.route(),
                last.durable(),
                last.deliveredTo(),
                0,
                last.atNs(),
                last.decidedNs(),
                last.signedNs(),
                last.keptNs(),
                last.sentNs(),
                last.filedNs(),
                new TreeMap<>(),
                false);
        En50136 found = En50136.of(List.of(waiting), List.of("education", "police"), IN_200_S, Availability.UNKNOWN);
        assertThat(found.measuredS(Figure.MAX)).contains(Double.POSITIVE_INFINITY);
        assertThat(found.reaches(Category.SP1, Figure.MEAN)).contains(false);
    }

    @Test
    void reporting_time_is_held_against_its_own_limits() {
        En50136 found = En50136.of(List.of(), SmallWorld.CENTRES, IN_200_S, Availability.UNKNOWN);
        assertThat(found.reaches(Category.SP3, Figure.REPORTING)).contains(true);
        assertThat(found.reaches(Category.SP4, Figure.REPORTING)).contains(false);
        assertThat(found.reaches(Category.DP2, Figure.REPORTING)).contains(true);
    }

    @Test
    void what_was_not_measured_reaches_nothing_and_fails_nothing() {
        En50136 nothing = En50136.of(List.of(), SmallWorld.CENTRES, Optional.empty(), Availability.UNKNOWN);
        assertThat(nothing.measuredS(Figure.MEAN)).isEmpty();
        assertThat(nothing.reaches(Category.SP1, Figure.REPORTING)).isEmpty();
    }

    @Test
    void silences_that_centres_told_are_the_reporting_time_and_one_never_told_is_endless() {
        Duration promised = Duration.ofSeconds(200);
        Detection quick = new Detection("a", "police", 1_000_000_000L, OptionalLong.of(181_000_000_000L));
        Detection slow = new Detection("b", "police", 1_000_000_000L, OptionalLong.of(202_000_000_000L));
        Detection forgotten = new Detection("c", "police", 1_000_000_000L, OptionalLong.empty());

        assertThat(En50136.Reporting.of(List.of(), promised)).isEqualTo(new En50136.Reporting(promised, false));
        assertThat(En50136.Reporting.of(List.of(quick, slow), promised))
                .isEqualTo(new En50136.Reporting(Duration.ofSeconds(201), true));
        En50136 found = En50136.of(
                List.of(),
                SmallWorld.CENTRES,
                Optional.of(En50136.Reporting.of(List.of(forgotten, quick), promised)),
                Availability.UNKNOWN);
        assertThat(found.measuredS(Figure.REPORTING)).contains(Double.POSITIVE_INFINITY);
        assertThat(found.reaches(Category.SP1, Figure.REPORTING)).contains(false);
    }

    @Test
    void two_ways_of_which_one_was_shut_half_the_time_were_open_three_quarters() {
        Availability half = new Availability(100, 50);
        assertThat(half.plus(new Availability(100, 0)).percent()).isEqualTo(75);
        assertThat(Availability.UNKNOWN.percent()).isNaN();
    }
}
