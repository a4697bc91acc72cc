package dev.tocsin.simulator.centre;

import dev.tocsin.sdk.model.ClockQuality;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.port.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/** Clock and timers that a test moves by hand; ties run in the order they were scheduled. */
public final class HandTime implements Clock, Timers {

    /** Where the wall clock starts. */
    public static final Instant START = Instant.parse("2027-03-01T00:00:00Z");

    private record Task(long dueNs, long order, Runnable what) {}

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::dueNs).thenComparingLong(Task::order));
    private long nowNs = 1;
    private long order;

    @Override
    public synchronized long nanoTime() {
        return nowNs;
    }

    @Override
    public synchronized Instant wallTime() {
        return START.plusNanos(nowNs);
    }

    @Override
    public ClockQuality quality() {
        return ClockQuality.SYNCHRONIZED;
    }

    @Override
    public synchronized Cancellable schedule(long delayNs, Runnable task) {
        Task t = new Task(nowNs + Math.max(0, delayNs), order++, task);
        tasks.add(t);
        return () -> {
            synchronized (this) {
                tasks.remove(t);
            }
        };
    }

    /** Runs what is due now. */
    public void run() {
        advance(Duration.ZERO);
    }

    /** Lets time pass, task by task. */
    public void advance(Duration by) {
        long untilNs = nanoTime() + by.toNanos();
        for (Optional<Runnable> next = next(untilNs); next.isPresent(); next = next(untilNs)) {
            next.get().run();
        }
    }

    private synchronized Optional<Runnable> next(long untilNs) {
        Task head = tasks.peek();
        if (head == null || head.dueNs > untilNs) {
            nowNs = untilNs;
            return Optional.empty();
        }
        tasks.remove(head);
        nowNs = Math.max(nowNs, head.dueNs);
        return Optional.of(head.what);
    }

    /** How many tasks wait. */
    public synchronized int waiting() {
        return tasks.size();
    }
}
