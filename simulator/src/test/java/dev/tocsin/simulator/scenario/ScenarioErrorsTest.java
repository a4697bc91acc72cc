package dev.tocsin.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.config.Problem;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
              - {at: A+1s, power-cut: {for: 1s}}
            settle: 5s
            expect:
              - {id: delivery, every: durable-alarm, to: route, exactly: once}
              - {id: latency, from: press, to: receipt, p99: "< 2s", samples: ">= 10"}
            """;

    private static final String DURATION = "(a number with its unit: 500us, 40ms, 2s, 10m, 3h, 90d)";

    /** What to replace in the good scenario, by what, and the whole message that must come of it. */
    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of("version: 1", "version: 2", "small.yaml:1:10: version is out of range: 2 (from 1 to 1)"),
                Arguments.of(
                        "name: small",
                        "name: Small One",
                        "small.yaml:2:7: name cannot be a name: Small One (lower-case letters, digits and dashes)"),
                Arguments.of("settle: 5s", "setle: 5s", "small.yaml:12:1: unknown key setle (did you mean settle?)"),
                Arguments.of(
                        "settle: 5s",
                        "settle: 5",
                        "small.yaml:12:9: settle is no duration: 5"
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
                        "small.yaml:8:39: stimuli.imu.means is missing (means: fall, or means: nothing)"),
                Arguments.of(
                        "press: bounce",
                        "imu: {trace: ../x.csv, means: fall}",
                        "small.yaml:8:47: stimuli.imu.trace leaves the data folder: ../x.csv"
                                + " (a path in the data folder, without ..: water/dev/river/usgs_01037000_stage_a.csv)"),
                Arguments.of(
                        "press: bounce",
                        "imu: tumble",
                        "small.yaml:8:39: stimuli.imu is unknown: tumble (known here: fall, knock, walk)"),
                Arguments.of(
                        "press: bounce",
                        "distance: {model: intrusion, nearest: 9m}",
                        "small.yaml:8:72: stimuli.distance.nearest is out of range: 9m"
                                + " (from 0.01m to 8m, for example 0.4m)"),
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
                        "small.yaml:10:14: power-cut befalls no centre (a centre has kill, slow, ledger, failover, new-certificate)"),
                Arguments.of(
                        "centre: police, kill: {for: 3s}",
                        "attacker: {replay: 20, for: 3s}",
                        "small.yaml:10:33: faults.attacker.replay is no share: 20"
                                + " (percent from 0% to 100%, for example 5% or 0.1%)"),
                Arguments.of(
                        "kill: {for: 3s}",
                        "new-certificate: {for: 3s}",
                        "small.yaml:10:30: new-certificate wants an authority"
                                + " (add certificate-life: 60d to fleet)"),
                Arguments.of(
                        "centres: [police, education]",
                        "centres: [police, education]\n  certificate-life: 30m",
                        "small.yaml:6:21: fleet.certificate-life is out of range (1h or more)"),
                Arguments.of(
                        "centres: [police, education]",
                        "centres: [police, education]\n  certificate-life: 60",
                        "small.yaml:6:21: fleet.certificate-life is no duration: 60 " + DURATION),
                Arguments.of(
                        "centres: [police, education]",
                        "centres: [police, education]\n  channel: plain\n  certificate-life: 60d",
                        "small.yaml:7:3: certificate-life wants DTLS: nothing else shows a certificate"
                                + " (channel: dtls)"),
                Arguments.of(
                        "  - {id: latency",
                        "  - {id: renewal, renewed-within: 5m}\n  - {id: latency",
                        "small.yaml:15:19: renewed-within wants an authority"
                                + " (add certificate-life: 60d to fleet)"),
                Arguments.of("\"< 2s\"", "\"2s\"", "small.yaml:15:50: expect.p99 is no bound: 2s (\"< 2s\")"),
                Arguments.of(
                        "to: receipt",
                        "to: first-receipt, centre: police",
                        "small.yaml:15:51: the first receipt of all, at one centre (to: receipt, or leave centre out)"),
                Arguments.of(
                        "id: latency",
                        "id: delivery",
                        "small.yaml:15:10: expect.id is taken: delivery (ids must differ)"),
                Arguments.of(
                        "  - {id: latency",
                        "  - {id: back, last-within: 15s, after: education-return}\n  - {id: latency",
                        "small.yaml:15:41: expect.after never happens: education-return"
                                + " (police-return, where a fault kills police)"),
                Arguments.of(
                        "  - {id: latency",
                        "  - {id: again, told-again: 5}\n  - {id: latency",
                        "small.yaml:15:29: expect.told-again is no bound: 5 (\"<= 0\")"),
                Arguments.of(
                        "settle: 5s",
                        "settle: 999999999d",
                        "small.yaml:12:9: settle is out of range: 999999999d (from 0s to 3650d)"),
                Arguments.of(
                        "run: {seed: 7}",
                        "run: {seed: 7, start: \"-999999999-01-01T00:00+18:00\"}",
                        "small.yaml:3:23: run.start is out of range: -999999999-01-01T00:00+18:00 (a year from 1970 to 2200)"),
                Arguments.of(
                        "{id: A, at",
                        "{id: A+1s, at",
                        "small.yaml:8:10: stimuli.id cannot be an id: A+1s (letters, digits, - and _, and no duration)"),
                Arguments.of("settle: 5s", "settle:", "small.yaml:12:8: settle has no value " + DURATION),
                Arguments.of("settle: 5s", "settle: ~", "small.yaml:12:9: settle has no value " + DURATION),
                Arguments.of("settle: 5s", "settle: \"\"", "small.yaml:12:9: settle has no value " + DURATION),
                Arguments.of(
                        "at: 1s, device",
                        "at: -1s, device",
                        "small.yaml:8:17: stimuli.at is out of range: -1s (from 0s to 3650d)"),
                Arguments.of(
                        "at: 1s, device",
                        "every: 3000d, times: 3, device",
                        "small.yaml:8:27: this goes on for too long (at most 3650d in all)"),
                Arguments.of(
                        "at: 2s, centre",
                        "at: -2s, centre",
                        "small.yaml:10:10: faults.at is out of range: -2s"
                                + " (12m from the start, or by a stimulus: A1, A1+40ms, A1-2s)"),
                Arguments.of(
                        "seed: 7",
                        "seed: 99999999999999999999",
                        "small.yaml:3:13: run.seed is out of range: 99999999999999999999 (from 0 to 9223372036854775807)"),
                Arguments.of(
                        "\"< 2s\"",
                        "\"< 9999d\"",
                        "small.yaml:15:50: expect.p99 is out of range: < 9999d (at most \"< 3650d\")"),
                Arguments.of(
                        "press: bounce",
                        "press: {trace: ../../etc/passwd}",
                        "small.yaml:8:49: stimuli.press.trace leaves the data folder: ../../etc/passwd"
                                + " (a path in the data folder, without ..: bounce/dev/rocker_010.csv)"),
                Arguments.of(
                        "press: bounce",
                        "press: {synthetic: clean, release: {trace: /etc/passwd}}",
                        "small.yaml:8:77: stimuli.press.release.trace leaves the data folder: /etc/passwd"
                                + " (a path in the data folder, without ..: bounce/dev/rocker_010.csv)"),
                Arguments.of(
                        "press: bounce",
                        "press: {recordings: bounce/.., otherwise: {synthetic: bounce}}",
                        "small.yaml:8:54: stimuli.press.recordings leaves the data folder: bounce/.."
                                + " (a path in the data folder, without ..: bounce/manifest.csv)"),
                Arguments.of(
                        "settle: 5s",
                        "settle: 5s\nnetwork: {default: {trace: {down: net/a, up: 'net\\..\\a'}}}",
                        "small.yaml:13:46: network.default.trace.up leaves the data folder: net\\..\\a"
                                + " (a path in the data folder, without ..: net/ATT-LTE-driving-2016.up)"),
                Arguments.of(
                        "settle: 5s",
                        "settle: 5s\nnetwork: {default: {latency: 2h}}",
                        "small.yaml:13:30: network.default.latency is out of range: 2h (60ms, constant(60ms),"
                                + " uniform(40ms, 80ms), normal(60ms, 10ms) or lognormal(60ms, 0.5); at most 1h)"),
                Arguments.of(
                        "name: small",
                        "name: small\nstory: !!java.io.File x",
                        "small.yaml:3:8: a tag (!!java.io.File) (leave it out: each key knows what it wants)"),
                Arguments.of(
                        "name: small",
                        "name: \"a\\e[31m\\nb\"",
                        "small.yaml:2:7: name cannot be a name: a\\u001b[31m\\u000ab (lower-case letters, digits and dashes)"),
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
                .containsExactly("small.yaml:1:1:", "small.yaml:2:1:", "small.yaml:12:9:");
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
        assertThat(problems("")).containsExactly("small.yaml:1:1: the file is empty (write 'key: value' lines)");
    }

    /** Whole files that are no scenario, or none any more. */
    static Stream<String> malformed() {
        return Stream.of(
                "",
                "\n\n",
                "# only a remark\n",
                "---\n",
                "...\n",
                "null\n",
                "42\n",
                "- a\n- b\n",
                "\0",
                "\u0001\u0002",
                "version: 1\u0000",
                "\ufffe",
                "{",
                "}",
                "[[[[",
                "{version: 1, name: {{{{",
                "a: " + "[".repeat(5000),
                "a: " + "{b: ".repeat(200),
                "- ".repeat(2000) + "a",
                "a: b: c\n",
                "a:\n\t- b\n",
                "a: 'b\n",
                "a: \"\\q\"\n",
                "%YAML 9.9\n---\na: 1\n",
                "%TAG ! !\n",
                "? a\n",
                "? [a, b]\n: c\n",
                "{a: 1, {b: 2}: 3}\n",
                "<<: {a: 1}\n",
                "&a a: *a\n",
                "a: *nobody\n",
                "a: &a [*a]\n",
                "!!set {a, b}\n",
                "!!binary x\n",
                "a: !<tag:x> 1\n",
                "a: |9\n x\n",
                "a: @b\n",
                "a: `b`\n",
                "a: 1\na: 1\n",
                "a: 1\n---\nb: 1\n",
                "a: " + "9".repeat(5000),
                "x".repeat(70_000) + ": 1\n",
                "version: " + "x".repeat(100_000));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void whatever_the_file_holds_it_is_told_where_what_is_wrong_and_what_would_be_right(String yaml) {
        assertToldWell(problems(yaml));
    }

    /** What stands in the place of a value that is right. */
    static Stream<String> values() {
        return Stream.of(
                "",
                "~",
                "''",
                "' '",
                "[]",
                "{}",
                "[[]]",
                "[~]",
                "{a: b}",
                "[1, {a: 2}]",
                "-1",
                "1e99",
                "0x10",
                ".nan",
                "999999999999999999999999",
                "-5m",
                "1s 2s",
                "9999999d",
                "101%",
                "-1%",
                "%",
                "yes",
                "../..",
                "\"\\0\"",
                "\"\\e[2J\"",
                "\"\\ud800\"",
                "学校",
                "🚨",
                "!!int 3",
                "&a b",
                "*a",
                "?",
                "|\n  two\n  lines",
                "x".repeat(5000));
    }

    @ParameterizedTest
    @MethodSource("values")
    void no_value_in_any_place_is_taken_without_a_word_or_a_place(String value) {
        Matcher m = Pattern.compile("(?<=: )[^{}\\[\\],\n]+(?=[,}\\]\n])").matcher(GOOD);
        while (m.find()) {
            String mutated = GOOD.substring(0, m.start()) + value + GOOD.substring(m.end());
            List<String> problems = problems(mutated);
            if (!problems.isEmpty()) { // some are right in some places: a name of a device, for one
                assertToldWell(problems);
            }
        }
    }

    private static void assertToldWell(List<String> problems) {
        assertThat(problems)
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem)
                        .matches("small\\.yaml:[1-9]\\d*:[1-9]\\d*: .+ \\(.+\\)")
                        .hasSizeLessThan(700)
                        .doesNotContain("com.fasterxml", "org.yaml", "java.lang", "Stream", "Exception"));
    }

    @Test
    void a_scenario_that_expects_nothing_is_refused() {
        String nothing = GOOD.substring(0, GOOD.indexOf("expect:")) + "expect: []\n";
        assertThat(problems(nothing))
                .containsExactly("small.yaml:13:9: expect is empty (a run that expects nothing proves nothing)");
    }

    private static List<String> problems(String yaml) {
        return switch (ScenarioFile.parse("small.yaml", yaml)) {
            case Reading.Read r -> List.of();
            case Reading.Refused(List<Problem> problems) ->
                problems.stream().map(Problem::toString).toList();
        };
    }
}
