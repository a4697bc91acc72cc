package dev.tocsin.sdk.port;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.KeyUse;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a device's keys are made, and never leave: a folder, a TPM, a secure element. Beside them lie their certificates,
 * the authority's, and the latest time that is known for sure. Every method blocks, and is not for the event loop; one
 * thread at a time.
 */
public interface KeyStore {

    /**
     * A key in the store.
     *
     * @param signer signs with it; any thread
     * @param publicKey its SubjectPublicKeyInfo in DER
     */
    record Held(Signer signer, Bytes publicKey) {}

    /** The key of this use, if there is one. */
    Optional<Held> key(KeyUse use) throws IOException;

    /**
     * Makes a key of this use, in the place of the one there is; it is durable when this returns.
     *
     * @param algorithm what it shall sign with; P-256 for the channel
     */
    Held make(KeyUse use, SignatureAlgorithm algorithm) throws IOException;

    /** The certificate of this use in DER, if there is one. */
    Optional<Bytes> certificate(KeyUse use) throws IOException;

    /** Keeps a certificate in the place of the one there is: after a power cut there is the old one or the new one. */
    void keep(KeyUse use, Bytes certificate) throws IOException;

    /** The authority's certificate in DER, if there is one. */
    Optional<Bytes> authority() throws IOException;

    /** Keeps the authority's certificate, as {@link #keep}. */
    void keepAuthority(Bytes certificate) throws IOException;

    /** The latest time that was ever known for sure: now it is that, or later. */
    Optional<Instant> timeFloor() throws IOException;

    /** Keeps it, as {@link #keep}. */
    void keepTimeFloor(Instant time) throws IOException;
}
