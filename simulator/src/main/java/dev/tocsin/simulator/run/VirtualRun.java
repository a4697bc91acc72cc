package dev.tocsin.simulator.run;

import dev.tocsin.sdk.config.Problem;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.simulator.centre.Settings;
import dev.tocsin.simulator.check.Circumstances;
import dev.tocsin.simulator.check.Distribution;
import dev.tocsin.simulator.check.FaultSpan;
import dev.tocsin.simulator.check.Findings;
import dev.tocsin.simulator.check.Judge;
import dev.tocsin.simulator.check.Latencies;
import dev.tocsin.simulator.check.Outcome;
import dev.tocsin.simulator.check.Verdict;
import dev.tocsin.simulator.county.CountyPlan;
import dev.tocsin.simulator.report.Input;
import dev.tocsin.simulator.report.RunReport;
import dev.tocsin.simulator.report.Scene;
import dev.tocsin.simulator.report.Trace;
import dev.tocsin.simulator.scenario.Scenario;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;

/**
 * Plays one scenario in the virtual world: each county on a thread of its own, as many at a time as there are cores. What
 * comes out does not depend on how many that are. Blocks; one thread calls.
 */
public final class VirtualRun {

    /** Of each county; the first are enough to look into. */
    private static final int MOST_FAILURES = 3;

    /** Violated where a program threw what nobody caught: a bug, wherever it was. */
    private static final String PROGRAMS_SOUND = "programs-sound";

    private final Scenario scenario;
    private final List<CountyPlan> counties;
    private final Input input;
    private final Clock clock;
    private final long beganNs;
    private final Map<String, CountyRun> runs = new LinkedHashMap<>();

    private VirtualRun(
            Scenario scenario, List<CountyPlan> counties, Input input, Clock clock, BooleanSupplier interrupted) {
        this.scenario = scenario;
        this.counties = counties;
        this.input = input;
        this.clock = clock;
        this.beganNs = clock.nanoTime();
        Duration lead = CountyRun.lead(counties);
        counties.forEach(plan -> runs.put(plan.code(), new CountyRun(plan, lead, interrupted)));
    }

    /** How running ended. */
    public sealed interface Result {
        /**
         * There is a report, also of a run that was cut short.
         *
         * @param failures what programs threw, a few of each county
         */
        record Reported(RunReport report, List<String> failures) implements Result {
            public Reported {
                failures = List.copyOf(failures);
            }
        }

        /** The scenario asks for what is not there. */
        record Refused(List<Problem> problems) implements Result {}
    }

    /**
     * Runs a scenario. {@link dev.tocsin.simulator.world.jvm.Determinism#install} must have been called before.
     *
     * @param data where recordings are; need not exist
     * @param threads counties that are played side by side
     * @param clock real, for how long it took
     * @param interrupted whether to end early; asked several times a second
     */
    public static Result run(
            Scenario scenario, Path data, int threads, Clock clock, Progress progress, BooleanSupplier interrupted) {
        return switch (CountyPlanner.plan(scenario, data)) {
            case CountyPlanning.Refused(List<Problem> problems) -> new Result.Refused(problems);
            case CountyPlanning.Planned(List<CountyPlan> counties, Input input) -> {
                VirtualRun run = new VirtualRun(scenario, counties, input, clock, interrupted);
                run.announce(progress);
                Result.Reported reported = run.report(run.sideBySide(threads, progress));
                progress.finished();
                reported.failures().forEach(progress::remark);
                yield reported;
            }
        };
    }

    /**
     * Runs a scenario on the thread that calls, its counties one after the other, and tells nobody how it stands. What comes
     * out is the same.
     */
    public static Result runHere(Scenario scenario, Path data, Clock clock, BooleanSupplier interrupted) {
        return switch (CountyPlanner.plan(scenario, data)) {
            case CountyPlanning.Refused(List<Problem> problems) -> new Result.Refused(problems);
            case CountyPlanning.Planned(List<CountyPlan> counties, Input input) -> {
                VirtualRun run = new VirtualRun(scenario, counties, input, clock, interrupted);
                SortedMap<String, CountyRun.Played> records = new TreeMap<>();
                run.runs.forEach((code, county) -> records.put(code, county.call()));
                yield run.report(records);
            }
        };
    }

    private void announce(Progress progress) {
        if (!input.note().isEmpty()) {
            progress.remark(input.note());
        }
        progress.phase("%d devices in %d %s, in virtual time"
                .formatted(devices(), counties.size(), counties.size() == 1 ? "county" : "counties"));
    }

