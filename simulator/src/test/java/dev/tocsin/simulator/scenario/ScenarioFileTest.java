package dev.tocsin.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.config.Problem;
import dev.tocsin.simulator.scenario.Expectation.Quantile;
import dev.tocsin.simulator.scenario.Expectation.Stage;
import dev.tocsin.simulator.scenario.Stimulus.Synthetic;
import dev.tocsin.simulator.yaml.Position;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ScenarioFileTest {

    static final List<String> builtIn = BuiltIn.NAMES;

    @ParameterizedTest
    @FieldSource("builtIn")
    void every_built_in_scenario_can_be_read_and_tells_its_story(String name) {
        assertThat(BuiltIn.read(name)).get().isInstanceOfSatisfying(Reading.Read.class, read -> {
            assertThat(read.scenario().name()).isEqualTo(name);
            assertThat(read.scenario().story()).hasSizeGreaterThan(100);
        });
    }

    @Test
    void a_name_that_is_not_built_in_gives_nothing() {
        assertThat(BuiltIn.yaml("../desk")).isEmpty();
    }

    @Test
    void a_file_that_is_not_there_is_told() {
        assertThat(ScenarioFile.read(Path.of("no", "such.yaml")))
                .isInstanceOfSatisfying(
                        Reading.Refused.class,
                        refused -> assertThat(refused.problems())
                                .singleElement()
                                .asString()
                                .contains("such.yaml: no such file"));
    }

    @Test
    void units_ranges_and_times_are_read() {
        Scenario s = read("""
                version: 1
                name: full
                run: {seed: 42, start: "2027-03-01T08:00+08:00", duration: 10m}
                fleet:
                  centres: [police]
                  schools: {count: 120, devices: "10..50", mix: {button: 100%}}
                  heartbeat: 20s
                stimuli:
                  - id: A
                    every: 90s
                    from: 30s
                    spread: 500ms
                    device: "school-*/button-1"
                    press: {trace: bounce/dev/rocker_010.csv, hold: 2s, release: clean, reset: 300ms}
                  - {id: R, at: 5m, device: "*", reset: key}
                expect:
                  - {id: fast, from: press, to: receipt, centre: police, p50: "< 40ms", max: "< 1.5s", samples: ">= 9"}
                  - {id: again, told-again: "<= 5", except: "A.worn_*"}
                """);
        assertThat(s.run().seed()).isEqualTo(42);
        assertThat(s.run().start()).isPresent();
        assertThat(s.fleet().devices()).isEqualTo(new Fleet.Schools(120, 10, 50));
        assertThat(s.fleet().heartbeat()).isEqualTo(Duration.ofSeconds(20));
        assertThat(s.stimuli().getFirst().when())
                .isEqualTo(new Stimulus.When(
                        new Repetition(Duration.ofSeconds(30), Duration.ofSeconds(90), 7, true),
                        Duration.ofMillis(500)));
        assertThat(s.stimuli().getFirst().action())
                .isEqualTo(new Stimulus.Press(
                        new Stimulus.Trace(new Position(14, 20), "bounce/dev/rocker_010.csv"),
                        Duration.ofSeconds(2),
                        Optional.of(new Synthetic(Synthetic.Kind.CLEAN)),
                        Optional.of(Duration.ofMillis(300))));
        assertThat(s.stimuli().getLast().action()).isEqualTo(new Stimulus.Reset());
        assertThat(s.expectations())
                .containsExactly(
                        new Expectation.Latency(
                                "fast",
                                Stage.RECEIPT,
                                Optional.of("police"),
                                Map.of(Quantile.P50, Duration.ofMillis(40), Quantile.MAX, Duration.ofMillis(1500)),
                                9),
                        new Expectation.ToldAgain("again", 5, Optional.of(new Selector("A.worn_*"))));
    }

    @Test
    void a_star_in_a_selector_stands_for_anything_and_a_dot_for_a_dot() {
        List<String> ids = List.of("school-001/button-1", "school-010/button-1", "hall.a/button-2");
        assertThat(new Selector("school-01*").of(ids)).containsExactly("school-010/button-1");
        assertThat(new Selector("*/button-1").of(ids)).hasSize(2);
        assertThat(new Selector("hall.a/*").of(ids)).containsExactly("hall.a/button-2");
        assertThat(new Selector("school.001/*").of(ids)).isEmpty();
    }

    private static Scenario read(String yaml) {
        return switch (ScenarioFile.parse("test", yaml)) {
            case Reading.Read(Scenario scenario) -> scenario;
            case Reading.Refused(List<Problem> problems) -> throw new AssertionError(problems);
        };
    }
}
