package dev.tocsin.sdk.session;

import java.time.Duration;

/**
 * What the answers on one path say about it. Its retransmission time-out (RFC 6298): {@code SRTT + 4 * RTTVAR}, between a floor and a ceiling; 1 s while there
 * is no sample. The caller leaves out samples of retransmitted requests (Karn's algorithm).
 */
final class RoundTrip {

    /** RFC 6298 (2.4) asks for 1 s; an alarm cannot wait so long, and QUIC (RFC 9002, 6.2.1) asks for nothing. Argued in docs/decisions. */
    static final long FLOOR_NS = 100_000_000L;

    /** One freak sample must not make the next alarm wait longer than RFC 7252 would let it: 2 s. */
    static final long CEILING_NS = 2_000_000_000L;

    private static final long INITIAL_NS = 1_000_000_000L;
    private static final long GRANULARITY_NS = 1_000_000L;

    /** Exchanges that are looked back at to tell whether a path loses datagrams… */
    private static final int REMEMBERED = 16;

    /** …which it does if so many of them needed more than one transmission: one may have met anything. */
    private static final int LOSSY = 2;

    private boolean sampled;
    private int repeated; // a bit for each remembered exchange, the latest lowest
    private long smoothedNs;
    private long variationNs;

    void sample(long roundTripNs) {
        if (!sampled) {
            sampled = true;
            smoothedNs = roundTripNs;
            variationNs = roundTripNs / 2;
        } else {
            variationNs += (Math.abs(smoothedNs - roundTripNs) - variationNs) / 4;
            smoothedNs += (roundTripNs - smoothedNs) / 8;
        }
    }

    /** An exchange was answered after so many transmissions. */
    void answeredAfter(int transmissions) {
        repeated = (repeated << 1 | (transmissions > 1 ? 1 : 0)) & (1 << REMEMBERED) - 1;
    }

    /** Whether an unanswered transmission rather means that it was lost than that the centre has lost the session. */
    boolean isLossy() {
        return Integer.bitCount(repeated) >= LOSSY;
    }

    Duration timeout() {
        long ns = sampled ? smoothedNs + Math.max(GRANULARITY_NS, 4 * variationNs) : INITIAL_NS;
        return Duration.ofNanos(Math.min(Math.max(ns, FLOOR_NS), CEILING_NS));
    }
}
