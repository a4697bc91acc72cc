package dev.tocsin.sdk.testkit;

import dev.tocsin.sdk.model.ClockQuality;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.port.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/**
 * Time that passes only when told to. Tasks run in the order of their time, ties in the order in which they were
 * scheduled.
 */
public final class VirtualTime implements Clock, Timers {

    /** Tasks that may run without time passing; beyond it something schedules itself for ever. */
    public static final int MAX_TASKS_AT_ONCE = 1_000_000;

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong((Task t) -> t.atNs).thenComparingLong(t -> t.order));
    private long nowNs = 1_000_000_000_000L; // not 0: nobody may rely on where it starts
    private long order;
    private int atOnce;
    private long wallOffsetNs = -nowNs; // 1970
    private ClockQuality quality = ClockQuality.UNKNOWN;

    @Override
    public long nanoTime() {
        return nowNs;
    }

    @Override
    public Instant wallTime() {
        return Instant.EPOCH.plusNanos(nowNs + wallOffsetNs);
    }

    @Override
    public ClockQuality quality() {
        return quality;
    }

    /** Sets the wall clock, which stands at 1970 until then. */
    public void setWall(Instant wall, ClockQuality newQuality) {
        wallOffsetNs = Duration.between(Instant.EPOCH, wall).toNanos() - nowNs;
        quality = newQuality;
    }

    @Override
    public Cancellable schedule(long delayNs, Runnable task) {
        Task t = new Task(nowNs + Math.max(0, delayNs), order++, task);
        tasks.add(t);
        return t;
    }

    /** Lets time pass, running whatever falls due, up to and including the moment it ends at. */
    public void advance(Duration duration) {
        long end = nowNs + duration.toNanos();
        while (step(end)) {}
        nowNs = end;
    }

    /** Runs what is due now; no time passes. */
    public void settle() {
        advance(Duration.ZERO);
    }

    /**
     * Lets time pass until nothing is left to run, or the limit is reached.
     *
     * @return whether nothing is left
     */
    public boolean runUntilIdle(Duration limit) {
        return runUntil(tasks::isEmpty, limit);
    }

    /**
     * Lets time pass until that holds, looked at after each task, or the limit is reached.
     *
     * @return whether it holds
     */
    public boolean runUntil(BooleanSupplier done, Duration limit) {
        long end = nowNs + limit.toNanos();
        while (!done.getAsBoolean()) {
            if (!step(end)) {
                nowNs = end;
                return done.getAsBoolean();
            }
        }
        return true;
    }

    /** Tasks still to run. */
    public int pending() {
        return tasks.size();
    }

    /** Timers of one boot of one device. */
    public Life life() {
        return new Life();
    }

    private boolean step(long end) {
        Task next = tasks.peek();
        if (next == null || next.atNs > end) {
            return false;
        }
        tasks.remove();
        atOnce = next.atNs == nowNs ? atOnce + 1 : 0;
        if (atOnce > MAX_TASKS_AT_ONCE) {
            throw new IllegalStateException("something schedules itself for ever, at " + nowNs);
        }
        nowNs = next.atNs;
        next.task.run();
        return true;
    }

    /** Timers that end with the power: none of their tasks runs after {@link #end}. */
    public final class Life implements Timers {
        private boolean ended;

        private Life() {}

        @Override
        public Cancellable schedule(long delayNs, Runnable task) {
            return VirtualTime.this.schedule(delayNs, () -> {
                if (!ended) {
                    task.run();
                }
            });
        }

        /** The power is gone. */
        public void end() {
            ended = true;
        }

        /** Whether the power is gone. */
        public boolean isOver() {
            return ended;
        }
    }

    private final class Task implements Cancellable {
        final long atNs;
        final long order;
        final Runnable task;

        Task(long atNs, long order, Runnable task) {
            this.atNs = atNs;
            this.order = order;
            this.task = task;
        }

        @Override
        public void cancel() {
            tasks.remove(this);
        }
    }
}
