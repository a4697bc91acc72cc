package dev.tocsin.simulator.lab;

import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.port.Entropy;
import dev.tocsin.sdk.port.Signer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;

/**
 * Issues P-256 certificates for a laboratory, good for a year. Keys, numbers and signatures follow from the clock and the
 * entropy given. Immutable; any thread.
 */
public final class ThrowAwayAuthority {

    private static final Duration VALID_BEFORE = Duration.ofDays(1);
    private static final Duration VALID_AFTER = Duration.ofDays(365);

    private final X500Name name = named("Tocsin laboratory, not for use");
    private final Clock clock;
    private final Signer signer;
    private final String certificate;

    /** A new authority; what it issues is valid from a day before the clock's time. */
    public ThrowAwayAuthority(Clock clock, Entropy entropy) {
        this.clock = clock;
        String key = Keys.generatePem(SignatureAlgorithm.ES256, entropy);
        try {
            this.signer = Keys.signer(key);
            X509v3CertificateBuilder b = builder(name, key, clock.wallTime().plus(VALID_AFTER), entropy);
            b.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            b.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            this.certificate = signed(b);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A certificate and its key, both PEM. */
    public record Issued(String certificate, String key) {}

    /** The authority's own certificate, PEM. */
    public String certificate() {
        return certificate;
    }

    /** A certificate for a device. */
    public Issued forDevice(String commonName, Entropy entropy) {
        return forDevice(commonName, clock.wallTime().plus(VALID_AFTER), entropy);
    }

    /** A certificate for a device that ends at a moment. */
    public Issued forDevice(String commonName, Instant until, Entropy entropy) {
        return issue(commonName, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth), Optional.empty(), until, entropy);
    }

    /** A certificate for a centre at an IP address, that also calls other centres. */
    public Issued forCentre(String commonName, String ip, Entropy entropy) {
        return issue(
                commonName,
                new ExtendedKeyUsage(new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth}),
                Optional.of(new GeneralNames(new GeneralName(GeneralName.iPAddress, ip))),
                clock.wallTime().plus(VALID_AFTER),
                entropy);
    }

    private Issued issue(
            String commonName, ExtendedKeyUsage purpose, Optional<GeneralNames> names, Instant until, Entropy entropy) {
        String key = Keys.generatePem(SignatureAlgorithm.ES256, entropy);
        try {
            X509v3CertificateBuilder b = builder(named(commonName), key, until, entropy);
            b.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            b.addExtension(Extension.extendedKeyUsage, false, purpose);
            if (names.isPresent()) {
                b.addExtension(Extension.subjectAlternativeName, false, names.get());
            }
            return new Issued(signed(b), key);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private X509v3CertificateBuilder builder(X500Name subject, String key, Instant until, Entropy entropy)
            throws IOException, InvalidKeyException {
        return new X509v3CertificateBuilder(
                name,
                BigInteger.valueOf(entropy.nextLong() >>> 1),
                Date.from(clock.wallTime().minus(VALID_BEFORE)),
                Date.from(until),
                subject,
                publicKey(Keys.publicPem(key)));
    }

    private String signed(X509v3CertificateBuilder b) throws IOException {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(new PemObject("CERTIFICATE", b.build(new Pen()).getEncoded()));
        }
        return text.toString();
    }

    private static X500Name named(String commonName) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, commonName)
                .build();
    }

    private static SubjectPublicKeyInfo publicKey(String pem) throws IOException {
        try (PemReader reader = new PemReader(new StringReader(pem))) {
            return SubjectPublicKeyInfo.getInstance(reader.readPemObject().getContent());
        }
    }

    /** Signs as X.509 wants it: the same certificate gets the same signature (RFC 6979), in DER (RFC 3279, section 2.2.3). */
    private final class Pen implements ContentSigner {

        private final ByteArrayOutputStream content = new ByteArrayOutputStream();

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
            byte[] rs = signer.sign(content.toByteArray());
            ASN1EncodableVector pair = new ASN1EncodableVector();
            pair.add(new ASN1Integer(new BigInteger(1, Arrays.copyOf(rs, rs.length / 2))));
            pair.add(new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(rs, rs.length / 2, rs.length))));
            try {
                return new DERSequence(pair).getEncoded();
            } catch (IOException e) {
                throw new UncheckedIOException("two numbers can be encoded", e);
            }
        }
    }
}
