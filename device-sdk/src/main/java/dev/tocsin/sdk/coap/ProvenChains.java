package dev.tocsin.sdk.coap;

import dev.tocsin.sdk.model.Bytes;
import java.io.ByteArrayOutputStream;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/**
 * The chains that one verifier has found to be signed by its authorities, which is for ever: who is revoked or out of date is
 * asked elsewhere, each time. A centre sees the same few thousand at every handshake, and each costs two verifications.
 * Bounded; the oldest goes first. Any thread.
 */
final class ProvenChains {

    /** As many as a centre holds connections; some 15 MB at most. */
    static final int MOST = 100_000;

    private final SequencedSet<Bytes> fingerprints = new LinkedHashSet<>();

    /**
     * What a chain is known by: SHA-256 over its certificates, whose DER says itself where each ends.
     *
     * @throws CertificateEncodingException if one of them has no encoding
     */
    static Bytes fingerprint(List<X509Certificate> chain) throws CertificateEncodingException {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        for (X509Certificate certificate : chain) {
            encoded.writeBytes(certificate.getEncoded());
        }
        return Bytes.wrap(encoded.toByteArray()).sha256();
    }

    synchronized boolean contains(Bytes fingerprint) {
        return fingerprints.contains(fingerprint);
    }

    synchronized void add(Bytes fingerprint) {
        if (fingerprints.add(fingerprint) && fingerprints.size() > MOST) {
            fingerprints.removeFirst();
        }
    }
}
