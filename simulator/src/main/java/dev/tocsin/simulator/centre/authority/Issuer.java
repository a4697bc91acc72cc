package dev.tocsin.simulator.centre.authority;

import dev.tocsin.sdk.crypto.CertificateFacts;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.KeyUse;
import java.time.Instant;

/** Signs certificates. Any thread. */
public interface Issuer {

    /** The authority's own certificate. */
    CertificateFacts authority();

    /**
     * Issues a certificate.
     *
     * @param device its common name
     * @param use what it shall be good for, and for nothing else
     * @param publicKey SubjectPublicKeyInfo in DER
     */
    CertificateFacts issue(String device, KeyUse use, Bytes publicKey, Instant from, Instant until);
}
