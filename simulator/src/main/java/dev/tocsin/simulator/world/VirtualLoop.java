package dev.tocsin.simulator.world;

import dev.tocsin.sdk.port.Timers;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The event loop of one machine from power-on to power-off: what its firmware has for timers and threads. When the power
 * is {@linkplain #cut cut}, everything that was still to happen on it is gone, and nothing can be added any more.
 */
public final class VirtualLoop implements ScheduledExecutorService, Timers {

    private final World world;
    private final String machine;
    private final SeededEntropy jvmEntropy;
    private boolean over;

    /** Events in the queue that are neither cancelled nor done. */
    int pending;

    VirtualLoop(World world, String machine) {
        this.world = world;
        this.machine = machine;
        this.jvmEntropy = world.seed().child(machine).child("jvm").entropy();
    }

    /** The machine's name. */
    public String machine() {
        return machine;
    }

    /** The power is gone, at once and without a word. */
    public void cut() {
        if (!over) {
            over = true;
            world.droppedAll(pending);
            pending = 0;
        }
    }

    /** Whether the power is gone. */
    public boolean isOver() {
        return over;
    }

    /** Runs this as the machine, now: what comes in from outside, such as a datagram. Nothing happens without power. */
    public void enter(Runnable task) {
        if (!over) {
            world.within(this, task::run);
        }
    }

    SeededEntropy jvmEntropy() {
        return jvmEntropy;
    }

    @Override
    public void execute(Runnable task) {
        var unused = queue(0, 0, World.callable(task));
    }

    @Override
    public Cancellable schedule(long delayNs, Runnable task) {
        return queue(delayNs, 0, World.callable(task));
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return queue(unit.toNanos(delay), 0, World.callable(task));
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
        return queue(unit.toNanos(delay), 0, task);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long firstDelay, long period, TimeUnit unit) {
        return queue(unit.toNanos(firstDelay), unit.toNanos(period), World.callable(task));
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long firstDelay, long delay, TimeUnit unit) {
        return queue(unit.toNanos(firstDelay), -unit.toNanos(delay), World.callable(task));
    }

    @Override
    public <T> Future<T> submit(Callable<T> task) {
        return queue(0, 0, task);
    }

    @Override
    public <T> Future<T> submit(Runnable task, T result) {
        return queue(0, 0, () -> {
            task.run();
            return result;
        });
    }

    @Override
    public Future<?> submit(Runnable task) {
        return queue(0, 0, World.callable(task));
    }

    private <V> Event<V> queue(long delayNs, long periodNs, Callable<V> task) {
        Event<V> event = new Event<>(world, this, periodNs, task);
        if (!over) {
            world.queue(event, world.after(delayNs));
        }
        return event;
    }

    /** As {@link #cut}: a machine of the world ends only with its power. */
    @Override
    public void shutdown() {
        cut();
    }

    @Override
    public List<Runnable> shutdownNow() {
        cut();
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return over;
    }

    @Override
    public boolean isTerminated() {
        return over;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return over;
    }

    @Override
    public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks) {
        throw waiting();
    }

    @Override
    public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit) {
        throw waiting();
    }

    @Override
    public <T> T invokeAny(Collection<? extends Callable<T>> tasks) {
        throw waiting();
    }

    @Override
    public <T> T invokeAny(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit) {
        throw waiting();
    }

    private static UnsupportedOperationException waiting() {
        return new UnsupportedOperationException("waiting would stop the world for ever");
    }
}
