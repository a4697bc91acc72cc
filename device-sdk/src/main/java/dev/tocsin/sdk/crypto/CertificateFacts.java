package dev.tocsin.sdk.crypto;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.Verifier;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.security.InvalidKeyException;
import java.time.Instant;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;

/**
 * What a certificate (X.509, RFC 5280) says. Nobody has checked it here. Immutable.
 *
 * @param der the certificate
 * @param commonName its subject's, or empty where the subject is not a common name alone
 * @param publicKey SubjectPublicKeyInfo in DER, in the one encoding used here
 * @param from its notBefore
 * @param until its notAfter
 */
public record CertificateFacts(Bytes der, String commonName, Bytes publicKey, Instant from, Instant until) {

    /**
     * Reads one.
     *
     * @throws InvalidKeyException if it is no certificate, or one of another kind of key, saying so
     */
    public static CertificateFacts read(Bytes der) throws InvalidKeyException {
        try {
            X509CertificateHolder c = new X509CertificateHolder(der.toArray());
            readExtensions(c);
            return new CertificateFacts(
                    der,
                    SubjectName.in(c.getSubject()).orElse(""),
                    Keys.canonical(Bytes.wrap(c.getSubjectPublicKeyInfo().getEncoded())),
                    c.getNotBefore().toInstant(),
                    c.getNotAfter().toInstant());
        } catch (IOException | RuntimeException e) { // the library throws what comes to hand
            throw new InvalidKeyException("not a certificate (X.509)", e);
        }
    }

    /** What is asked of later can be read, or it is no certificate: the library reads extensions when they are asked for. */
    private static void readExtensions(X509CertificateHolder c) {
        Object unused = KeyUsage.fromExtensions(c.getExtensions());
        unused = ExtendedKeyUsage.fromExtensions(c.getExtensions());
        unused = BasicConstraints.fromExtensions(c.getExtensions());
    }

    /** Reads the first one of a PEM text, as {@link #read}. */
    public static CertificateFacts readPem(String pem) throws InvalidKeyException {
        try (PemReader reader = new PemReader(new StringReader(pem))) {
            PemObject found = reader.readPemObject();
            if (found == null || !found.getType().equals("CERTIFICATE")) {
                throw new InvalidKeyException("no certificate (-----BEGIN CERTIFICATE-----) in it");
            }
            return read(Bytes.wrap(found.getContent()));
        } catch (IOException e) {
            throw new InvalidKeyException("a broken PEM block", e);
        }
    }

    /** What names it to people and on labels: SHA-256 over its DER form, 32 bytes. */
    public Bytes fingerprint() {
        return der.sha256();
    }

    /** As PEM. */
    public String pem() {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(new PemObject("CERTIFICATE", der.toArray()));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return text.toString();
    }

    /** Whether it may issue others: basicConstraints and keyUsage say so, and it signed itself. */
    public boolean isAuthority() {
        X509CertificateHolder c = holder();
        BasicConstraints constraints = BasicConstraints.fromExtensions(c.getExtensions());
        KeyUsage usage = KeyUsage.fromExtensions(c.getExtensions());
        return constraints != null
                && constraints.isCA()
                && usage != null
                && usage.hasUsages(KeyUsage.keyCertSign)
                && isIssuedBy(this);
    }

    /** Whether it is for a TLS client, and for no server. */
    public boolean isForDevices() {
        return isFor(KeyPurposeId.id_kp_clientAuth) && !isFor(KeyPurposeId.id_kp_serverAuth);
    }

    /** Whether it is for signing what is kept (RFC 9336), and so for no channel. */
    public boolean isForAlarms() {
        return isFor(KeyPurposeId.id_kp_documentSigning) && !isFor(KeyPurposeId.id_kp_clientAuth);
    }

    private boolean isFor(KeyPurposeId purpose) {
        ExtendedKeyUsage usage = ExtendedKeyUsage.fromExtensions(holder().getExtensions());
        return usage != null && usage.hasKeyPurposeId(purpose);
    }

    /** Whether that authority's key signed it and its name stands in it as the issuer. Dates are not looked at. */
    public boolean isIssuedBy(CertificateFacts authority) {
        try {
            X509CertificateHolder c = holder();
            Verifier key = Keys.verifierOf(authority.publicKey, Sm2Id.DEFAULT);
            return c.getIssuer().equals(authority.holder().getSubject())
                    && X509Signing.verify(
                            key,
                            c.getSignatureAlgorithm(),
                            c.toASN1Structure().getTBSCertificate().getEncoded("DER"),
                            c.getSignature());
        } catch (IOException | InvalidKeyException | RuntimeException e) {
            return false;
        }
    }

    private X509CertificateHolder holder() {
        try {
            return new X509CertificateHolder(der.toArray());
        } catch (IOException e) {
            throw new UncheckedIOException("it was read before", e);
        }
    }
}
