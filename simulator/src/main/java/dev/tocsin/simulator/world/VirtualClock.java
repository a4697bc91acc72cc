package dev.tocsin.simulator.world;

import dev.tocsin.sdk.model.ClockQuality;
import dev.tocsin.sdk.port.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * A machine's clocks. The wall clock is right and synchronized until something is done to it; the monotonic one starts anew
 * at every {@link #restart}, and is never wrong: timers and it are driven by the same crystal.
 */
public final class VirtualClock implements Clock {

    private static final double PPM = 1e-6;

    /** Uptime at power-on lies within an hour of the epoch that the machine's counter has. */
    private static final long MAX_UPTIME_NS = Duration.ofHours(1).toNanos();

    private final World world;
    private final SeededEntropy chance;
    private long originNs;
    private long setNs;
    private Instant set;
    private double driftPpm;
    private ClockQuality quality = ClockQuality.SYNCHRONIZED;

    /** A right clock. */
    public VirtualClock(World world, Seed machine) {
        this.world = world;
        this.chance = machine.child("clock").entropy();
        this.setNs = world.nanoTime();
        this.set = world.now();
        restart();
    }

    @Override
    public long nanoTime() {
        return world.nanoTime() - originNs;
    }

    @Override
    public Instant wallTime() {
        long passedNs = world.nanoTime() - setNs;
        return set.plusNanos(passedNs + (driftPpm == 0 ? 0 : Math.round(passedNs * driftPpm * PPM)));
    }

    @Override
    public ClockQuality quality() {
        return quality;
    }

    /** The world's {@link World#nanoTime} at one of this clock's, of the same boot. */
    public long worldNanos(long nanoTime) {
        return nanoTime + originNs;
    }

    /** The machine boots: its monotonic clock starts somewhere else. */
    public void restart() {
        originNs = world.nanoTime() - 1 - chance.below(MAX_UPTIME_NS);
    }

    /** Sets the wall clock, and what it thinks of itself; it goes on drifting as before. */
    public void set(Instant wall, ClockQuality newQuality) {
        setNs = world.nanoTime();
        set = wall;
        quality = newQuality;
    }

    /** The wall clock jumps by so much, back if negative, without noticing. */
    public void jump(Duration by) {
        set(wallTime().plus(by), quality);
    }

    /** The wall clock gains so many microseconds a second from now on, or loses them if negative. */
    public void drift(double ppm) {
        set(wallTime(), quality);
        driftPpm = ppm;
    }

    /** The battery is empty: the wall clock starts at 1970, and knows that it knows nothing. */
    public void lose() {
        set(Instant.EPOCH, ClockQuality.UNKNOWN);
    }

    /** A time service puts it right. */
    public void synchronize() {
        set(world.now(), ClockQuality.SYNCHRONIZED);
    }
}
