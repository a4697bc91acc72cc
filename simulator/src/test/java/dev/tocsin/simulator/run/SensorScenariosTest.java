package dev.tocsin.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.config.Problem;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.AlarmState;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.system.SystemClock;
import dev.tocsin.simulator.check.Fate;
import dev.tocsin.simulator.check.Sighting;
import dev.tocsin.simulator.check.Verdict;
import dev.tocsin.simulator.report.RunReport;
import dev.tocsin.simulator.scenario.Reading;
import dev.tocsin.simulator.scenario.Scenario;
import dev.tocsin.simulator.scenario.ScenarioFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What happens to a sensor, from the sample to both ledgers. */
class SensorScenariosTest {

    private static final Clock CLOCK = new SystemClock();

    @TempDir
    private Path data = Path.of("");

    private static Scenario scenario(String device, String stimuli, String rest) {
        String yaml = """
                version: 1
                name: small
                run: {seed: 5}
                fleet: {centres: [police, education], channel: plain, devices: [pond/button-1, pond/%s], gauge: {warning: 2m, danger: 3m, fastest: 60m/h}}
                network: {default: {latency: 40ms, loss: 5%%}}
                stimuli: [%s]
                %s
                settle: 60s
                expect: [{id: delivery, every: durable-alarm, to: route, exactly: once}]
                """.formatted(device, stimuli, rest);
        return switch (ScenarioFile.parse("small", yaml)) {
            case Reading.Read(Scenario scenario) -> scenario;
            case Reading.Refused refused ->
                throw new AssertionError(refused.problems().toString());
        };
    }

    private RunReport played(Scenario scenario) {
        return switch (VirtualRun.run(scenario, data, 1, CLOCK, Progress.NONE, () -> false)) {
            case VirtualRun.Result.Reported(RunReport report, List<String> failures) -> {
                assertThat(failures).isEmpty();
                assertThat(report.findings().wrongs()).isEmpty();
                yield report;
            }
            case VirtualRun.Result.Refused(List<Problem> problems) -> throw new AssertionError(problems.toString());
        };
    }

    private RunReport played(String device, String what) {
        return played(scenario(device, "{id: S, at: 30s, device: \"*/" + device + "\", " + what + "}", ""));
    }

    private static List<Fate> told(RunReport report, AlarmKind kind) {
        return report.findings().rest().stream().filter(f -> f.kind() == kind).toList();
    }

