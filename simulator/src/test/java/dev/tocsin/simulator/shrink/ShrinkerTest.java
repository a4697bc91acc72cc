package dev.tocsin.simulator.shrink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.system.SystemClock;
import dev.tocsin.simulator.report.RunReport;
import dev.tocsin.simulator.run.DeviceIds;
import dev.tocsin.simulator.run.Progress;
import dev.tocsin.simulator.run.VirtualRun;
import dev.tocsin.simulator.scenario.Fault;
import dev.tocsin.simulator.scenario.Reading;
import dev.tocsin.simulator.scenario.Scenario;
import dev.tocsin.simulator.scenario.ScenarioFile;
import dev.tocsin.simulator.shrink.Shrinker.Limits;
import dev.tocsin.simulator.shrink.Shrinker.Shrunk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A scenario that is broken on purpose: a partition of ten minutes, nobody waits for its end, and 24 faults besides. */
class ShrinkerTest {

    private static final Clock CLOCK = new SystemClock();
    private static final Path NO_DATA = Path.of("none");

    private static final String BROKEN = """
            version: 1
            name: broken
            story: A partition of ten minutes, and nobody waits until it is over.
            run: {seed: 1, duration: 11m}
            fleet:
              counties: ["530902", "530921"]
              centres: [police, education]
              schools: {count: 4, devices: 2}
              channel: plain
            network: {default: {latency: "lognormal(60ms, 0.5)", nat: {idle: 5m}}}
            stimuli:
              - {id: A, every: 5m, spread: 30s, device: "*", sample: 60%, press: {synthetic: bounce, reset: 2s}}
            faults:
              - {at: 4m, partition: {from: "school-*", to: 530921/police, for: 10m, both: true}}
              - {anywhere: 6, device: "*", power-cut: {for: 10s, disk: any}}
              - {at: A+40ms, sample: 30%, power-cut: {for: 5s}}
              - {every: 5m, device: "*", sample: 20%, clock: {offset: 2s, drift: 40ppm}}
              - {anywhere: 6, device: "*", nat-rebind: true}
              - {anywhere: 6, centre: education, slow: {by: 300ms, for: 10s}}
              - {at: 2m, sample: 50%, weather: {loss: 5%, for: 30s}}
              - {at: 3m, attacker: {replay: 20%, for: 20s}}
            settle: 1s
            expect:
              - {id: delivery, every: durable-alarm, to: route, exactly: once}
              - {id: decision, from: press, to: decision, p50: "< 1s"}
            """;

    private static Scenario scenario(String yaml) {
        return switch (ScenarioFile.parse("broken", yaml)) {
            case Reading.Read(Scenario scenario) -> scenario;
            case Reading.Refused refused ->
                throw new AssertionError(refused.problems().toString());
        };
    }

    private static Failure played(Scenario scenario) {
        return switch (VirtualRun.runHere(scenario, NO_DATA, CLOCK, () -> false)) {
            case VirtualRun.Result.Reported(RunReport run, var failures) -> Failure.of(run);
            case VirtualRun.Result other -> throw new AssertionError(other.toString());
        };
    }

    private static Optional<Shrunk> shrunk(Scenario scenario, Failure failure, Limits limits) {
        return Shrinker.shrink(scenario, failure, NO_DATA, limits, 2, CLOCK, Progress.NONE, () -> false);
    }

    @Test
    void two_dozen_faults_that_do_not_matter_are_taken_away_and_what_is_left_fails_the_same_way() {
        Scenario broken = scenario(BROKEN);
        Failure failure = played(broken);
        assertThat(failure.violated()).contains("delivery");
        Shrunk shrunk =
                shrunk(broken, failure, new Limits(200, Duration.ofMinutes(5))).orElseThrow();
        assertThat(shrunk.whole()).isTrue();
        assertThat(shrunk.from()).startsWith("25 faults");
        assertThat(shrunk.scenario().faults()).singleElement().isInstanceOf(Fault.Partition.class);
        assertThat(shrunk.scenario().stimuli()).hasSize(1);
        assertThat(DeviceIds.of(shrunk.scenario())).hasSize(1);
        assertThat(shrunk.scenario().fleet().counties()).containsExactly("530921");
        assertThat(played(scenario(shrunk.text()))).isEqualTo(failure);
    }

    @Test
    void few_runs_leave_more_but_what_is_left_still_fails() {
        Scenario broken = scenario(BROKEN);
        Failure failure = played(broken);
        Shrunk shrunk =
                shrunk(broken, failure, new Limits(6, Duration.ofMinutes(5))).orElseThrow();
        assertThat(shrunk.whole()).isFalse();
        assertThat(shrunk.runs()).isLessThanOrEqualTo(6);
        assertThat(played(scenario(shrunk.text()))).isEqualTo(failure);
    }

    @Test
    void what_fails_in_another_way_is_not_the_same_failure() {
        Failure other = new Failure(new TreeSet<>(java.util.Set.of("decision")));
        assertThat(shrunk(scenario(BROKEN), other, new Limits(20, Duration.ofMinutes(5))))
                .isEmpty();
    }
}
