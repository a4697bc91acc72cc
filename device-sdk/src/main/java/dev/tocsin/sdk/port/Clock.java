package dev.tocsin.sdk.port;

import dev.tocsin.sdk.model.ClockQuality;
import java.time.Instant;

/** The two clocks of a device. Any thread may ask. */
public interface Clock {

    /** Monotonic time in nanoseconds, from an arbitrary start; never decreases, no matter what the wall clock does. */
    long nanoTime();

    /** The wall clock: may be wrong, may jump, may stand at 1970. Nothing is ordered by it. */
    Instant wallTime();

    /** How far {@link #wallTime} can be believed now. */
    ClockQuality quality();
}
