package dev.tocsin.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.config.Problem;
import dev.tocsin.simulator.scenario.Reading;
import dev.tocsin.simulator.scenario.ScenarioFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults that meet nobody, and what is told of them. */
class FaultTargetsTest {

    private static final String DRILL = "drills: [{id: D, from: 10s, to: 20s, schools: \"*\"}]";

    @TempDir
    private Path data = Path.of("");

    private List<String> problems(String stimulus, String fault, String more) {
        String yaml = """
                version: 1
                name: small
                run: {seed: 1, duration: 2m}
                fleet: {counties: ["530902", "530921"], centres: [police, education, fire], schools: {count: 2, devices: 2}}
                %s
                stimuli: [%s]
                faults: [%s]
                expect: [{id: delivery, every: durable-alarm, to: route, exactly: once}]
                """.formatted(more, stimulus, fault);
        return switch (ScenarioFile.parse("small.yaml", yaml)) {
            case Reading.Refused refused -> throw new AssertionError(refused.problems());
            case Reading.Read read ->
                switch (CountyPlanner.plan(read.scenario(), data)) {
                    case CountyPlanning.Planned p -> List.of();
                    case CountyPlanning.Refused(List<Problem> found) ->
                        found.stream().map(Problem::toString).toList();
                };
        };
    }

    private List<String> partition(String ends, String more) {
        return problems(
                "{id: A, at: 30s, device: \"*\", press: clean}", "{at: 1s, partition: {" + ends + ", for: 1m}}", more);
    }

    @Test
    void a_moment_before_the_start_is_told_once_with_its_fault_and_the_earliest_one() {
        assertThat(problems("{id: A, at: 30s, device: \"*\", press: clean}", "{at: A-10m, power-cut: {for: 20s}}", ""))
                .containsExactly("small.yaml:7:10: power-cut of those reached at A-10m is before the start of the run"
                        + " (A comes 30s after it: A-30s at most)");
        assertThat(problems(
                        "{id: A, at: 30s, device: \"*\", press: clean}",
                        "{at: A-10m, centre: police, kill: {for: 20s}}",
                        ""))
                .containsExactly("small.yaml:7:10: kill of police at A-10m is before the start of the run"
                        + " (A comes 30s after it: A-30s at most)");
    }

    @Test
    void a_fault_by_a_stimulus_that_is_refused_is_not_told_besides() {
        assertThat(problems(
                        "{id: A, at: 30s, device: \"schol-*\", press: clean}", "{at: A+1s, power-cut: {for: 20s}}", ""))
                .singleElement()
                .asString()
                .contains("no device is called schol-*");
        assertThat(problems(
                        "{id: A, at: 30s, device: \"*\", press: {trace: a.csv}},"
                                + " {id: B, at: 50s, device: \"*\", press: {trace: a.csv}}",
                        "{at: A+1s, power-cut: {for: 2s}}, {at: B+1s, power-cut: {for: 2s}}",
                        ""))
                .singleElement()
                .asString()
                .contains("there is no recording");
    }

    @Test
    void a_fault_by_a_stimulus_that_meets_others_is_still_told() {
        assertThat(problems(
                        "{id: A, at: 30s, device: \"school-001/*\", press: clean}",
                        "{at: A+1s, device: \"school-002/*\", power-cut: {for: 20s}}",
                        ""))
                .singleElement()
                .asString()
                .contains("A does not reach any of these devices");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from: \"school-*\", to: \"school-*\"",
                "from: \"school-001/*\", to: \"school-002/*\", both: true",
                "from: police, to: police, both: true",
                "from: police, to: fire",
                "from: education, to: fire",
                "from: 530902/education, to: 530921/police",
                "from: attacker, to: attacker",
                "from: police, to: attacker",
            })
    void a_partition_of_a_way_that_nobody_goes_is_refused(String ends) {
        assertThat(partition(ends, DRILL))
                .singleElement()
                .asString()
                .startsWith("small.yaml:7:10: partition from ")
                .contains(
                        ": nothing is sent from the one to the other (devices and centres of a county send to each other");
    }

    @Test
    void education_tells_police_of_drills_and_of_nothing_else() {
        assertThat(partition("from: education, to: police", DRILL)).isEmpty();
        assertThat(partition("from: 530902/police, to: education", DRILL)).isEmpty();
        assertThat(partition("from: education, to: police", "")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from: \"school-*\", to: police",
                "from: 530902/police, to: \"*\"",
                "from: attacker, to: police",
                "from: attacker, to: \"school-001/*\"",
                "from: police, to: attacker, both: true",
            })
    void a_partition_of_a_way_that_somebody_goes_is_played(String ends) {
        assertThat(partition(ends, "")).isEmpty();
    }
}
