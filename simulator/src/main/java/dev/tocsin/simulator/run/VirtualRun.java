package dev.tocsin.simulator.run;

import dev.tocsin.sdk.config.Problem;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.simulator.centre.Settings;
import dev.tocsin.simulator.check.Circumstances;
import dev.tocsin.simulator.check.Distribution;
import dev.tocsin.simulator.check.En50136;
import dev.tocsin.simulator.check.FaultSpan;
import dev.tocsin.simulator.check.Findings;
import dev.tocsin.simulator.check.Judge;
import dev.tocsin.simulator.check.Latencies;
import dev.tocsin.simulator.check.Outcome;
import dev.tocsin.simulator.county.CountyPlan;
import dev.tocsin.simulator.report.Input;
import dev.tocsin.simulator.report.RunReport;
import dev.tocsin.simulator.report.Scene;
import dev.tocsin.simulator.report.Trace;
import dev.tocsin.simulator.scenario.Scenario;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Plays one scenario in the virtual world: each county on a thread of its own, as many at a time as there are cores. What
 * comes out does not depend on how many that are. Blocks; one thread calls.
 */
public final class VirtualRun {

    private static final long LOOK_MS = 200;

    private final Scenario scenario;
    private final List<CountyPlan> counties;
    private final Input input;
    private final Clock clock;
    private final Progress progress;
    private final BooleanSupplier interrupted;
    private final Map<String, CountyRun> runs = new LinkedHashMap<>();

    private VirtualRun(
            Scenario scenario,
            List<CountyPlan> counties,
            Input input,
            Clock clock,
            Progress progress,
            BooleanSupplier interrupted) {
        this.scenario = scenario;
        this.counties = counties;
        this.input = input;
        this.clock = clock;
        this.progress = progress;
        this.interrupted = interrupted;
    }

    /** How running ended. */
    public sealed interface Result {
        /** There is a report, also of a run that was cut short. */
        record Reported(RunReport report) implements Result {}

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
            case CountyPlanning.Planned(List<CountyPlan> counties, Input input) ->
                new Result.Reported(
                        new VirtualRun(scenario, counties, input, clock, progress, interrupted).run(threads));
        };
    }

    private RunReport run(int threads) {
        long beganNs = clock.nanoTime();
        if (!input.note().isEmpty()) {
            progress.remark(input.note());
        }
        int devices = counties.stream().mapToInt(c -> c.devices().size()).sum();
        progress.phase("%d devices in %d %s, in virtual time"
                .formatted(devices, counties.size(), counties.size() == 1 ? "county" : "counties"));
        Duration lead = CountyRun.lead(counties);
        counties.forEach(plan -> runs.put(plan.code(), new CountyRun(plan, lead, interrupted)));
        SortedMap<String, CountyRun.Played> records = play(threads, beganNs);
        progress.finished();
        return report(records, devices, (clock.nanoTime() - beganNs) / 1e9);
    }

    private SortedMap<String, CountyRun.Played> play(int threads, long beganNs) {
        ExecutorService pool = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "tocsin-county");
            thread.setDaemon(true);
            return thread;
        });
        try {
            SortedMap<String, Future<CountyRun.Played>> futures = new TreeMap<>();
            runs.forEach((code, run) -> futures.put(code, pool.submit(run)));
            SortedMap<String, CountyRun.Played> records = new TreeMap<>();
            for (Map.Entry<String, Future<CountyRun.Played>> future : futures.entrySet()) {
                records.put(future.getKey(), await(future.getValue(), beganNs));
            }
            return records;
        } finally {
            pool.shutdownNow();
        }
    }

    private CountyRun.Played await(Future<CountyRun.Played> future, long beganNs) {
        while (true) {
            try {
                return future.get(LOOK_MS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                tell(beganNs);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            } catch (ExecutionException e) {
                throw new IllegalStateException("a county failed", e.getCause());
            }
        }
    }

    private void tell(long beganNs) {
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

    private RunReport report(SortedMap<String, CountyRun.Played> records, int devices, double wallS) {
        SortedMap<String, Findings> byCounty = new TreeMap<>();
        Map<String, Long> returned = new LinkedHashMap<>();
        List<FaultSpan> spans = new ArrayList<>();
        SortedMap<String, Long> exercised = new TreeMap<>();
        List<String> digests = new ArrayList<>();
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
            r.failures().stream().limit(3).forEach(progress::remark);
        }
        Findings findings = Findings.together(byCounty);
        Latencies latencies = Latencies.of(findings.presses());
        List<Outcome> outcomes =
                Judge.judge(scenario.expectations(), findings, latencies, new Circumstances(returned, 0, cutShort));
        Scene scene = new Scene(
                scenario.story(),
                counties.stream().flatMap(c -> c.devices().stream()).toList(),
                spans,
                trace(records),
                endNs,
                Optional.of(new En50136.Reporting(
                        Settings.of("any").offlineAfter(scenario.fleet().heartbeat()), false)),
                List.of());
        return new RunReport(
                scenario.name(),
                "virtual",
                scenario.run().seed(),
                Judge.overall(outcomes),
                CountyRun.together(digests),
                simulatedS,
                wallS,
                new RunReport.FleetFacts(devices, scenario.fleet().centres(), false, 0, 0),
                input,
                new RunReport.Playing(
                        counties.stream().mapToInt(c -> c.moves().size()).sum(), Distribution.NONE),
                exchanges,
                findings,
                latencies,
                outcomes,
                cutShort,
                scene);
    }

    /** Each device's story is in its own county. */
    private static Trace trace(SortedMap<String, CountyRun.Played> records) {
        Map<String, Trace> byDevice = new LinkedHashMap<>();
        records.values().forEach(r -> r.devices().forEach(device -> byDevice.put(device, r.trace())));
        return (alarm, fromNs, toNs) ->
                byDevice.getOrDefault(alarm.device(), Trace.NONE).of(alarm, fromNs, toNs);
    }
}
