package dev.tocsin.simulator.network;

/** Sees every datagram once its fate is known. Must not change anything. */
public interface Wiretap {

    /**
     * This became of it.
     *
     * @param nowNs when: the world's nanoseconds
     */
    void saw(long nowNs, Datagram datagram, Fate fate);
}
