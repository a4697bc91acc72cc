package dev.tocsin.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.simulator.check.En50136.Category;
import dev.tocsin.simulator.check.En50136.Figure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
        En50136 found = En50136.of(presses(onePress()), SmallWorld.CENTRES, IN_200_S);
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
                last.alarm(),
                last.route(),
                last.durable(),
                last.deliveredTo(),
                0,
                last.atNs(),
                last.decidedNs(),
                last.keptNs(),
                last.sentNs(),
                new TreeMap<>(),
                false);
        En50136 found = En50136.of(List.of(waiting), List.of("education", "police"), IN_200_S);
        assertThat(found.measuredS(Figure.MAX)).contains(Double.POSITIVE_INFINITY);
        assertThat(found.reaches(Category.SP1, Figure.MEAN)).contains(false);
    }

    @Test
    void reporting_time_is_held_against_its_own_limits() {
        En50136 found = En50136.of(List.of(), SmallWorld.CENTRES, IN_200_S);
        assertThat(found.reaches(Category.SP3, Figure.REPORTING)).contains(true);
        assertThat(found.reaches(Category.SP4, Figure.REPORTING)).contains(false);
        assertThat(found.reaches(Category.DP2, Figure.REPORTING)).contains(true);
    }

    @Test
    void what_was_not_measured_reaches_nothing_and_fails_nothing() {
        En50136 nothing = En50136.of(List.of(), SmallWorld.CENTRES, Optional.empty());
        assertThat(nothing.measuredS(Figure.MEAN)).isEmpty();
        assertThat(nothing.reaches(Category.SP1, Figure.REPORTING)).isEmpty();
    }
}
