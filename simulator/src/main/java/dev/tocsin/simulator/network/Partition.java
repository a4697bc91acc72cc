package dev.tocsin.simulator.network;

import java.util.function.Predicate;

/** Nothing gets from these hosts to those until it is healed; the other way it may. */
public final class Partition {

    private final VirtualNetwork network;
    private final Predicate<String> from;
    private final Predicate<String> to;

    Partition(VirtualNetwork network, Predicate<String> from, Predicate<String> to) {
        this.network = network;
        this.from = from;
        this.to = to;
    }

    boolean cuts(String sender, String receiver) {
        return from.test(sender) && to.test(receiver);
    }

    /** Ends it. Again has no effect. */
    public void heal() {
        network.heal(this);
    }
}
