package dev.tocsin.simulator.network;

import java.time.Duration;

/**
 * What befalls datagrams from one host to another, one way.
 *
 * @param latency how long each takes. Datagrams keep their order
 * @param loss how often one is lost, 0 to 1
 * @param duplicate how often one arrives twice, each copy with a delay of its own
 * @param reorder how often one is held back, by a latency more, so that later ones overtake it
 * @param mtuBytes largest IPv4 packet that passes, headers included; a larger one is dropped
 */
public record Conditions(Latency latency, double loss, double duplicate, double reorder, int mtuBytes) {

    /** What IPv4 and UDP add to a datagram (RFC 791, RFC 768). */
    public static final int HEADER_BYTES = 28;

    /** Ethernet's. */
    public static final int USUAL_MTU_BYTES = 1500;

    /** A good network: 20 ms each way, and nothing befalls anything. */
    public static final Conditions GOOD = delayed(Duration.ofMillis(20));

    public Conditions {
        if (!(isShare(loss) && isShare(duplicate) && isShare(reorder))) {
            throw new IllegalArgumentException("a share is from 0 to 1");
        }
    }

    /** A constant delay and no trouble. */
    public static Conditions delayed(Duration delay) {
        return new Conditions(new Latency.Constant(delay), 0, 0, 0, USUAL_MTU_BYTES);
    }

    /** The same with another loss. */
    public Conditions withLoss(double share) {
        return new Conditions(latency, share, duplicate, reorder, mtuBytes);
    }

    /** The same with other latencies. */
    public Conditions withLatency(Latency other) {
        return new Conditions(other, loss, duplicate, reorder, mtuBytes);
    }

    /** The same with duplicates. */
    public Conditions withDuplicates(double share) {
        return new Conditions(latency, loss, share, reorder, mtuBytes);
    }

    /** The same with some held back. */
    public Conditions withReordering(double share) {
        return new Conditions(latency, loss, duplicate, share, mtuBytes);
    }

    /** The same with another MTU. */
    public Conditions withMtu(int bytes) {
        return new Conditions(latency, loss, duplicate, reorder, bytes);
    }

    private static boolean isShare(double share) {
        return share >= 0 && share <= 1;
    }
}
