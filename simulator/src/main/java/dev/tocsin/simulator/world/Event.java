package dev.tocsin.simulator.world;

import dev.tocsin.sdk.port.Timers;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Something to happen at a moment: an entry of the queue, and the handle that its owner got. */
final class Event<V extends @Nullable Object> implements ScheduledFuture<V>, Timers.Cancellable, World.Step {

    private enum State {
        WAITING,
        DONE,
        FAILED,
        CANCELLED
    }

    private final World world;

    /** The machine that dies with its power, or null for what happens to the world whatever machine is on. */
    final @Nullable VirtualLoop owner;

    /** 0 to happen once; positive from start to start, negative from end to start. */
    private final long periodNs;

    private @Nullable Callable<V> task;
    private State state = State.WAITING;
    private @Nullable V result;
    private @Nullable Throwable failure;

    /** When, and which of those at the same time. Set by the queue. */
    long atNs;

    long order;

    /** Whether it lies in the queue now. */
    boolean queued;

    Event(World world, @Nullable VirtualLoop owner, long periodNs, Callable<V> task) {
        this.world = world;
        this.owner = owner;
        this.periodNs = periodNs;
        this.task = task;
    }

    /** Whether it will not happen, and only waits to be thrown away. */
    boolean isDead() {
        return task == null || (owner != null && owner.isOver());
    }

    /** Lets it happen. What it throws comes out, and is kept. */
    @Override
    public void run() throws Exception {
        Callable<V> now = task;
        if (now == null) {
            return;
        }
        long dueNs = atNs;
        if (periodNs == 0) {
            task = null;
        }
        try {
            result = now.call();
        } catch (Throwable t) {
            task = null;
            state = State.FAILED;
            failure = t;
            throw t;
        }
        if (periodNs == 0) {
            state = State.DONE;
        } else if (state == State.WAITING) {
            world.queue(this, periodNs > 0 ? dueNs + periodNs : world.nanoTime() - periodNs);
        }
    }

    @Override
    public void cancel() {
        cancel(false);
    }

    @Override
    public boolean cancel(boolean mayInterrupt) {
        if (state != State.WAITING || task == null) {
            return false;
        }
        boolean counted = queued && !isDead();
        state = State.CANCELLED;
        task = null;
        if (counted) {
            world.dropped(owner);
        }
        return true;
    }

    @Override
    public boolean isCancelled() {
        return state == State.CANCELLED;
    }

    @Override
    public boolean isDone() {
        return state != State.WAITING;
    }

    @Override
    @SuppressWarnings("NullAway") // a result is there once it is done, null only where V allows it
    public V get() throws ExecutionException {
        return switch (state) {
            case WAITING -> throw new IllegalStateException("waiting would stop the world for ever");
            case CANCELLED -> throw new CancellationException();
            case FAILED -> throw new ExecutionException(failure);
            case DONE -> result;
        };
    }

    @Override
    public V get(long timeout, TimeUnit unit) throws ExecutionException {
        return get();
    }

    @Override
    public long getDelay(TimeUnit unit) {
        return unit.convert(atNs - world.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
        return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
}
