package dev.tocsin.simulator.centre.authority;

import dev.tocsin.sdk.crypto.CertificateFacts;
import dev.tocsin.sdk.model.KeyUse;
import java.time.Instant;
import java.util.Optional;

/**
 * A certificate in the authority's books.
 *
 * @param at when it was issued
 * @param revoked since when it is not good any more
 */
public record Issued(KeyUse use, CertificateFacts certificate, Instant at, Optional<Instant> revoked) {

    /** Whose it is. */
    public String device() {
        return certificate.commonName();
    }
}
