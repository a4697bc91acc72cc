package dev.tocsin.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.simulator.check.Fate;
import dev.tocsin.simulator.check.FaultSpan;
import dev.tocsin.simulator.check.Lane;
import dev.tocsin.simulator.report.SchoolState.State;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SchoolStateTest {

    private static final List<String> DEVICES = List.of("school-1/a", "school-1/b", "school-2/a", "lone");

    private static State worst(Scene scene, Fate... presses) {
        return SchoolState.of(scene, List.of(presses)).stream()
                .filter(s -> s.school().equals("school-1"))
                .findFirst()
                .orElseThrow()
                .worst();
    }

    @Test
    void every_school_is_there_also_one_where_nobody_pressed() {
        List<SchoolState> states =
                SchoolState.of(Fates.scene(DEVICES), List.of(Fates.delivered("school-1/b", 100, 20, 30)));
        assertThat(states)
                .containsExactly(
                        new SchoolState("no school", 1, 0, 0, State.QUIET, OptionalLong.empty()),
                        new SchoolState("school-1", 2, 1, 0, State.DELIVERED, OptionalLong.of(30 * Fates.MS)),
                        new SchoolState("school-2", 1, 0, 0, State.QUIET, OptionalLong.empty()));
    }

    @Test
    void the_worst_press_speaks_for_its_school() {
        Scene scene = Fates.scene(DEVICES);
        Fate good = Fates.delivered("school-1/a", 1, 20, 2000);
        Fate slow = Fates.delivered("school-1/b", 1, 20, 2001);
        Fate partly = Fates.unknownToPolice("school-1/a", 2, 20);
        Fate lost = Fates.inNoLedger("school-1/a", 3, true);
        assertThat(worst(scene, good)).isEqualTo(State.DELIVERED);
        assertThat(worst(scene, slow, good)).isEqualTo(State.SLOW);
        assertThat(worst(scene, partly, slow, good)).isEqualTo(State.PARTLY);
        assertThat(worst(scene, good, lost, partly)).isEqualTo(State.LOST);
    }

    @Test
    void a_drill_is_delivered_where_the_centres_that_get_drills_have_it() {
        Fate drill = Fates.drill("school-1/a", 100, 30);
        Fate real = Fates.delivered("school-1/b", 200, 20, 25);
        assertThat(SchoolState.of(Fates.scene(DEVICES), List.of(drill, real)))
                .contains(new SchoolState("school-1", 2, 2, 1, State.DELIVERED, OptionalLong.of(30 * Fates.MS)));
    }

    @Test
    void a_press_that_left_no_trace_is_excused_only_where_a_fault_hit_its_device() {
        Fate gone = Fates.inNoLedger("school-1/a", 100, false);
        assertThat(worst(Fates.scene(DEVICES), gone)).isEqualTo(State.LOST);
        assertThat(worst(Fates.scene(DEVICES, powerCut("school-1/b")), gone)).isEqualTo(State.LOST);
        assertThat(worst(Fates.scene(DEVICES, powerCut("school-1/a")), gone)).isEqualTo(State.UNDURABLE);
    }

    private static FaultSpan powerCut(String device) {
        return new FaultSpan(
                "power cut",
                Lane.of(Lane.Kind.DEVICE),
                Set.of(device),
                101 * Fates.MS,
                OptionalLong.of(200 * Fates.MS));
    }

    @Test
    void signs_and_words_of_every_state_stand_in_the_page() throws Exception {
        String script = new String(
                SchoolState.class.getResourceAsStream("schools.js").readAllBytes(),
                java.nio.charset.StandardCharsets.UTF_8);
        Stream.of(State.values())
                .forEach(s -> assertThat(script)
                        .contains("\n  " + s.name().toLowerCase(java.util.Locale.ROOT) + ": { sign:"));
    }
}
