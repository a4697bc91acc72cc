package dev.tocsin.simulator.centre.x509;

import dev.tocsin.sdk.crypto.CertificateFacts;
import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.KeyUse;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.port.Entropy;
import dev.tocsin.sdk.port.Signer;
import dev.tocsin.simulator.centre.authority.Issuer;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;

/**
 * A certificate authority of one level: a P-256 key and its own certificate. What it issues says what it is good for: a
 * device's channel (TLS client), its alarms (document signing, RFC 9336: no channel), a centre (TLS server and client).
 * Immutable; any thread.
 */
public final class CertificateAuthority implements Issuer {

    private final CertificateFacts certificate;
    private final Signer signer;
    private final Entropy entropy;

    private CertificateAuthority(CertificateFacts certificate, Signer signer, Entropy entropy) {
        this.certificate = certificate;
        this.signer = signer;
        this.entropy = entropy;
    }

    /** A certificate and its private key, both PEM. */
    public record WithKey(String certificate, String key) {}

    /** A new authority: its certificate and key. */
    public static WithKey create(String name, Instant from, Instant until, Entropy entropy) {
        String key = Keys.generatePem(SignatureAlgorithm.ES256, entropy);
        try {
            Bytes publicKey = Keys.publicKey(key);
            CertificateFacts certificate = new CertificateWriter(
                            CertificateWriter.named(name), serial(entropy), from, until, name, publicKey)
                    .issuedWith(publicKey)
                    .extension(Extension.basicConstraints, true, new BasicConstraints(0))
                    .usage(KeyUsage.keyCertSign | KeyUsage.cRLSign)
                    .signedBy(Keys.signer(key));
            return new WithKey(certificate.pem(), key);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("a key just made can be used", e);
        }
    }

    /**
     * An authority from its files' texts.
     *
     * @param entropy draws serial numbers
     * @throws InvalidKeyException saying what is wrong
     */
    public static CertificateAuthority of(String certificatePem, String keyPem, Entropy entropy)
            throws InvalidKeyException {
        CertificateFacts certificate = CertificateFacts.readPem(certificatePem);
        Signer signer = Keys.signer(keyPem);
        if (signer.algorithm() != SignatureAlgorithm.ES256) {
            throw new InvalidKeyException("the authority's key is not on P-256");
        }
        if (!certificate.publicKey().equals(Keys.publicKey(keyPem))) {
            throw new InvalidKeyException("the authority's key does not belong to its certificate");
        }
        if (!certificate.isAuthority()) {
            throw new InvalidKeyException("the certificate is not that of an authority");
        }
        return new CertificateAuthority(certificate, signer, entropy);
    }

    @Override
    public CertificateFacts authority() {
        return certificate;
    }

    @Override
    public CertificateFacts issue(String device, KeyUse use, Bytes publicKey, Instant from, Instant until) {
        return writer(device, publicKey, from, until)
                .purposes(use == KeyUse.CHANNEL ? KeyPurposeId.id_kp_clientAuth : KeyPurposeId.id_kp_documentSigning)
                .signedBy(signer);
    }

    /**
     * A certificate for a centre, which also calls other centres.
     *
     * @param addresses IP addresses and host names under which it is called, one or more
     */
    public WithKey forCentre(String name, List<String> addresses, Instant from, Instant until) {
        String key = Keys.generatePem(SignatureAlgorithm.ES256, entropy);
        GeneralName[] names = addresses.stream()
                .map(a -> new GeneralName(isIp(a) ? GeneralName.iPAddress : GeneralName.dNSName, a))
                .toArray(GeneralName[]::new);
        try {
            CertificateFacts issued = writer(name, Keys.publicKey(key), from, until)
                    .purposes(KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth)
                    .extension(Extension.subjectAlternativeName, false, new GeneralNames(names))
                    .signedBy(signer);
            return new WithKey(issued.pem(), key);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("a key just made can be used", e);
        }
    }

    private static boolean isIp(String address) {
        return address.indexOf(':') >= 0 || address.matches("\\d{1,3}(\\.\\d{1,3}){3}");
    }

    private CertificateWriter writer(String subject, Bytes publicKey, Instant from, Instant until) {
        return new CertificateWriter(
                        CertificateWriter.named(certificate.commonName()),
                        serial(entropy),
                        from,
                        until,
                        subject,
                        publicKey)
                .issuedWith(certificate.publicKey())
                .usage(KeyUsage.digitalSignature);
    }

    /** 127 random bits: positive, and nobody can know it beforehand. */
    private static BigInteger serial(Entropy entropy) {
        ByteBuffer bytes = ByteBuffer.allocate(16);
        bytes.putLong(entropy.nextLong()).putLong(entropy.nextLong());
        return new BigInteger(1, bytes.array()).shiftRight(1).setBit(0);
    }
}
