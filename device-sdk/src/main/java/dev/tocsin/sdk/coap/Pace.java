package dev.tocsin.sdk.coap;

import dev.tocsin.sdk.port.Clock;
import java.time.Duration;

/** Keeps requests apart: each gets a moment of its own, never sooner than a pause after the one before. Belongs to the event loop. */
final class Pace {

    private final Clock clock;
    private final long pauseNs;
    private long nextNs;

    /** The first moment is at once. */
    Pace(Clock clock, Duration pause) {
        this.clock = clock;
        this.pauseNs = pause.toNanos();
        this.nextNs = clock.nanoTime();
    }

    /** Takes the next moment: in so many nanoseconds. A moment that was let pass is not made up for. */
    long takeNs() {
        long nowNs = clock.nanoTime();
        long inNs = Math.max(0, nextNs - nowNs);
        nextNs = nowNs + inNs + pauseNs;
        return inNs;
    }
}
