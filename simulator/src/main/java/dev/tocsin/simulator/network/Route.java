package dev.tocsin.simulator.network;

import dev.tocsin.simulator.world.SeededEntropy;

/** The way from one host to another: the rules that hold for it now, and what it remembers. */
final class Route {

    final SeededEntropy entropy;

    /** Of the rules that the fields below follow from. */
    private int edition;

    Conditions conditions = Conditions.GOOD;
    boolean isCut;

    /** When the latest datagram that kept its order arrives. */
    private long latestNs;

    Route(SeededEntropy entropy) {
        this.entropy = entropy;
    }

    boolean isOutdated(int current) {
        boolean outdated = edition != current;
        edition = current;
        return outdated;
    }

    /** When a datagram arrives that has passed the sender's line by then. */
    long arrivalNs(long fromNs) {
        long atNs = fromNs + conditions.latency().drawNs(entropy);
        if (entropy.chance(conditions.reorder())) {
            return atNs + conditions.latency().drawNs(entropy);
        }
        latestNs = Math.max(latestNs, atNs);
        return latestNs;
    }
}
