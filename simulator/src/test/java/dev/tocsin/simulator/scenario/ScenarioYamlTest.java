package dev.tocsin.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.simulator.scenario.value.Share;
import dev.tocsin.simulator.yaml.Position;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written reads back to the same. */
class ScenarioYamlTest {

    static final List<String> builtIn = BuiltIn.NAMES;

    private static final String EVERYTHING = """
            version: 1
            name: everything
            story: 'Quotes: "here", a backslash \\, a colon: and # no comment; 临沧.'
            run: {seed: 9223372036854775807, start: "2027-03-01T08:00+08:00", duration: 90d}
            fleet:
              counties: ["530902", "530921"]
              centres: [police, education]
              backup: [police]
              schools: {count: 12, devices: "2..4", mix: {button: 33.3%, fall: 20%, edge: 40%, water: 5%, level: 1.7%}}
              gauge: {warning: 1.5m, danger: 250cm, fastest: 0.5m/h, period: 90s}
              heartbeat: 20s
              channel: plain
              signatures: sm2
            network:
              default: {latency: "lognormal(60ms, 0.5)", loss: 1%, duplicate: 0.1%, reorder: 33.333333333%, nat: {idle: 30s}}
              links:
                - {devices: "school-001/*", latency: "uniform(40ms, 80ms)", rate: 64kbit, mtu: 1200}
                - {devices: ["school-002/*", "school-003/*"], latency: 7us, trace: {down: net/a.down, up: net/a.up, otherwise: 2.5mbit}}
                - {devices: "school-004/*", latency: "normal(60ms, 10ms)", loss: 0%, rate: 9.6kbit}
            stimuli:
              - {id: A1, at: 12m, device: school-007/button-2, press: bounce}
              - {id: A-2, every: 90s, from: 30s, spread: 500ms, device: "*", sample: 5%, press: {trace: bounce/x.csv, hold: 2s, release: clean, reset: 300ms}}
              - {id: B, every: 90s, times: 3, device: "*", press: {synthetic: worn, release: {trace: bounce/y.csv}}}
              - {id: C, at: 1234567890123.456us, device: "*", press: {recordings: bounce/manifest.csv, otherwise: {synthetic: worn, presses: 4}, hold: 0s}}
              - {id: S1, at: 1m, device: "*", imu: fall}
              - {id: S2, at: 1m, device: "*", imu: {model: walk, bob: 0.35g, for: 1m}}
              - {id: S3, at: 1m, device: "*", imu: {model: knock, impact: 2g}}
              - {id: S4, at: 1m, device: "*", imu: {trace: falls/a.csv, unit: "m/s^2", from: 1s, for: 10s, means: fall, otherwise: fall}}
              - {id: S5, at: 1m, device: "*", distance: {model: intrusion, nearest: 40cm}}
              - {id: S6, at: 1m, device: "*", distance: {trace: water/a.csv, means: nothing, otherwise: passing}}
              - {id: S7, at: 1m, device: "*", immersion: {model: plunge, struggle: 5s, for: 60s}}
              - {id: S8, at: 1m, device: "*", immersion: splash}
              - {id: S9, at: 1m, device: "*", immersion: {model: rain, for: 7m}}
              - {id: S10, at: 1m, device: "*", level: {model: rise, from: -1m, to: 4m, over: 2h}}
              - {id: S11, at: 1m, device: "*", level: {trace: water/a.csv, speed: 60, means: water-level}}
              - {id: R, at: 5m, device: "*", reset: key}
              - {id: K, at: 0s, device: "*", accept: {after: 20s, by: "Officer Li"}}
              - {id: "no", at: 1h, device: "*", accept: {by: "O'Neil \\"X\\""}}
            drills:
              - {id: D1, from: 90m, to: 105m, schools: "school-01*", by: "Head Wang"}
              - {id: D2, from: 200m, to: 201m, schools: ["school-001", "school-002"]}
            faults:
              - {at: A1+40ms, power-cut: {for: 90s, disk: any}}
              - {at: A-2-1ms, device: "school-00*", power-cut: {for: 90s}}
              - {at: A1, power-cut: {for: 1us, disk: keep}}
              - {at: 1h, device: "*", power-cut: {for: 90s, disk: tear}}
              - {every: 2h, device: "*", sample: 0.5%, power-cut: {for: 90s, disk: reorder}}
              - {every: 2h, from: 1h, times: 3, device: "*", power-cut: {for: 90s, disk: garble}}
              - {anywhere: 2, device: "*", sensor: {stuck: true, for: 2m}}
              - {anywhere: 2, device: "*", sensor: {frozen: true, for: 2m}}
              - {anywhere: 2, device: "*", sensor: {broken: true, for: 2m}}
              - {anywhere: 2, device: "*", sensor: {saturated: 4, for: 2m}}
              - {anywhere: 20, device: "*", disk: {full: 64KiB, for: 5m}}
              - {anywhere: 1, device: "*", disk: {full: 1500B, for: 5m}}
              - {anywhere: 1, device: "*", disk: {full: 1000MiB, for: 5m}}
              - {anywhere: 1, device: "*", disk: {slow: 20, for: 5m}}
              - {anywhere: 1, device: "*", disk: {stall: 2s}}
              - {anywhere: 1, device: "*", disk: {fails: writes, for: 5m}}
              - {anywhere: 1, device: "*", disk: {rot: 3}}
              - {anywhere: 1, device: "*", clock: {offset: -2s, drift: -40.5ppm}}
              - {anywhere: 1, device: "*", clock: {offset: 2s}}
              - {anywhere: 1, device: "*", clock: {jump: -1h}}
              - {anywhere: 1, device: "*", clock: {unset: true}}
              - {anywhere: 1, device: "*", input: {stuck: closed, for: 2m}}
              - {anywhere: 1, device: "*", input: {stuck: open, for: 2m}}
              - {anywhere: 1, device: "*", input: {chatter: 20, for: 2m}}
              - {anywhere: 1, device: "*", nat-rebind: true}
              - {at: 1h, partition: {from: "school-*", to: police, for: 5m}}
              - {at: 1h, partition: {from: 530902/education, to: ["school-001/*", "school-002/*"], for: 5m, both: true}}
              - {at: 1h, partition: {from: attacker, to: police, for: 5m}}
              - {at: 1h, sample: 40%, weather: {loss: 20%, latency: 400ms, duplicate: 1%, reorder: 2%, mtu: 600, devices: "school-00*", for: 10m}}
              - {at: 1h, weather: {loss: 100%, for: 10m}}
              - {at: 1h, centre: police, kill: {for: 30s}}
              - {at: 1h, centre: 530921/police, slow: {by: 800ms, for: 5m}}
              - {at: 1h, centre: education, ledger: {fails: true, for: 1m}}
              - {at: 1h, centre: police, failover: {for: 5m}}
              - {at: 1h, attacker: {replay: 20%, forge: 10, flood: 200, tamper: 1%, thief: 60, impostor: 80%, overload: 400, for: 5m}}
            settle: 10m
            expect:
              - {id: seen, detects: fall-risk, least: ">= 90%", false-alarms: "<= 2"}
              - {id: seen-too, detects: drowning, least: ">= 0%"}
              - {id: delivery, every: durable-alarm, to: route, exactly: once}
              - {id: latency, from: press, to: receipt, p99: "< 2s", max: "< 1500us", samples: ">= 100", centre: police, when: no-fault}
              - {id: decision, from: press, to: decision, p50: "< 20ms"}
              - {id: durable, durable-within: 100ms, share: ">= 99.9%"}
              - {id: offline, detected-within: 200s}
              - {id: drills, drills-at: police, at-most: 0}
              - {id: flood, slowed-by: overload, to: receipt, quantile: p99, times: "<= 1.5", samples: ">= 20"}
              - {id: back, last-within: 15s, after: police-return}
              - {id: threads, threads-grown: "<= 8"}
              - {id: again, told-again: "<= 5", except: "A.worn_*"}
            """;