    private static Sighting seen(RunReport report, AlarmKind kind) {
        return report.findings().seen().sightings().of(kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fall-1  | imu: fall                                                | FALL            | 2",
                "fall-1  | imu: {model: fall, impact: 6g, falling: 300ms, lying: 5s} | FALL           | 2",
                "edge-1  | distance: {model: intrusion, nearest: 1.2m, for: 20s}    | FALL_RISK       | 2",
                "edge-1  | distance: {model: intrusion, nearest: 0.4m, for: 20s}    | FALL_RISK       | 2",
                "water-1 | immersion: {model: plunge, struggle: 30s, for: 36s}      | WATER_INTRUSION | 2",
                "water-1 | immersion: {model: plunge, struggle: 5s, for: 60s}       | DROWNING        | 3",
                "level-1 | level: {model: rise, from: 1m, to: 2.5m, over: 5m, stays: 2m} | WATER_LEVEL | 2",
                "level-1 | level: {model: rise, from: 1m, to: 3.5m, over: 5m, stays: 2m} | WATER_LEVEL | 3",
            })
    void what_happens_is_seen_grows_worse_ends_and_stands_in_both_ledgers(
            String device, String what, AlarmKind kind, int alarms) {
        RunReport report = played(device, what);
        assertThat(seen(report, kind)).isEqualTo(new Sighting(1, 1, 0));
        assertThat(told(report, kind))
                .hasSize(alarms)
                .allSatisfy(f -> assertThat(f.filedNs()).containsOnlyKeys("police", "education"))
                .extracting(Fate::state)
                .startsWith(AlarmState.RAISED)
                .endsWith(AlarmState.RESTORED);
        assertThat(told(report, AlarmKind.FAULT)).isEmpty();
        assertThat(report.verdict()).isEqualTo(Verdict.HELD);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fall-1  | imu: walk",
                "fall-1  | imu: {model: walk, bob: 1.2g, for: 2m}",
                "fall-1  | imu: knock",
                "edge-1  | distance: passing",
                "water-1 | immersion: splash",
                "water-1 | immersion: rain",
                "level-1 | level: {model: rise, from: 0.5m, to: 1.9m, over: 5m}",
            })
    void what_only_looks_like_something_raises_nothing(String device, String what) {
        RunReport report = played(device, what);
        assertThat(report.findings().rest()).isEmpty();
        assertThat(report.findings().seen().sightings().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"fall-1", "edge-1", "water-1", "level-1"})
    void a_quiet_hour_raises_nothing(String device) {
        RunReport report = played(scenario(device, "{id: A, at: 1h, device: pond/button-1, press: clean}", ""));
        assertThat(report.findings().rest()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "fall-1,  stuck: true,  wrist-stuck",
        "fall-1,  frozen: true, wrist-stuck",
        "fall-1,  broken: true, wrist-silent",
        "edge-1,  frozen: true, edge-stuck",
        "edge-1,  broken: true, edge-silent",
        "water-1, frozen: true, worn-stuck",
        "water-1, stuck: true,  worn-out-of-range",
        "level-1, frozen: true, level-stuck",
        "level-1, broken: true, level-silent",
    })
    void a_sensor_that_is_not_well_is_a_fault_that_ends_and_no_alarm_for_a_life(
            String device, String defect, String cause) {
        RunReport report = played(scenario(
                device,
                "{id: A, at: 10m, device: pond/button-1, press: clean}",
                "faults: [{at: 30s, device: \"*/" + device + "\", sensor: {" + defect + ", for: 8m}}]"));
        assertThat(told(report, AlarmKind.FAULT))
                .as(cause)
                .isNotEmpty()
                .allSatisfy(f -> assertThat(f.filedNs()).containsOnlyKeys("police", "education"))
                .extracting(Fate::state)
                .contains(AlarmState.RAISED, AlarmState.RESTORED);
        assertThat(report.findings().seen().sightings().sum().falseAlarms()).isZero();
        assertThat(report.exercised()).containsEntry("sensor-" + defect.substring(0, defect.indexOf(':')), 1L);
    }

    @Test
    void a_fall_while_the_sensor_is_broken_is_not_expected_to_be_seen() {
        RunReport report = played(scenario(
                "fall-1",
                "{id: S, at: 60s, device: pond/fall-1, imu: fall}, {id: A, at: 1s, device: pond/button-1, press: clean}",
                "faults: [{at: 30s, device: pond/fall-1, sensor: {broken: true, for: 5m}}]"));
        assertThat(report.findings().seen().sightings().isEmpty()).isTrue();
    }

    @Test
    void a_fall_that_is_too_soft_is_missed_and_counted_and_breaks_no_promise() {
        RunReport report = played("fall-1", "imu: {model: fall, impact: 1.2g}");
        assertThat(seen(report, AlarmKind.FALL)).isEqualTo(new Sighting(1, 0, 0));
        assertThat(report.findings().seen().sightings().missed()).containsExactly("S@pond/fall-1 FALL");
    }

    @Test
    void a_recording_is_played_in_its_units_and_what_it_is_said_to_mean_is_what_it_owes() throws IOException {
        StringBuilder csv = new StringBuilder("t_s,ax,ay,az\n");
        for (int i = 0; i < 1000; i++) { // stands, hits the ground at 8 s, lies on the side
            double z = i < 400 ? 9.81 : i < 405 ? 60 : 0;
            csv.append(String.format(Locale.ROOT, "%.2f,%s,0.0,%s%n", i * 0.02, i < 405 ? 0.0 : 9.81, z));
        }
        Files.writeString(data.resolve("fall.csv"), csv);
        String trace = "imu: {trace: fall.csv, unit: \"m/s^2\", means: %s}";
        RunReport told = played("fall-1", trace.formatted("fall"));
        assertThat(seen(told, AlarmKind.FALL)).isEqualTo(new Sighting(1, 1, 0));
        assertThat(told.input().recorded()).isEqualTo(1);
        RunReport wrong = played("fall-1", trace.formatted("nothing"));
        assertThat(seen(wrong, AlarmKind.FALL)).isEqualTo(new Sighting(0, 0, 1));
        assertThat(wrong.findings().seen().sightings().falseAlarms()).hasSize(1);
    }

    @Test
    void a_recorded_gauge_is_played_faster_than_it_was_recorded() throws IOException {
        Files.writeString(data.resolve("river.csv"), """
                datetime_local,tz,stage_m
                2014-05-01 01:00:00,EDT,1.0
                2014-05-01 02:00:00,EDT,1.6
                2014-05-01 03:00:00,EDT,2.4
                2014-05-01 04:00:00,EDT,3.2
                2014-05-01 05:00:00,EDT,2.4
                2014-05-01 06:00:00,EDT,1.6
                2014-05-01 07:00:00,EDT,1.0
                """);
        RunReport report = played("level-1", "level: {trace: river.csv, speed: 30, means: water-level}");
        assertThat(told(report, AlarmKind.WATER_LEVEL))
                .extracting(Fate::state)
                .containsExactly(AlarmState.RAISED, AlarmState.UPDATED, AlarmState.RESTORED);
    }

    @Test
    void a_recording_that_cannot_be_used_is_refused_with_its_line() throws IOException {
        Files.writeString(data.resolve("bad.csv"), "t_s,ax,ay,az\n0.00,0,0,1\n0.02,0,NaN,1\n");
        Scenario scenario =
                scenario("fall-1", "{id: S, at: 30s, device: pond/fall-1, imu: {trace: bad.csv, means: fall}}", "");
        assertThat(VirtualRun.run(scenario, data, 1, CLOCK, Progress.NONE, () -> false))
                .isInstanceOfSatisfying(
                        VirtualRun.Result.Refused.class,
                        refused -> assertThat(refused.problems())
                                .singleElement()
                                .asString()
                                .contains("bad.csv:3: ay is NaN; it must be a number"));
    }

    @Test
    void without_the_data_a_model_stands_in_and_is_named() {
        RunReport report = played("fall-1", "imu: {trace: none.csv, means: fall, otherwise: fall}");
        assertThat(report.input().synthetic()).isEqualTo(1);
        assertThat(report.input().note()).contains("none.csv: a synthetic imu model instead");
        assertThat(seen(report, AlarmKind.FALL)).isEqualTo(new Sighting(1, 1, 0));
    }

    @Test
    void a_stimulus_for_a_sensor_that_nobody_has_is_refused() {
        Scenario scenario = scenario("fall-1", "{id: S, at: 30s, device: \"*\", distance: intrusion}", "");
        assertThat(VirtualRun.run(scenario, data, 1, CLOCK, Progress.NONE, () -> false))
                .isInstanceOfSatisfying(
                        VirtualRun.Result.Refused.class,
                        refused -> assertThat(refused.problems())
                                .singleElement()
                                .asString()
                                .contains("no device that * picks has the sensor for distance"));
    }

    @Test
    void the_same_seed_gives_the_same_digest_and_another_one_another() {
        Scenario scenario = scenario("fall-1", "{id: S, at: 30s, device: pond/fall-1, imu: fall}", "");
        String digest = played(scenario).digest();
        assertThat(played(scenario).digest()).isEqualTo(digest);
        assertThat(played(scenario.withSeed(6)).digest()).isNotEqualTo(digest);
    }
}
