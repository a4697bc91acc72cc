package dev.tocsin.simulator.network;

import dev.tocsin.sdk.model.Bytes;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 over every datagram of a run and its fate: times, addresses, ports, sizes, bytes. Equal runs have equal digests. */
public final class TrafficDigest implements Wiretap {

    private static final int HEAD_BYTES = 64;
    private static final int MAX_BYTES = 65_536;

    private final MessageDigest digest;
    private final ByteBuffer buffer = ByteBuffer.allocate(HEAD_BYTES + MAX_BYTES);
    private long datagrams;

    /** Of nothing yet. */
    public TrafficDigest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public void saw(long nowNs, Datagram datagram, Fate fate) {
        datagrams++;
        buffer.clear();
        buffer.putLong(datagram.sentNs()).putLong(nowNs).putChar(fate.code);
        buffer.put(datagram.from().getAddress().getAddress())
                .putChar((char) datagram.from().getPort());
        buffer.put(datagram.to().getAddress().getAddress())
                .putChar((char) datagram.to().getPort());
        buffer.putInt(datagram.data().size()).put(datagram.data().readOnlyArray());
        buffer.flip();
        digest.update(buffer);
    }

    /** Datagrams so far, each copy counted. */
    public long datagrams() {
        return datagrams;
    }

    /** The digest of all so far, hexadecimal. Goes on afterwards. */
    public String hex() {
        try {
            return Bytes.wrap(((MessageDigest) digest.clone()).digest()).hex();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the platform's SHA-256 can be cloned", e);
        }
    }
}
