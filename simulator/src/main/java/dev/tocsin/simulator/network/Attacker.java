package dev.tocsin.simulator.network;

/**
 * Somebody in the middle of the network, who sees every datagram that leaves a host, before the network's own faults. May
 * keep what was seen, and {@link VirtualNetwork#inject} whatever he likes, whenever he likes.
 */
public interface Attacker {

    /** A datagram passes; false withholds it. */
    boolean passes(Datagram datagram);
}
