package dev.tocsin.simulator.seeds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.system.SystemClock;
import dev.tocsin.simulator.check.Verdict;
import dev.tocsin.simulator.report.RunReport;
import dev.tocsin.simulator.report.SeedRun;
import dev.tocsin.simulator.report.SeedsReport;
import dev.tocsin.simulator.run.Progress;
import dev.tocsin.simulator.run.VirtualRun;
import dev.tocsin.simulator.scenario.Reading;
import dev.tocsin.simulator.scenario.Scenario;
import dev.tocsin.simulator.scenario.ScenarioFile;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Seeds side by side, a second each. */
class SeedRunsTest {

    private static final Clock CLOCK = new SystemClock();
    private static final Path NO_DATA = Path.of("none");

    private static final String SMALL = """
            version: 1
            name: small
            run: {seed: 5, duration: 20s}
            fleet: {centres: [police, education], schools: {count: 1, devices: "2..3"}, channel: plain}
            network: {default: {latency: 40ms, loss: 10%}}
            stimuli: [{id: A, at: 1s, spread: 10s, device: "*", press: bounce}]
            faults: [{anywhere: 2, device: "*", clock: {offset: 2s}}]
            settle: 40s
            expect: [{id: delivery, every: durable-alarm, to: route, exactly: once}]
            """;

    /** In some seeds it holds, in others it does not: by the moment that is drawn for what cuts all off to the end. */
    private static final String SOMETIMES = SMALL.replace("settle: 40s", "settle: 1s")
            .replace(
                    "{anywhere: 2, device: \"*\", clock: {offset: 2s}}",
                    "{anywhere: 1, partition: {from: \"*\", to: police, for: 9s}}");

    private static Scenario scenario(String yaml) {
        return switch (ScenarioFile.parse("small", yaml)) {
            case Reading.Read(Scenario scenario) -> scenario;
            case Reading.Refused refused ->
                throw new AssertionError(refused.problems().toString());
        };
    }

    private static SeedsReport run(String yaml, int runs, boolean keepGoing, int threads) {
        var asked = new SeedRuns.Asked(scenario(yaml), NO_DATA, runs, keepGoing, false, false);
        return switch (SeedRuns.run(asked, threads, CLOCK, Progress.NONE, () -> false)) {
            case SeedRuns.Result.Reported(SeedsReport report) -> report;
            case SeedRuns.Result other -> throw new AssertionError(other.toString());
        };
    }

    private static RunReport alone(String yaml, long seed) {
        return switch (VirtualRun.run(scenario(yaml).withSeed(seed), NO_DATA, 1, CLOCK, Progress.NONE, () -> false)) {
            case VirtualRun.Result.Reported(RunReport report, List<String> failures) -> report;
            case VirtualRun.Result other -> throw new AssertionError(other.toString());
        };
    }

    @Test
    void totals_are_the_sums_of_the_runs_each_of_which_is_what_its_seed_gives_alone() {
        SeedsReport all = run(SMALL, 3, false, 2);
        assertThat(all.verdict()).isEqualTo(Verdict.HELD);
        assertThat(all.runs()).extracting(SeedRun::seed).containsExactly(5L, 6L, 7L);
        List<RunReport> each = List.of(alone(SMALL, 5), alone(SMALL, 6), alone(SMALL, 7));
        assertThat(all.runs())
                .extracting(SeedRun::digest)
                .isEqualTo(each.stream().map(RunReport::digest).toList());
        assertThat(all.sums().alarms().raised())
                .isEqualTo(each.stream()
                        .mapToInt(r -> r.findings().alarms().raised())
                        .sum())
                .isBetween(6, 9);
        assertThat(all.latencies().receipt().count())
                .isEqualTo(each.stream()
                        .mapToLong(r -> r.latencies().receipt().count())
                        .sum());
        assertThat(all.latencies().receipt().maxMs())
                .isEqualTo(each.stream()
                        .mapToDouble(r -> r.latencies().receipt().maxMs())
                        .max()
                        .orElse(0));
        assertThat(all.exercised()).containsEntry("clock-wrong", 6L);
        assertThat(all.shown().seed()).as("the last").isEqualTo(7);
        assertThat(all.digest()).isEqualTo(run(SMALL, 3, false, 1).digest());
    }

    @Test
    void it_stops_at_the_first_failure_and_shows_that_one_on_any_number_of_threads() {
        SeedsReport one = run(SOMETIMES, 20, false, 1);
        SeedsReport two = run(SOMETIMES, 20, false, 2);
        assertThat(one.verdict()).isEqualTo(Verdict.VIOLATED);
        assertThat(one.runs().getLast().verdict()).isEqualTo(Verdict.VIOLATED);
        assertThat(one.count(Verdict.VIOLATED)).isEqualTo(1);
        assertThat(one.shown().seed()).isEqualTo(one.runs().getLast().seed());
        assertThat(two.runs()).isEqualTo(one.runs());
        assertThat(one.wrongs())
                .isNotEmpty()
                .allMatch(w -> w.startsWith("seed " + one.shown().seed() + ": "));
    }

    @Test
    void it_goes_on_where_it_is_told_to_and_still_shows_the_first_failure() {
        SeedsReport all = run(SOMETIMES, 12, true, 2);
        assertThat(all.runs()).hasSize(12);
        assertThat(all.count(Verdict.VIOLATED)).isGreaterThan(1);
        long first = all.runs().stream()
                .filter(r -> r.verdict() == Verdict.VIOLATED)
                .findFirst()
                .map(SeedRun::seed)
                .orElseThrow();
        assertThat(all.shown().seed()).isEqualTo(first);
        assertThat(all.outcomes())
                .as("of one expectation or another: delivered too late is no loss")
                .anyMatch(o -> o.detail().matches("violated in [1-9] of 12 runs; seed " + first + ": .*"));
    }

    @Test
    void stopped_from_outside_it_tells_what_it_knows_and_claims_no_more() {
        AtomicInteger looks = new AtomicInteger();
        var asked = new SeedRuns.Asked(scenario(SMALL), NO_DATA, 1000, false, false, false);
        var result = SeedRuns.run(asked, 1, CLOCK, Progress.NONE, () -> looks.incrementAndGet() > 700);
        assertThat(result).isInstanceOfSatisfying(SeedRuns.Result.Reported.class, r -> {
            assertThat(r.report().runs()).isNotEmpty().hasSizeLessThan(1000);
            assertThat(r.report().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(r.report().cutShort()).get().asString().startsWith("stopped after ");
        });
    }

    @Test
    void a_run_that_is_played_again_has_the_same_digest_and_one_that_has_not_is_told() {
        RunReport five = alone(SMALL, 5);
        assertThat(Again.play(scenario(SMALL), NO_DATA, 1, five, CLOCK, () -> false))
                .isEqualTo(new Again.Equal());
        assertThat(Again.play(scenario(SMALL).withSeed(6), NO_DATA, 1, five, CLOCK, () -> false))
                .isInstanceOf(Again.Unequal.class);
    }
}
