package dev.tocsin.simulator.board;

import java.time.Duration;

/**
 * A stretch of a source's time.
 *
 * @param from its start, included
 * @param length to its end, excluded; 0 or more
 */
public record Span(Duration from, Duration length) {

    /** Throws {@link IllegalArgumentException} for a negative length. */
    public Span {
        if (length.isNegative()) {
            throw new IllegalArgumentException("a length of 0 or more, not " + length);
        }
    }

    /** So many seconds from a second on. */
    public static Span ofSeconds(double from, double length) {
        return new Span(Duration.ofNanos(Math.round(from * 1e9)), Duration.ofNanos(Math.round(length * 1e9)));
    }

    boolean contains(long timeNs) {
        return timeNs >= from.toNanos() && timeNs < endNs();
    }

    long endNs() {
        return from.plus(length).toNanos();
    }

    /** Seconds since its start. */
    double secondsIn(long timeNs) {
        return (timeNs - from.toNanos()) / 1e9;
    }
}
