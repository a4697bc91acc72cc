package dev.tocsin.simulator.centre.authority;

import dev.tocsin.sdk.model.Bytes;
import java.time.Instant;
import java.util.Optional;

/**
 * Who asks, as DTLS proved it.
 *
 * @param key SubjectPublicKeyInfo of the key it proved to hold; empty: it proved none
 * @param name the common name of its certificate, which this authority issued; empty: it has none
 * @param until until when that certificate is valid
 */
public record Caller(Optional<Bytes> key, Optional<String> name, Optional<Instant> until) {}
