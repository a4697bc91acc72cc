package dev.tocsin.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.config.Problem;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A scenario that cannot be played says where, what, and what would be right. */
class ScenarioErrorsTest {

    private static final String GOOD = """
            version: 1
            name: small
            run: {seed: 7}
            fleet:
              centres: [police, education]
              schools: {count: 2, devices: "1..3"}
            stimuli:
              - {id: A, at: 1s, device: "*", press: bounce}
            faults:
              - {at: 2s, centre: police, kill: {for: 3s}}
            settle: 5s
            expect:
              - {id: delivery, every: durable-alarm, to: route, exactly: once}
              - {id: latency, from: press, to: receipt, p99: "< 2s", samples: ">= 10"}
            """;

    /** What to replace in the good scenario, by what, and the whole message that must come of it. */
    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of("version: 1", "version: 2", "small.yaml:1:10: version is out of range: 2 (from 1 to 1)"),
                Arguments.of(
                        "name: small",
                        "name: Small One",
                        "small.yaml:2:7: name cannot be a name: Small One (lower-case letters, digits and dashes)"),
                Arguments.of("settle: 5s", "setle: 5s", "small.yaml:11:1: unknown key setle (did you mean settle?)"),
                Arguments.of(
                        "settle: 5s",
                        "settle: 5",
                        "small.yaml:11:9: settle is no duration: 5"
                                + " (a number with its unit: 500us, 40ms, 2s, 10m, 3h, 90d)"),
                Arguments.of(
                        "seed: 7",
                        "seed: x",
                        "small.yaml:3:13: run.seed is no whole number: x" + " (from 0 to 9223372036854775807)"),
                Arguments.of(
                        "\"1..3\"",
                        "\"3..1\"",
                        "small.yaml:6:32: fleet.schools.devices is no range: 3..1"
                                + " (\"10..50\": from 1 to 20000, small first)"),
                Arguments.of(
                        "[police, education]",
                        "[police, police]",
                        "small.yaml:5:21: fleet.centres has police twice (keep one of them)"),
                Arguments.of(
                        "press: bounce",
                        "press: bonce",
                        "small.yaml:8:41: stimuli.press is unknown: bonce (did you mean bounce?)"),
                Arguments.of(
                        "at: 1s, device",
                        "at: 1s, every: 2s, device",
                        "small.yaml:8:21: a stimulus needs at or every, one of them"
                                + " (at: 12m, or every: 20m with times: 5)"),
                Arguments.of(
                        "at: 1s, device",
                        "every: 2s, device",
                        "small.yaml:8:13: nobody says when it ends (add times: 5 here, or duration: 10m to run)"),
                Arguments.of(
                        "at: 1s, device",
                        "every: 1200, device",
                        "small.yaml:8:20: stimuli.every is no duration: 1200"
                                + " (a number with its unit: 500us, 40ms, 2s, 10m, 3h, 90d)"),
                Arguments.of(
                        "press: bounce",
                        "imu: {trace: x.csv}",
                        "small.yaml:8:34: imu cannot be played (only wall buttons are built yet:"
                                + " press: bounce, or press: {trace: bounce/dev/rocker_010.csv})"),
                Arguments.of(
                        "centre: police, kill",
                        "centre: polise, kill",
                        "small.yaml:10:22: faults.centre is no centre of the fleet: polise (did you mean police?)"),
                Arguments.of(
                        "at: 2s, centre: police, kill: {for: 3s}",
                        "at: B+2s, power-cut: {for: 3s}",
                        "small.yaml:10:10: faults.at names no stimulus: B (did you mean A?)"),
                Arguments.of(
                        "centre: police, kill: {for: 3s}",
                        "device: \"*\", weather: {loss: 3%, for: 1m}",
                        "small.yaml:10:14: weather befalls no single device (weather: {devices: \"school-*\", …})"),
                Arguments.of(
                        "kill: {for: 3s}",
                        "power-cut: {for: 3s}, device: \"*\"",
                        "small.yaml:10:14: power-cut befalls no centre (a centre has kill, slow, ledger, failover)"),
                Arguments.of(
                        "centre: police, kill: {for: 3s}",
                        "attacker: {replay: 20, for: 3s}",
                        "small.yaml:10:33: faults.attacker.replay is no share: 20"
                                + " (percent from 0% to 100%, for example 5% or 0.1%)"),
                Arguments.of("\"< 2s\"", "\"2s\"", "small.yaml:14:50: expect.p99 is no bound: 2s (\"< 2s\")"),
                Arguments.of(
                        "to: receipt",
                        "to: first-receipt, centre: police",
                        "small.yaml:14:51: the first receipt of all, at one centre (to: receipt, or leave centre out)"),
                Arguments.of(
                        "id: latency",
                        "id: delivery",
                        "small.yaml:14:10: expect.id is taken: delivery (ids must differ)"),
                Arguments.of(
                        "  - {id: latency",
                        "  - {id: back, last-within: 15s, after: education-return}\n  - {id: latency",
                        "small.yaml:14:41: expect.after never happens: education-return"
                                + " (police-return, where a fault kills police)"),
                Arguments.of(
                        "  - {id: latency",
                        "  - {id: again, told-again: 5}\n  - {id: latency",
                        "small.yaml:14:29: expect.told-again is no bound: 5 (\"<= 0\")"),
                Arguments.of(
                        "run: {seed: 7}",
                        "run: {seed: 7, seed: 8}",
                        "small.yaml:3:16: key 'seed' again (it is in line 3 already: keep one)"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void a_mistake_is_told_with_file_line_column_and_what_would_be_right(String right, String wrong, String message) {
        assertThat(GOOD).contains(right);
        assertThat(problems(GOOD.replace(right, wrong))).containsExactly(message);
    }

    @Test
    void the_good_scenario_has_no_mistake() {
        assertThat(problems(GOOD)).isEmpty();
    }

    @Test
    void all_mistakes_are_told_at_once_in_the_order_of_the_file() {
        String two = GOOD.replace("settle: 5s", "settle: soon").replace("name: small", "nome: small");
        assertThat(problems(two))
                .extracting(p -> p.split(" ", 2)[0])
                .containsExactly("small.yaml:1:1:", "small.yaml:2:1:", "small.yaml:11:9:");
    }

    @Test
    void what_is_not_yaml_is_told_where_it_breaks_off() {
        assertThat(problems("version: 1\nname: [a, b\nrun: {}\n"))
                .singleElement()
                .asString()
                .startsWith("small.yaml:3:")
                .contains("not YAML");
    }

    @Test
    void an_empty_file_is_no_scenario() {
        assertThat(problems("")).containsExactly("small.yaml: not a map of keys and values (write 'key: value' lines)");
    }

    @Test
    void a_scenario_that_expects_nothing_is_refused() {
        String nothing = GOOD.substring(0, GOOD.indexOf("expect:")) + "expect: []\n";
        assertThat(problems(nothing))
                .containsExactly("small.yaml:12:9: expect is empty (a run that expects nothing proves nothing)");
    }

    private static List<String> problems(String yaml) {
        return switch (ScenarioFile.parse("small.yaml", yaml)) {
            case Reading.Read r -> List.of();
            case Reading.Refused(List<Problem> problems) ->
                problems.stream().map(Problem::toString).toList();
        };
    }
}
