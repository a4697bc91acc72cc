package dev.tocsin.simulator.centre;

import dev.tocsin.sdk.model.Bytes;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** The other end of a connection: where requests come from and where pushes go. Any thread. */
public interface Peer {

    /** Who it proved to be, by its certificate; empty where nobody proved anything (plain CoAP in a laboratory). */
    String name();

    /** What an audit line calls it: its name, or its address. */
    String label();

    /** The key that it proved to hold, as SubjectPublicKeyInfo in DER; empty where nobody proved anything. */
    default Optional<Bytes> publicKey() {
        return Optional.empty();
    }

    /** Until when its certificate is valid, if it has one. */
    Optional<Instant> validUntil();

    /**
     * Sends something of the centre's own accord.
     *
     * @param path resource path at the peer, without a leading slash
     * @param signed a signed envelope
     * @param ended told once, on any thread, never inside this call
     */
    void push(String path, Bytes signed, Consumer<PushResult> ended);

    /** How a push ended. */
    enum PushResult {
        /** The peer took it. */
        TAKEN,
        /** The peer answered that it will not have it, now or later. */
        REFUSED,
        /** No answer, or none that counts: try again when it shows up. */
        NO_ANSWER
    }
}
