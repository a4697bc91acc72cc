package dev.tocsin.simulator.centre.x509;

import dev.tocsin.sdk.crypto.CertificateFacts;
import dev.tocsin.sdk.crypto.DerSignature;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.port.Signer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;

/** One certificate, from its builder to its bytes; signed with P-256 (RFC 5758). */
final class CertificateWriter {

    private final X509v3CertificateBuilder builder;

    CertificateWriter(
            X500Name issuer, BigInteger serial, Instant from, Instant until, String subject, Bytes publicKey) {
        this.builder = new X509v3CertificateBuilder(
                issuer, serial, Date.from(from), Date.from(until), named(subject), info(publicKey));
        extension(Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(keyIdentifier(publicKey)));
    }

    static X500Name named(String commonName) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, commonName)
                .build();
    }

    /** RFC 7093, section 2, method 1: the first 160 bits of the SHA-256 of the key. */
    private static byte[] keyIdentifier(Bytes publicKey) {
        byte[] bits = info(publicKey).getPublicKeyData().getBytes();
        return java.util.Arrays.copyOf(Bytes.wrap(bits).sha256().readOnlyArray(), 20);
    }

    private static SubjectPublicKeyInfo info(Bytes publicKey) {
        return SubjectPublicKeyInfo.getInstance(publicKey.toArray());
    }

    CertificateWriter issuedWith(Bytes issuerKey) {
        return extension(Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(keyIdentifier(issuerKey)));
    }

    CertificateWriter usage(int bits) {
        return extension(Extension.keyUsage, true, new KeyUsage(bits));
    }

    CertificateWriter purposes(KeyPurposeId... purposes) {
        return extension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
    }

    CertificateWriter extension(
            ASN1ObjectIdentifier name, boolean critical, org.bouncycastle.asn1.ASN1Encodable value) {
        try {
            builder.addExtension(name, critical, value);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("an extension can be encoded", e);
        }
    }

    CertificateFacts signedBy(Signer signer) {
        try {
            return CertificateFacts.read(
                    Bytes.wrap(builder.build(new Pen(signer)).getEncoded()));
        } catch (IOException e) {
            throw new UncheckedIOException("a certificate can be encoded", e);
        } catch (InvalidKeyException e) {
            throw new IllegalArgumentException("a key that cannot be certified", e);
        }
    }

    private static final class Pen implements ContentSigner {

        private final ByteArrayOutputStream content = new ByteArrayOutputStream();
        private final Signer signer;

        Pen(Signer signer) {
            this.signer = signer;
        }

        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
        }

        @Override
        public OutputStream getOutputStream() {
            return content;
        }

        @Override
        public byte[] getSignature() {
            return DerSignature.ofPlain(SignatureAlgorithm.ES256, signer.sign(content.toByteArray()));
        }
    }
}
