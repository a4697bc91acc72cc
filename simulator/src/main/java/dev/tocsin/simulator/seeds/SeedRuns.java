package dev.tocsin.simulator.seeds;

import dev.tocsin.sdk.config.Problem;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.simulator.check.Verdict;
import dev.tocsin.simulator.report.RunReport;
import dev.tocsin.simulator.report.SeedsReport;
import dev.tocsin.simulator.run.Progress;
import dev.tocsin.simulator.run.SideBySide;
import dev.tocsin.simulator.scenario.Scenario;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;

/**
 * Plays many seeds of a scenario in the virtual world, whole seeds side by side, and adds them up in the order of the seeds:
 * what comes out does not depend on the number of threads. Blocks; one thread calls.
 */
public final class SeedRuns {

    private final Asked asked;
    private final Clock clock;
    private final Progress progress;
    private final BooleanSupplier interrupted;
    private final long beganNs;
    private final SeedTotals totals = new SeedTotals();
    private Optional<Result.Refused> refused = Optional.empty();
    private volatile boolean over;

    private SeedRuns(Asked asked, Clock clock, Progress progress, BooleanSupplier interrupted) {
        this.asked = asked;
        this.clock = clock;
        this.progress = progress;
        this.interrupted = interrupted;
        this.beganNs = clock.nanoTime();
    }

    /**
     * What is asked for.
     *
     * @param scenario with the first seed; the following ones come after it
     * @param data where recordings are; need not exist
     * @param runs how many seeds
     * @param keepGoing whether to go on after a run that does not hold
     * @param swarm whether each seed draws its own mix, see {@link Swarm}
     * @param twice whether each is played again, to compare digests
     */
    public record Asked(Scenario scenario, Path data, int runs, boolean keepGoing, boolean swarm, boolean twice) {

        /** The scenario that a seed plays. */
        public Scenario of(long seed) {
            Scenario seeded = scenario.withSeed(seed);
            return swarm ? Swarm.of(seeded) : seeded;
        }
    }

    /** How running ended. */
    public sealed interface Result {
        /** There are totals, also of fewer runs than asked for. */
        record Reported(SeedsReport report) implements Result {}

        /** A seed's scenario asks for what is not there. */
        record Refused(long seed, List<Problem> problems) implements Result {
            public Refused {
                problems = List.copyOf(problems);
            }
        }

        /** It was stopped before a run was whole. */
        record Nothing() implements Result {}
    }

    /**
     * Runs. {@link dev.tocsin.simulator.world.jvm.Determinism#install} must have been called before.
     *
     * @param threads seeds that are played side by side
     * @param clock real, for how long it took
     * @param interrupted whether to end early; asked several times a second
     */
    public static Result run(Asked asked, int threads, Clock clock, Progress progress, BooleanSupplier interrupted) {
        return new SeedRuns(asked, clock, progress, interrupted).run(threads);
    }

    private Result run(int threads) {
        progress.phase("%d seeds from %d on, %d side by side%s"
                .formatted(
                        asked.runs,
                        asked.scenario.run().seed(),
                        Math.min(threads, asked.runs),
                        asked.swarm ? ", each with its own mix" : ""));
        long first = asked.scenario.run().seed();
        Iterator<Callable<SeedPlay>> plays = LongStream.range(first, first + asked.runs)
                .takeWhile(seed -> !over && !interrupted.getAsBoolean())
                .<Callable<SeedPlay>>mapToObj(seed -> () -> SeedPlay.play(asked, seed, clock, this::isOver))
                .iterator();
        try (SideBySide hands = new SideBySide(Math.min(threads, asked.runs), "tocsin-seed", this::tell)) {
            try {
                hands.each(plays, this::take);
            } finally {
                over = true; // before the threads are waited for
            }
        }
        progress.finished();
        if (refused.isPresent()) {
            return refused.get();
        }
        Optional<String> cutShort = interrupted.getAsBoolean()
                ? Optional.of("stopped after " + totals.count() + " of " + asked.runs + " seeds")
                : Optional.empty();
        return totals.report(asked.runs, elapsedS(), cutShort)
                .<Result>map(Result.Reported::new)
                .orElse(new Result.Nothing());
    }

    private boolean isOver() {
        return over || interrupted.getAsBoolean();
    }

    private boolean take(SeedPlay play) {
        switch (play) {
            case SeedPlay.Stopped s -> over = true;
            case SeedPlay.Refused(long seed, List<Problem> problems) -> {
                over = true;
                refused = Optional.of(new Result.Refused(seed, problems));
            }
            case SeedPlay.Played(RunReport run, List<String> failures, Optional<String> other) -> {
                failures.forEach(failure -> progress.remark("seed " + run.seed() + ": " + failure));
                totals.add(run, other);
                over = run.verdict() == Verdict.VIOLATED && !asked.keepGoing;
                tell();
            }
        }
        return !over;
    }

    private double elapsedS() {
        return (clock.nanoTime() - beganNs) / 1e9;
    }

    private void tell() {
        double elapsedS = elapsedS();
        SeedsReport.Sums sums = totals.sums();
        String more = String.format(
                Locale.ROOT,
                "%d alarms, lost %d, %.0f seeds a minute",
                sums.alarms().raised() + sums.others().raised(),
                sums.alarms().lost() + sums.others().lost(),
                60 * totals.count() / Math.max(1e-3, elapsedS));
        progress.counting(new Progress.Counting(elapsedS, totals.count(), asked.runs, "seeds", more));
    }
}
