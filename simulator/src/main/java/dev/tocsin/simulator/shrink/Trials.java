package dev.tocsin.simulator.shrink;

import dev.tocsin.sdk.port.Clock;
import dev.tocsin.simulator.report.RunReport;
import dev.tocsin.simulator.run.Progress;
import dev.tocsin.simulator.run.SideBySide;
import dev.tocsin.simulator.run.VirtualRun;
import dev.tocsin.simulator.scenario.Fleet;
import dev.tocsin.simulator.scenario.Scenario;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Finds out which scenarios fail in one way, side by side, until there were enough tries. */
final class Trials implements AutoCloseable {

    private final Failure failure;
    private final Path data;
    private final Shrinker.Limits limits;
    private final Clock clock;
    private final Progress progress;
    private final BooleanSupplier interrupted;
    private final long beganNs;
    private final SideBySide hands;
    private final AtomicInteger played = new AtomicInteger();
    private final Map<Scenario, Boolean> known = new HashMap<>();
    private String left = "";

    Trials(
            Failure failure,
            Path data,
            Shrinker.Limits limits,
            int threads,
            Clock clock,
            Progress progress,
            BooleanSupplier interrupted) {
        this.failure = failure;
        this.data = data;
        this.limits = limits;
        this.clock = clock;
        this.progress = progress;
        this.interrupted = interrupted;
        this.beganNs = clock.nanoTime();
        this.hands = new SideBySide(threads, "tocsin-shrink", this::tell);
    }

    /** What is left so far, for people. */
    void left(String what) {
        left = what;
        tell();
    }

    /** How many were played. */
    int played() {
        return played.get();
    }

    Duration elapsed() {
        return Duration.ofNanos(clock.nanoTime() - beganNs);
    }

    /** Whether there were enough. */
    boolean isSpent() {
        return played.get() >= limits.runs() || elapsed().compareTo(limits.time()) >= 0 || interrupted.getAsBoolean();
    }

    private record Tried(Scenario scenario, boolean fails) {}

    /** Whether it fails in that way; no if there were enough before that is known. */
    boolean fails(Scenario scenario) {
        return firstFailing(1, i -> scenario).isPresent();
    }

    /** The first of so many that fails in that way; empty if none does, or if there were enough before it was found. */
    OptionalInt firstFailing(int count, IntFunction<Scenario> scenarios) {
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger tried = new AtomicInteger();
        Iterator<Callable<Tried>> tries = IntStream.range(0, count)
                .takeWhile(i -> !isSpent())
                .<Callable<Tried>>mapToObj(i -> trial(scenarios.apply(i), over))
                .iterator();
        hands.each(tries, trial -> {
            over.set(trial.fails);
            if (!isLate()) {
                known.put(trial.scenario, trial.fails);
            }
            tried.incrementAndGet();
            return !trial.fails;
        });
        return over.get() ? OptionalInt.of(tried.get() - 1) : OptionalInt.empty();
    }

    private Callable<Tried> trial(Scenario scenario, AtomicBoolean over) {
        Boolean before = known.get(scenario);
        boolean empty = scenario.fleet().devices() instanceof Fleet.Named(List<String> ids) && ids.isEmpty();
        if (before != null || empty) {
            return () -> new Tried(scenario, before != null && before);
        }
        return () -> new Tried(scenario, !over.get() && fails(scenario, over));
    }

    private boolean fails(Scenario scenario, AtomicBoolean over) {
        played.incrementAndGet();
        return VirtualRun.runHere(scenario, data, clock, () -> over.get() || isLate())
                        instanceof VirtualRun.Result.Reported(RunReport run, List<String> failures)
                && run.cutShort().isEmpty()
                && Failure.of(run).equals(failure);
    }

    private boolean isLate() {
        return elapsed().compareTo(limits.time()) >= 0 || interrupted.getAsBoolean();
    }

    private void tell() {
        progress.counting(
                new Progress.Counting(elapsed().toNanos() / 1e9, played.get(), limits.runs(), "runs at most", left));
    }

    @Override
    public void close() {
        hands.close();
        progress.finished();
    }
}
