package dev.tocsin.firmware.board;

import dev.tocsin.sdk.port.Timers;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/** An event loop whose time goes on by hand. Ties in time run in the order they were asked for. */
final class HandTimers implements Timers, Executor, LongSupplier {

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::dueNs).thenComparingLong(Task::number));
    private long nowNs = 1_000_000_000;
    private long scheduled;

    @Override
    public long getAsLong() {
        return nowNs;
    }

    @Override
    public Cancellable schedule(long delayNs, Runnable what) {
        Task task = new Task(nowNs + Math.max(0, delayNs), scheduled++, what);
        tasks.add(task);
        return () -> tasks.remove(task);
    }

    @Override
    public void execute(Runnable what) {
        schedule(0, what);
    }

    /** Runs all that is due now. */
    void settle() {
        advance(Duration.ZERO);
    }

    /** Lets time pass, running each task at its time. */
    void advance(Duration by) {
        long untilNs = nowNs + by.toNanos();
        for (Task next = tasks.peek(); next != null && next.dueNs() <= untilNs; next = tasks.peek()) {
            tasks.remove(next);
            nowNs = Math.max(nowNs, next.dueNs());
            next.what().run();
        }
        nowNs = Math.max(nowNs, untilNs);
    }

    /** Lets time pass without running anything: the loop is busy. */
    void stall(Duration by) {
        nowNs += by.toNanos();
    }

    int waiting() {
        return tasks.size();
    }

    private record Task(long dueNs, long number, Runnable what) {}
}
