package dev.tocsin.simulator.board;

import dev.tocsin.sdk.model.ClockQuality;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.port.Timers;
import java.time.Duration;
import java.time.Instant;

/**
 * A device's clock, which need not be right. Right and synchronized at first, if the base is.
 *
 * <p>Monotonic time never steps; it only runs fast or slow with the crystal, and timers with it. The wall clock follows the
 * crystal while it runs freely, and the base while it is synchronized.
 *
 * <pre>{@code
 * FaultyClock clock = new FaultyClock(world);
 * clock.startAt1970();                     // no battery: UNKNOWN until synchronize()
 * clock.set(Duration.ofSeconds(2));        // 2 s fast and free-running
 * clock.drift(40);                         // and 40 ppm faster still
 * clock.jump(Duration.ofHours(-1));        // a hand turned it; the clock believes itself as before
 * }</pre>
 *
 * <p>Belongs to the world's thread.
 */
public final class FaultyClock implements Clock {

    /** The worst crystal that is believed in, parts per million. */
    public static final double MAX_PPM = 100_000;

    private final Clock base;
    private double ppm;
    private ClockQuality quality;
    /** Where monotonic time and the base's stood when the drift last changed. */
    private long ownNs;

    private long baseNs;
    /** Wall clock minus own monotonic time, or minus the base's wall clock while synchronized. */
    private Duration offset;

    /** As right as the base. */
    public FaultyClock(Clock base) {
        this.base = base;
        this.ownNs = base.nanoTime();
        this.baseNs = ownNs;
        this.quality = base.quality();
        this.offset = Duration.ZERO;
        if (quality != ClockQuality.SYNCHRONIZED) {
            setWall(base.wallTime());
        }
    }

    @Override
    public long nanoTime() {
        long passedNs = base.nanoTime() - baseNs;
        return ownNs + passedNs + Math.round(passedNs * ppm * 1e-6);
    }

    @Override
    public Instant wallTime() {
        return isSynchronized()
                ? base.wallTime().plus(offset)
                : Instant.EPOCH.plusNanos(nanoTime()).plus(offset);
    }

    @Override
    public ClockQuality quality() {
        return quality;
    }

    /** The device came up without a battery: 1970 from now on. */
    public void startAt1970() {
        quality = ClockQuality.UNKNOWN;
        setWall(Instant.EPOCH);
    }

    /** A time service reaches the device: right from now on, whatever the crystal does. */
    public void synchronize() {
        quality = ClockQuality.SYNCHRONIZED;
        offset = Duration.ZERO;
    }

    /** The time service is gone: goes on from where it stands, with the crystal. Nothing changes in a clock never set. */
    public void runFreely() {
        if (isSynchronized()) {
            Instant wall = wallTime();
            quality = ClockQuality.FREE_RUNNING;
            setWall(wall);
        }
    }

    /** Somebody set it, so much ahead of the base, behind it if negative; free-running from then on. */
    public void set(Duration ahead) {
        quality = ClockQuality.FREE_RUNNING;
        setWall(base.wallTime().plus(ahead));
    }

    /** The wall clock steps and does not know that it is wrong: its quality stays. */
    public void jump(Duration by) {
        offset = offset.plus(by);
    }

    /**
     * The crystal runs fast from now on, or slow.
     *
     * @param partsPerMillion above 0 for fast; at most {@value #MAX_PPM} either way
     */
    public void drift(double partsPerMillion) {
        if (!(Math.abs(partsPerMillion) <= MAX_PPM)) {
            throw new IllegalArgumentException("at most " + MAX_PPM + " ppm, not " + partsPerMillion);
        }
        ownNs = nanoTime();
        baseNs = base.nanoTime();
        ppm = partsPerMillion;
    }

    /** Timers that run with this clock's crystal: a delay has passed by {@link #nanoTime} when its task runs. */
    public Timers timers(Timers world) {
        return (delayNs, task) -> {
            double worldNs = Math.max(0, delayNs) / (1 + ppm * 1e-6);
            return world.schedule(ppm == 0 ? delayNs : (long) Math.ceil(worldNs) + 1, task);
        };
    }

    private boolean isSynchronized() {
        return quality == ClockQuality.SYNCHRONIZED;
    }

    private void setWall(Instant wall) {
        offset = Duration.between(Instant.EPOCH.plusNanos(nanoTime()), wall);
    }
}
