package dev.tocsin.sdk.session;

import dev.tocsin.sdk.port.Transport.Retransmission;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * How often one alarm is sent to one centre. First, on each of the centre's addresses, one CoAP exchange of five to eight
 * transmissions, the time-out growing by 1.25 from the path's own; then single transmissions with a doubling time-out, up
 * to 8 s in the first five minutes and 30 s after. It never gives up. The deviation from RFC 7252's timing is argued in
 * docs/decisions; with {@link AlarmTiming#RFC_7252} every exchange is RFC 7252's.
 */
final class Pacing {

    /** Longest time-out. */
    static final long LAST_NS = 30_000_000_000L;

    /** Longest time-out in the first… */
    static final long EARLY_LAST_NS = 8_000_000_000L;

    /** …five minutes. */
    static final long EARLY_NS = 300_000_000_000L;

    /** Shortest pause after an exchange that could not be, so that what fails at once is not tried in a circle. */
    static final long LEAST_PAUSE_NS = 300_000_000L;

    /** Pause after a signed refusal: with the exchange that follows, at least one try a minute. */
    static final long REFUSED_NS = 50_000_000_000L;

    /** A centre that takes so long to answer is waited for in the same quick exchange, however quick its path. */
    private static final double WAITED_FOR_NS = 1.9e9;

    private static final int LEAST_RETRANSMISSIONS = 4;

    private static final double GROWTH = 1.25;
    private static final double STRETCH = 1.5;
    private static final double LATER_STRETCH = 1.2;

    /** At which retransmission a fresh DTLS handshake is offered: one datagram is lost more often than a session is. */
    private static final int PROBE_AT = 2;

    /** On a path quicker than this it is offered one later: {@link #PROBE_AT} would be within what one burst of losses takes. */
    private static final Duration QUICK_PATH = Duration.ofMillis(150);

    /** The same in RFC 7252's timing, on a path that loses datagrams anyway. */
    private static final int LOSSY_PROBE_AT = 3;

    private final AlarmTiming timing;
    private final int addresses;
    private final long beganNs;
    private long timeoutNs;
    private int exchanges;

    Pacing(AlarmTiming timing, int addresses, long nowNs) {
        this.timing = timing;
        this.addresses = addresses;
        this.beganNs = nowNs;
    }

    /**
     * The next exchange.
     *
     * @param lossy whether the path loses datagrams often: then the first exchange offers no handshake, for a handshake takes
     *     six flights, and the alarm would have to wait for it
     */
    Retransmission next(Duration pathTimeout, boolean lossy, long nowNs) {
        boolean quick = isQuick();
        exchanges++;
        if (timing == AlarmTiming.RFC_7252) {
            timeoutNs = Retransmission.RFC_7252.first().toNanos();
            return regular(lossy);
        }
        if (quick) {
            int retransmissions = retransmissions(pathTimeout);
            timeoutNs = (long) (pathTimeout.toNanos() * Math.pow(GROWTH, retransmissions));
            int offer = pathTimeout.compareTo(QUICK_PATH) < 0 ? PROBE_AT + 1 : PROBE_AT;
            OptionalInt probeAt = lossy ? OptionalInt.empty() : OptionalInt.of(offer);
            return new Retransmission(pathTimeout, STRETCH, GROWTH, retransmissions, probeAt);
        }
        long last = nowNs - beganNs < EARLY_NS ? EARLY_LAST_NS : LAST_NS;
        timeoutNs = Math.min(2 * timeoutNs, last);
        return new Retransmission(Duration.ofNanos(timeoutNs), LATER_STRETCH, 1, 0, OptionalInt.of(0));
    }

    /** So many that all time-outs together, a geometric series, last as long as an answer is waited for. */
    private static int retransmissions(Duration first) {
        double timeouts = Math.log1p((GROWTH - 1) * WAITED_FOR_NS / first.toNanos()) / Math.log(GROWTH);
        return Math.max(LEAST_RETRANSMISSIONS, (int) Math.ceil(timeouts) - 1);
    }

    /**
     * RFC 7252's timing, which heartbeats keep.
     *
     * @param lossy whether the path loses datagrams often: then a lost session is suspected later
     */
    static Retransmission regular(boolean lossy) {
        return lossy ? Retransmission.RFC_7252.withProbeAt(LOSSY_PROBE_AT) : Retransmission.RFC_7252;
    }

    /** Whether there is an address that has not been tried quickly yet. */
    boolean isQuick() {
        return exchanges < addresses;
    }

    /** Whether the quick exchanges are behind it. */
    boolean isSlow() {
        return exchanges > addresses;
    }

    /** How long to wait after an exchange that ended at once, without having waited for an answer. */
    long pauseNs() {
        return timeoutNs;
    }

    /** The centre is there after all: begin anew. */
    void restart() {
        timeoutNs = 0;
        exchanges = 0;
    }
}