    private int devices() {
        return counties.stream().mapToInt(c -> c.devices().size()).sum();
    }

    private SortedMap<String, CountyRun.Played> sideBySide(int threads, Progress progress) {
        SortedMap<String, CountyRun.Played> records = new TreeMap<>();
        try (SideBySide hands = new SideBySide(threads, "tocsin-county", () -> tell(progress))) {
            Iterator<String> codes = runs.keySet().iterator();
            Iterator<Callable<CountyRun.Played>> tasks = runs.values().stream()
                    .<Callable<CountyRun.Played>>map(run -> run)
                    .iterator();
            hands.each(tasks, played -> {
                records.put(codes.next(), played);
                return true;
            });
        }
        return records;
    }

    private void tell(Progress progress) {
        double shareSum = 0;
        int alarms = 0;
        SortedMap<String, Integer> receipts = new TreeMap<>();
        for (CountyRun run : runs.values()) {
            shareSum += run.share();
            alarms += run.alarms();
        }
        int percent = (int) (100 * shareSum / runs.size());
        progress.standing(new Progress.Standing(
                (clock.nanoTime() - beganNs) / 1e9, percent, 100, "% of the virtual time", alarms, receipts));
    }

    private Result.Reported report(SortedMap<String, CountyRun.Played> records) {
        SortedMap<String, Findings> byCounty = new TreeMap<>();
        Map<String, Long> returned = new LinkedHashMap<>();
        List<FaultSpan> spans = new ArrayList<>();
        SortedMap<String, Long> exercised = new TreeMap<>();
        List<String> digests = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        Optional<String> cutShort = Optional.empty();
        long endNs = 0;
        long exchanges = 0;
        double simulatedS = 0;
        for (Map.Entry<String, CountyRun.Played> entry : records.entrySet()) {
            CountyRun.Played r = entry.getValue();
            byCounty.put(entry.getKey(), r.findings());
            r.returnedNs().forEach((centre, ns) -> returned.merge(centre, ns, Math::max));
            spans.addAll(r.spans());
            r.exercised().forEach((what, count) -> exercised.merge(what, count, Long::sum));
            digests.add(r.digest());
            endNs = Math.max(endNs, r.endNs());
            simulatedS = Math.max(simulatedS, r.playedS());
            exchanges += r.receipts();
            if (!r.whole()) {
                cutShort = Optional.of("stopped before its end");
            }
            r.failures().stream().limit(MOST_FAILURES).forEach(failures::add);
        }
        Findings findings = Findings.together(byCounty);
        Latencies latencies = Latencies.of(findings.presses());
        List<Outcome> outcomes = new ArrayList<>(Judge.judge(
                scenario.expectations(), findings, latencies, new Circumstances(returned, 0, cutShort, spans)));
        List<String> thrown =
                records.values().stream().flatMap(r -> r.failures().stream()).toList();
        if (!thrown.isEmpty()) {
            outcomes.add(new Outcome(PROGRAMS_SOUND, Verdict.VIOLATED, thrown.size() + " threw: " + thrown.getFirst()));
        }
        Scene scene = new Scene(
                scenario.story(),
                counties.stream().flatMap(c -> c.devices().stream()).toList(),
                spans,
                trace(records),
                endNs,
                Settings.of("any").offlineAfter(scenario.fleet().heartbeat()));
        RunReport report = new RunReport(
                scenario.name(),
                "virtual",
                scenario.run().seed(),
                Judge.overall(outcomes),
                CountyRun.together(digests),
                simulatedS,
                (clock.nanoTime() - beganNs) / 1e9,
                new RunReport.FleetFacts(devices(), scenario.fleet().centres(), false, 0, 0),
                input,
                new RunReport.Playing(
                        counties.stream().mapToInt(c -> c.moves().size()).sum(), Distribution.NONE),
                exchanges,
                findings,
                latencies,
                outcomes,
                cutShort,
                exercised,
                scene);
        return new Result.Reported(report, failures);
    }

    /** Each device's story is in its own county. */
    private static Trace trace(SortedMap<String, CountyRun.Played> records) {
        Map<String, Trace> byDevice = new LinkedHashMap<>();
        records.values().forEach(r -> r.devices().forEach(device -> byDevice.put(device, r.trace())));
        return (alarm, fromNs, toNs) ->
                byDevice.getOrDefault(alarm.device(), Trace.NONE).of(alarm, fromNs, toNs);
    }
}
