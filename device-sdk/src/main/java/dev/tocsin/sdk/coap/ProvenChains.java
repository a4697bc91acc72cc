package dev.tocsin.sdk.coap;

import dev.tocsin.sdk.model.Bytes;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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

    /** More than one centre's devices; a few MiB at most. */
    static final int MOST = 16_384;

    private final SequencedSet<Bytes> fingerprints = new LinkedHashSet<>();

    /**
     * What a chain is known by: SHA-256 over its certificates, each behind its length.
     *
     * @throws CertificateEncodingException if one of them has no encoding
     */
    static Bytes fingerprint(List<X509Certificate> chain) throws CertificateEncodingException {
        MessageDigest digest = sha256();
        for (X509Certificate certificate : chain) {
            byte[] encoded = certificate.getEncoded();
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(encoded.length).array());
            digest.update(encoded);
        }
        return Bytes.wrap(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
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
