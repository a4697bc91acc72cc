package dev.tocsin.simulator.network;

import dev.tocsin.sdk.model.Bytes;
import java.net.InetSocketAddress;

/**
 * A datagram on the network, outside its sender's NAT.
 *
 * @param sentNs when it was sent, the world's nanoseconds
 * @param sender name of the host it really comes from
 * @param from where it says that it comes from
 */
public record Datagram(long sentNs, String sender, InetSocketAddress from, InetSocketAddress to, Bytes data) {

    /** Length of the packet that carries it. */
    int packetBytes() {
        return data.size() + Conditions.HEADER_BYTES;
    }
}
