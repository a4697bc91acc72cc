package dev.tocsin.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.config.Problem;
import dev.tocsin.simulator.check.Deed;
import dev.tocsin.simulator.run.Plan.Move;
import dev.tocsin.simulator.run.Plan.PlannedDeed;
import dev.tocsin.simulator.run.Plan.Planning;
import dev.tocsin.simulator.scenario.Reading;
import dev.tocsin.simulator.scenario.Scenario;
import dev.tocsin.simulator.scenario.ScenarioFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlannerTest {

    private static final long MS = 1_000_000;

    @TempDir
    private Path data = Path.of("");

    @Test
    void a_press_is_held_released_and_reset_in_this_order() {
        Plan plan = planned(
                "{id: A, at: 1s, device: \"school-001/button-1\", press: {synthetic: clean, hold: 300ms, reset: 200ms}}");
        assertThat(plan.moves())
                .containsExactly(
                        new Move(1000 * MS, 0, "panic", true, 0),
                        new Move(1300 * MS, 0, "panic", false, Plan.NOTHING),
                        new Move(1500 * MS, 0, "reset", true, 1),
                        new Move(1600 * MS, 0, "reset", false, Plan.NOTHING));
        assertThat(plan.deeds())
                .containsExactly(
                        new PlannedDeed("A@school-001/button-1", 0, Deed.Kind.PRESS),
                        new PlannedDeed("A@school-001/button-1 reset", 0, Deed.Kind.RESET));
    }

    @Test
    void a_spread_deals_the_devices_out_evenly_in_an_order_of_the_seed() {
        Plan plan = planned("{id: A, at: 1s, spread: 800ms, device: \"*\", press: {synthetic: clean}}");
        List<Move> presses =
                plan.moves().stream().filter(m -> m.begins() != Plan.NOTHING).toList();
        assertThat(presses).extracting(Move::atNs).containsExactly(1000 * MS, 1200 * MS, 1400 * MS, 1600 * MS);
        assertThat(presses).extracting(Move::device).containsExactlyInAnyOrder(0, 1, 2, 3);
    }

    @Test
    void the_same_seed_gives_the_same_plan_and_another_seed_another() {
        String stimulus = "{id: A, at: 1s, spread: 1s, device: \"*\", press: bounce}";
        assertThat(planned(stimulus)).isEqualTo(planned(stimulus));
        Scenario other = scenario(stimulus).withSeed(2);
        assertThat(Planner.plan(other, data)).isNotEqualTo(new Planning.Planned(planned(stimulus)));
    }

    @Test
    void recordings_go_round_the_devices_one_after_the_other_at_each() throws IOException {
        recordings(6);
        Plan plan = planned("{id: P, at: 1s, device: \"*\", press: {recordings: manifest.csv,"
                + " otherwise: {synthetic: bounce}, reset: 300ms}}");
        assertThat(plan.presses()).isEqualTo(6);
        assertThat(plan.input().kind()).isEqualTo("recorded");
        assertThat(plan.deeds()).extracting(PlannedDeed::id).contains("P.press_5.csv@school-001/button-1");
        for (int device = 0; device < 4; device++) {
            int d = device;
            assertThat(plan.moves().stream().filter(m -> m.device() == d).toList())
                    .isSortedAccordingTo(Comparator.comparingLong(Move::atNs));
        }
    }

    @Test
    void without_the_recordings_synthetic_bounce_is_played_and_named() {
        Plan plan = planned("{id: P, at: 1s, device: \"*\", press: {recordings: manifest.csv,"
                + " otherwise: {synthetic: bounce, presses: 9}, reset: 300ms}}");
        assertThat(plan.presses()).isEqualTo(9);
        assertThat(plan.input().kind()).isEqualTo("synthetic");
        assertThat(plan.input().note()).startsWith("no recordings at ").endsWith("synthetic bounce instead");
    }

    @Test
    void a_selector_that_picks_nobody_is_a_problem() {
        assertThat(problems("{id: A, at: 1s, device: \"hall/*\", press: bounce}"))
                .singleElement()
                .asString()
                .isEqualTo("test:5:5: no device is called hall/*"
                        + " (devices here are school-001/button-1 … school-002/button-2)");
    }

    @Test
    void a_press_before_the_one_before_it_is_over_is_a_problem() {
        assertThat(problems("{id: A, every: 100ms, times: 2, device: \"*-1\", press: {synthetic: clean, hold: 1s}}"))
                .hasSize(2)
                .first()
                .asString()
                .contains(
                        "A.2@school-001/button-1 begins before A.1@school-001/button-1 is over (let it begin 1101 ms later)");
    }

    @Test
    void a_recording_that_is_not_there_is_a_problem() {
        assertThat(problems("{id: A, at: 1s, device: \"*-1\", press: {trace: none.csv}}"))
                .singleElement()
                .asString()
                .contains("there is no recording")
                .contains("--data DIR");
    }

    private Plan planned(String stimulus) {
        return switch (Planner.plan(scenario(stimulus), data)) {
            case Planning.Planned(Plan plan) -> plan;
            case Planning.Refused(List<Problem> problems) -> throw new AssertionError(problems);
        };
    }

    private List<Problem> problems(String stimulus) {
        return switch (Planner.plan(scenario(stimulus), data)) {
            case Planning.Planned p -> List.of();
            case Planning.Refused(List<Problem> problems) -> problems;
        };
    }

    private static Scenario scenario(String stimulus) {
        String yaml = """
                version: 1
                name: test
                fleet: {centres: [police], schools: {count: 2, devices: 2}}
                stimuli:
                  - %s
                expect:
                  - {id: delivery, every: durable-alarm, to: route, exactly: once}
                """.formatted(stimulus);
        return switch (ScenarioFile.parse("test", yaml)) {
            case Reading.Read(Scenario scenario) -> scenario;
            case Reading.Refused(List<Problem> problems) -> throw new AssertionError(problems);
        };
    }

    private void recordings(int presses) throws IOException {
        StringBuilder manifest = new StringBuilder("file,session,action\nrelease.csv,s,release\n");
        Files.writeString(data.resolve("release.csv"), "t_us,level,rising_edges\n0,0,0\n1,1,1\n");
        for (String name : Stream.iterate(1, i -> i + 1)
                .limit(presses)
                .map(i -> "press_" + i + ".csv")
                .toList()) {
            Files.writeString(data.resolve(name), "t_us,level,rising_edges\n0,1,0\n1,0,0\n40,1,1\n90,0,0\n");
            manifest.append(name).append(",s,press\n");
        }
        Files.writeString(data.resolve("manifest.csv"), manifest);
    }
}
