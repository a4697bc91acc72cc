package dev.tocsin.sdk.coap;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/** A certificate authority for tests: makes P-256 certificates that nobody but a test should trust. */
public final class TestAuthority {

    private static final Duration VALIDITY = Duration.ofDays(365);
    private static final AtomicLong SERIAL = new AtomicLong(1);

    private final X500Name name;
    private final KeyPair keys;
    private final String pem;

    private TestAuthority(X500Name name, KeyPair keys, String pem) {
        this.name = name;
        this.keys = keys;
        this.pem = pem;
    }

    /** A certificate and its private key, as PEM. */
    public record Issued(String certificatePem, String keyPem) {}

    /** Where and until when a certificate is good. */
    public record Validity(Instant from, Instant until) {
        static Validity now() {
            Instant now = Instant.now();
            return new Validity(now.minus(VALIDITY), now.plus(VALIDITY));
        }
    }

    /** A new authority with that common name. */
    public static TestAuthority create(String commonName) {
        X500Name name = new X500Name("CN=" + commonName);
        KeyPair keys = p256();
        try {
            X509v3CertificateBuilder builder = builder(name, name, keys, Validity.now());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            return new TestAuthority(name, keys, pem(sign(builder, keys.getPrivate())));
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The authority's own certificate. */
    public String pem() {
        return pem;
    }

    /** A device's certificate. */
    public Issued device(String commonName) {
        return device(commonName, Validity.now());
    }

    /** A device's certificate with dates. */
    public Issued device(String commonName, Validity validity) {
        return issue(commonName, validity, KeyPurposeId.id_kp_clientAuth);
    }

    /** A centre's certificate for host names and literal addresses. */
    public Issued centre(String commonName, String... hosts) {
        return centre(commonName, Validity.now(), hosts);
    }

    /** A centre's certificate with dates. */
    public Issued centre(String commonName, Validity validity, String... hosts) {
        return issue(commonName, validity, KeyPurposeId.id_kp_serverAuth, hosts);
    }

    /** What a certificate of its makes of a node that trusts this authority only. */
    public DtlsIdentity identity(Issued issued) {
        return identity(issued, this);
    }

    /** What a certificate of its makes of a node that trusts another authority only. */
    public DtlsIdentity identity(Issued issued, TestAuthority trusted) {
        try {
            return DtlsIdentity.of(issued.certificatePem, issued.keyPem, trusted.pem);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Issued issue(String commonName, Validity validity, KeyPurposeId purpose, String... hosts) {
        try {
            KeyPair own = p256();
            X509v3CertificateBuilder builder = builder(name, new X500Name("CN=" + commonName), own, validity);
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
            if (hosts.length > 0) {
                GeneralName[] names = Arrays.stream(hosts)
                        .map(host -> new GeneralName(
                                host.matches("[0-9.]+|.*:.*") ? GeneralName.iPAddress : GeneralName.dNSName, host))
                        .toArray(GeneralName[]::new);
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
            }
            String key = pem("PRIVATE KEY", own.getPrivate().getEncoded());
            return new Issued(pem(sign(builder, keys.getPrivate())), key);
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair p256() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, KeyPair keys, Validity validity) {
        return new JcaX509v3CertificateBuilder(
                issuer,
                BigInteger.valueOf(SERIAL.getAndIncrement()),
                Date.from(validity.from),
                Date.from(validity.until),
                subject,
                keys.getPublic());
    }

    private static X509CertificateHolder sign(X509v3CertificateBuilder builder, PrivateKey key)
            throws OperatorCreationException {
        return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key));
    }

    private static String pem(X509CertificateHolder certificate) throws IOException {
        return pem("CERTIFICATE", certificate.getEncoded());
    }

    private static String pem(String label, byte[] der) {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(new PemObject(label, der));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
