package dev.tocsin.simulator.world;

import dev.tocsin.sdk.port.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A world in which time passes only from one event to the next. It belongs to the thread that opened it, and that thread
 * has no other until it is closed. Its own timers are for what happens to the world, such as faults and datagrams on their
 * way; what happens within a machine goes through that machine's {@linkplain #loop loop} and ends with its power.
 */
public final class World implements Timers, AutoCloseable {

    /** Events that may happen without time passing; beyond it something schedules itself for ever. */
    static final int MAX_AT_ONCE = 10_000_000;

    /** Where {@link #nanoTime} starts. Not 0: nobody may rely on it. */
    private static final long START_NS = 1_000_000_000_000L;

    private static final Logger LOG = LoggerFactory.getLogger(World.class);
    private static final ThreadLocal<@Nullable World> CURRENT = new ThreadLocal<>();

    /** Is told of what a machine's task threw. The machine goes on, as a real one would. */
    public interface FailureListener {
        /** A task failed: a bug, for the real code has thrown it too. */
        void failed(String machine, Throwable thrown);
    }

    private final EventQueue queue = new EventQueue();
    private final List<FailureListener> failureListeners = new ArrayList<>();
    private final Seed seed;
    private final Instant start;
    private final SeededEntropy ownChance;
    private long nowNs = START_NS;
    private long events;
    private int atOnce;
    private @Nullable VirtualLoop running;

    private World(Seed seed, Instant start) {
        this.seed = seed;
        this.start = start;
        this.ownChance = seed.child("jvm").entropy();
    }

    /**
     * Opens a world on the calling thread.
     *
     * @param start the true time at which it begins
     */
    public static World open(Seed seed, Instant start) {
        if (CURRENT.get() != null) {
            throw new IllegalStateException("this thread has a world already");
        }
        World world = new World(seed, start);
        CURRENT.set(world);
        return world;
    }

    /** The world of the calling thread, or null. For what libraries ask the JVM for; all else is handed its world. */
    public static @Nullable World current() {
        return CURRENT.get();
    }

    /** Where all its randomness comes from. */
    public Seed seed() {
        return seed;
    }

    /** Nanoseconds; monotonic, from an arbitrary start. */
    public long nanoTime() {
        return nowNs;
    }

    /** The true time. No machine knows it but by its own {@linkplain VirtualClock clock}. */
    public Instant now() {
        return start.plusNanos(nowNs - START_NS);
    }

    /** Time passed since it was opened. */
    public Duration elapsed() {
        return Duration.ofNanos(nowNs - START_NS);
    }

    /** Events that have happened. */
    public long events() {
        return events;
    }

    /** The event loop of one machine for as long as it has power. */
    public VirtualLoop loop(String machine) {
        return new VirtualLoop(this, machine);
    }

    /** The randomness of the machine that runs now, for what draws from the JVM's {@code SecureRandom} or {@code Random}. */
    public SeededEntropy jvmEntropy() {
        return running == null ? ownChance : running.jvmEntropy();
    }

    @Override
    public Cancellable schedule(long delayNs, Runnable task) {
        Event<?> event = new Event<>(this, null, 0, callable(task));
        queue(event, after(delayNs));
        return event;
    }

    /** Lets this happen at a moment that has not passed. */
    public Cancellable at(Instant moment, Runnable task) {
        return schedule(Duration.between(now(), moment).toNanos(), task);
    }

    /** Lets time pass; all that falls due happens, up to and including the moment it ends at. */
    public void run(Duration time) {
        var unused = runUntil(() -> false, time);
    }

    /**
     * Lets time pass until that holds, looked at after each event, or the limit is reached.
     *
     * @return whether it holds
     */
    public boolean runUntil(BooleanSupplier done, Duration limit) {
        checkThread();
        long endNs = nowNs + limit.toNanos();
        while (!done.getAsBoolean()) {
            Event<?> next = queue.poll(endNs);
            if (next == null) {
                nowNs = endNs;
                return done.getAsBoolean();
            }
            happen(next);
        }
        return true;
    }

    /** Whether nothing will happen any more. */
    public boolean isIdle() {
        return queue.isEmpty();
    }

    /** Calls back when a task throws. Without a listener it is logged. */
    public void onFailure(FailureListener listener) {
        failureListeners.add(listener);
    }

    /** Lets go of the thread. What had still to happen never does. */
    @Override
    public void close() {
        checkThread();
        CURRENT.remove();
    }

    static Callable<Boolean> callable(Runnable task) {
        return () -> {
            task.run();
            return true;
        };
    }

    private void happen(Event<?> event) {
        atOnce = event.atNs == nowNs ? atOnce + 1 : 0;
        if (atOnce > MAX_AT_ONCE) {
            throw new IllegalStateException("something schedules itself for ever, at " + now());
        }
        nowNs = event.atNs;
        events++;
        VirtualLoop owner = event.owner;
        if (owner != null) {
            owner.pending--;
        }
        within(owner, event);
    }

    /** What may throw. */
    interface Step {
        void run() throws Exception;
    }

    /** Runs as this machine, or as no machine. */
    void within(@Nullable VirtualLoop machine, Step task) {
        VirtualLoop before = running;
        running = machine;
        try {
            task.run();
        } catch (Exception e) {
            failed(machine == null ? "world" : machine.machine(), e);
        } finally {
            running = before;
        }
    }

    private void failed(String machine, Throwable thrown) {
        if (failureListeners.isEmpty()) {
            LOG.error("{}: a task failed at {}", machine, now(), thrown);
        }
        failureListeners.forEach(listener -> listener.failed(machine, thrown));
    }

    void queue(Event<?> event, long atNs) {
        queue.add(event, Math.max(atNs, nowNs), nowNs);
        if (event.owner != null) {
            event.owner.pending++;
        }
    }

    /** A moment so long from now; the end of time rather than an overflow. */
    long after(long delayNs) {
        long atNs = nowNs + Math.max(0, delayNs);
        return atNs < 0 ? Long.MAX_VALUE : atNs;
    }

    /** One event was cancelled. */
    void dropped(@Nullable VirtualLoop owner) {
        if (owner != null) {
            owner.pending--;
        }
        queue.died(1);
    }

    /** All events of a machine have died at once. */
    void droppedAll(int count) {
        queue.died(count);
    }

    private void checkThread() {
        if (!equals(CURRENT.get())) {
            throw new IllegalStateException("a world belongs to the thread that opened it, until it is closed");
        }
    }
}
