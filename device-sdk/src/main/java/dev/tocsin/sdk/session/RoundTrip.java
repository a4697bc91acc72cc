package dev.tocsin.sdk.session;

import java.time.Duration;

/**
 * What the answers on one path say about it. Its retransmission time-out (RFC 6298): {@code SRTT + 4 * RTTVAR}, between a floor and a ceiling; 1 s while there
 * is no sample. The caller leaves out samples of retransmitted requests (Karn's algorithm).
 */
final class RoundTrip {

    /** RFC 6298 (2.4) asks for 1 s; an alarm cannot wait so long. Argued in docs/decisions. */
    static final long FLOOR_NS = 300_000_000L;

    /** One freak sample must not make the next alarm wait longer than RFC 7252 would let it: 2 s. */
    static final long CEILING_NS = 2_000_000_000L;

    private static final long INITIAL_NS = 1_000_000_000L;
    private static final long GRANULARITY_NS = 1_000_000L;

    /** Share of exchanges that needed more than one transmission above which a path counts as lossy. */
    private static final double LOSSY = 0.2;

    /** Weight of one exchange in that share. */
    private static final double WEIGHT = 0.125;

    private boolean sampled;
    private double repeated;
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
        repeated += WEIGHT * ((transmissions > 1 ? 1 : 0) - repeated);
    }

    /** Whether an unanswered transmission rather means that it was lost than that the centre has lost the session. */
    boolean isLossy() {
        return repeated > LOSSY;
    }

    Duration timeout() {
        long ns = sampled ? smoothedNs + Math.max(GRANULARITY_NS, 4 * variationNs) : INITIAL_NS;
        return Duration.ofNanos(Math.min(Math.max(ns, FLOOR_NS), CEILING_NS));
    }
}