    @ParameterizedTest
    @FieldSource("builtIn")
    void every_built_in_scenario_reads_back_equal(String name) {
        readsBack(BuiltIn.read(name).map(ScenarioYamlTest::scenario).orElseThrow());
    }

    @Test
    void a_scenario_with_everything_in_it_reads_back_equal() {
        readsBack(scenario(ScenarioFile.parse("everything", EVERYTHING)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "one line", "folded back\n", "two  spaces\n", "two\n\nparagraphs\n", " begins late\n", "\n"})
    void any_story_reads_back_equal(String story) {
        Scenario s = scenario(ScenarioFile.parse("everything", EVERYTHING));
        assertThat(written(new Scenario(
                                s.file(),
                                s.name(),
                                story,
                                s.run(),
                                s.fleet(),
                                s.network(),
                                s.stimuli(),
                                s.drills(),
                                s.faults(),
                                s.settle(),
                                s.expectations(),
                                s.places()))
                        .story())
                .isEqualTo(story);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 999, 1000, 1_000_001, 999_999_999, 3_600_000_000_000L, 1_123_456_789_012_345L})
    void a_duration_reads_back_to_the_nanosecond(long ns) {
        Duration d = Duration.ofNanos(ns);
        assertThat(dev.tocsin.sdk.config.Durations.parse(YamlText.duration(d))).contains(d);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0%", "100%", "7%", "0.1%", "33.333333333%", "0.000000001%", "99.999999999%", "28.57%"})
    void a_share_reads_back_to_the_same_bits(String text) {
        Share share = Share.parse(text).orElseThrow();
        assertThat(Share.parse(YamlText.share(share))).contains(share);
    }

    @Test
    void a_fleet_that_only_the_command_line_can_ask_for_is_refused() {
        Scenario s = scenario(ScenarioFile.parse("everything", EVERYTHING));
        Scenario total = s.withFleet(s.fleet().withDevices(new Fleet.Total(10, 3)));
        assertThatThrownBy(() -> ScenarioYaml.of(total)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void readsBack(Scenario scenario) {
        assertThat(written(scenario))
                .usingRecursiveComparison()
                .ignoringFields("file", "places")
                .ignoringFieldsOfTypes(Position.class)
                .isEqualTo(scenario);
    }

    private static Scenario written(Scenario scenario) {
        return scenario(ScenarioFile.parse("written", ScenarioYaml.of(scenario)));
    }

    private static Scenario scenario(Reading reading) {
        return switch (reading) {
            case Reading.Read(Scenario scenario) -> scenario;
            case Reading.Refused refused ->
                throw new AssertionError(refused.problems().toString());
        };
    }
}
