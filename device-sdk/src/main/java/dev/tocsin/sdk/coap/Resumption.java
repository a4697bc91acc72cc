package dev.tocsin.sdk.coap;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.SessionVault;
import java.util.Optional;

/**
 * Which sessions a centre resumes.
 *
 * @param vault keeps them over its restarts; without one they are resumed as long as it runs
 * @param revoked who is not let in again by the handshake of before, but has to make a new one
 */
public record Resumption(Optional<SessionVault> vault, Revoked revoked) {

    /** Resumes as long as it runs, and everybody. */
    public static final Resumption WHILE_RUNNING = new Resumption(Optional.empty(), (name, key) -> false);

    /** Whether somebody's certificate is not good any more. Any thread; answers at once. */
    @FunctionalInterface
    public interface Revoked {
        /**
         * Says so.
         *
         * @param name the common name in the certificate
         * @param publicKey its SubjectPublicKeyInfo in DER
         */
        boolean isRevoked(String name, Bytes publicKey);
    }
}
