package dev.tocsin.sdk.coap;

import dev.tocsin.sdk.model.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.californium.elements.util.Asn1DerDecoder;
import org.eclipse.californium.elements.util.CertPathUtil;
import org.eclipse.californium.elements.util.PemReader;
import org.jspecify.annotations.Nullable;

/**
 * Who a node is within DTLS, and whom it believes: its certificate chain and P-256 key, and the authorities it trusts.
 * Immutable; any thread.
 */
public final class DtlsIdentity {

    /** The order of P-256's base point (SEC 2, section 2.4.2), which no other curve in use shares. */
    private static final BigInteger P256_ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

    private final Making making;
    private volatile @Nullable Material material;

    private record Material(
            List<X509Certificate> chain, PrivateKey key, PublicKey publicKey, List<X509Certificate> trusted) {}

    private interface Making {
        Material make() throws GeneralSecurityException;
    }

    private DtlsIdentity(Making making) {
        this.making = making;
    }

    /**
     * An identity that is a bare key (a raw public key, RFC 7250), before there is a certificate.
     *
     * @param keyPem the private key
     * @param publicKey its SubjectPublicKeyInfo in DER
     * @param trustedPem whom it believes; empty: it believes nobody, and so talks to anybody: good only to ask for the
     *     authority's certificate, which is then compared with a fingerprint
     * @throws GeneralSecurityException saying in one sentence what is wrong
     */
    public static DtlsIdentity ofKey(String keyPem, Bytes publicKey, Optional<String> trustedPem)
            throws GeneralSecurityException {
        PrivateKey key = privateKey(new Source("the private key", keyPem));
        PublicKey half = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(publicKey.toArray()));
        if (!(half instanceof ECPublicKey ec) || !belongTogether(key, ec)) {
            throw new InvalidKeyException("the public key is not that of the private key");
        }
        List<X509Certificate> trusted = trustedPem.isEmpty()
                ? List.of()
                : certificates(new Source("the trusted certificates", trustedPem.get()));
        return made(() -> new Material(List.of(), key, half, trusted));
    }

    /**
     * An identity from PEM texts.
     *
     * @param chainPem its certificate, and any intermediate ones after it
     * @param keyPem its private key, PKCS#8 or SEC 1, not encrypted
     * @param trustedPem certificates of the authorities it trusts, one or more
     * @throws GeneralSecurityException saying in one sentence what is wrong
     */
    public static DtlsIdentity of(String chainPem, String keyPem, String trustedPem) throws GeneralSecurityException {
        return made(making(chainPem, keyPem, trustedPem));
    }

    /**
     * As {@link #of}, but the texts are read when it is first used: reading certificates and keys loads more classes than
     * arming a device does. What is wrong with them is thrown then, as an {@link IllegalArgumentException}.
     */
    public static DtlsIdentity later(String chainPem, String keyPem, String trustedPem) {
        return new DtlsIdentity(making(chainPem, keyPem, trustedPem));
    }

    /** As {@link #later(String, String, String)}, from PEM files: not even they need be there before it is used. */
    public static DtlsIdentity later(Path chain, Path key, Path trusted) {
        return new DtlsIdentity(() -> material(read(chain), read(key), read(trusted)));
    }

    private static Source read(Path file) throws CertificateException {
        try {
            return Source.read(file);
        } catch (NoSuchFileException e) {
            throw new CertificateException(file + ": no such file", e);
        } catch (IOException e) {
            throw new CertificateException(file + " cannot be read: " + e, e);
        }
    }

    private static Making making(String chainPem, String keyPem, String trustedPem) {
        return () -> material(
                new Source("the certificate chain", chainPem),
                new Source("the private key", keyPem),
                new Source("the trusted certificates", trustedPem));
    }

    private static DtlsIdentity made(Making making) throws GeneralSecurityException {
        DtlsIdentity identity = new DtlsIdentity(making);
        identity.material = making.make();
        return identity;
    }

    private Material material() {
        Material there = material;
        if (there == null) {
            try {
                there = making.make();
            } catch (GeneralSecurityException e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
            material = there;
        }
        return there;
    }

    /**
     * An identity from PEM files, as {@link #of}. Blocks.
     *
     * @throws IOException if a file cannot be read; it names the file
     * @throws GeneralSecurityException saying in one sentence which file is wrong, and why
     */
    public static DtlsIdentity load(Path chain, Path key, Path trusted) throws IOException, GeneralSecurityException {
        Source chainFile = Source.read(chain);
        Source keyFile = Source.read(key);
        Source trustedFile = Source.read(trusted);
        return made(() -> material(chainFile, keyFile, trustedFile));
    }

    private static Material material(Source chainSource, Source keySource, Source trustedSource)
            throws GeneralSecurityException {
        List<X509Certificate> chain = certificates(chainSource);
        PrivateKey key = privateKey(keySource);
        if (!(chain.get(0).getPublicKey() instanceof ECPublicKey publicKey)
                || !publicKey.getParams().getOrder().equals(P256_ORDER)) {
            throw new InvalidKeyException(chainSource.name + ": the certificate's key is not on the curve P-256");
        }
        if (!belongTogether(key, publicKey)) {
            throw new InvalidKeyException(
                    keySource.name + ": the key does not belong to the certificate in " + chainSource.name);
        }
        return new Material(chain, key, publicKey, certificates(trustedSource));
    }

    /** The common name in its certificate's subject, or nothing. */
    public String name() {
        return chain().isEmpty() ? "" : commonName(chain().get(0));
    }

    /** Whether its certificate may be used by a device, by its key usage (TLS client, RFC 5280 section 4.2.1.12). */
    public boolean isForDevices() {
        return canBeUsed(true);
    }

    /** Whether it may be used so; a bare key says nothing against it. */
    boolean canBeUsed(boolean client) {
        return chain().isEmpty() || CertPathUtil.canBeUsedForAuthentication(chain().get(0), client);
    }

    /** Until when its certificate is valid, if it has one. */
    public Optional<Instant> validUntil() {
        return chain().stream().findFirst().map(leaf -> leaf.getNotAfter().toInstant());
    }

    PublicKey publicKey() {
        return material().publicKey();
    }

    List<X509Certificate> chain() {
        return material().chain();
    }

    PrivateKey key() {
        return material().key();
    }

    List<X509Certificate> trusted() {
        return material().trusted();
    }

    static String commonName(X509Certificate certificate) {
        String name = CertPathUtil.getSubjectsCn(certificate);
        return name == null ? "" : name;
    }

    private static List<X509Certificate> certificates(Source source) throws GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> found = new ArrayList<>();
        for (Block block : source.blocks()) {
            if (block.label.endsWith("CERTIFICATE")) {
                try {
                    found.add((X509Certificate)
                            factory.generateCertificate(new ByteArrayInputStream(block.der.readOnlyArray())));
                } catch (CertificateException e) {
                    throw new CertificateException(source.name + ": a broken certificate: " + e.getMessage(), e);
                }
            }
        }
        if (found.isEmpty()) {
            throw new CertificateException(source.name + ": no certificate (-----BEGIN CERTIFICATE-----) in it");
        }
        return List.copyOf(found);
    }

    private static PrivateKey privateKey(Source source) throws GeneralSecurityException {
        for (Block block : source.blocks()) {
            if (block.label.equals("PRIVATE KEY") || block.label.equals("EC PRIVATE KEY")) {
                PrivateKey key;
                try {
                    Asn1DerDecoder.Keys keys = Asn1DerDecoder.readPrivateKey(block.der.readOnlyArray());
                    key = keys == null ? null : keys.getPrivateKey();
                } catch (IllegalArgumentException | GeneralSecurityException e) {
                    throw notOnP256(source, e);
                }
                if (key instanceof ECPrivateKey ec && ec.getParams().getOrder().equals(P256_ORDER)) {
                    return key;
                } else if (key != null) {
                    throw notOnP256(source, null);
                }
            }
        }
        throw new InvalidKeyException(source.name + ": no unencrypted private key (-----BEGIN PRIVATE KEY-----) in it");
    }

    private static InvalidKeyException notOnP256(Source source, @Nullable Exception cause) {
        return new InvalidKeyException(
                source.name
                        + ": not a private key on the curve P-256, as DTLS needs it (a broken one, or one of another"
                        + " kind: the alarm key?)",
                cause);
    }

    private static boolean belongTogether(PrivateKey key, ECPublicKey publicKey) {
        byte[] probe = {1, 2, 3};
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key);
            signature.update(probe);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(probe);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false; // a key of another kind
        }
    }

    private record Block(String label, Bytes der) {}

    private record Source(String name, String pem) {

        static Source read(Path file) throws IOException {
            return new Source(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
        }

        List<Block> blocks() throws CertificateException {
            List<Block> blocks = new ArrayList<>();
            byte[] text = pem.getBytes(StandardCharsets.ISO_8859_1);
            PemReader reader = new PemReader(new ByteArrayInputStream(text));
            try {
                for (String label = reader.readNextBegin(); label != null; label = reader.readNextBegin()) {
                    byte[] der = reader.readToEnd();
                    if (der != null) {
                        blocks.add(new Block(label, Bytes.wrap(der)));
                    }
                }
            } catch (IOException | IllegalArgumentException e) {
                throw new CertificateException(name + ": a broken PEM block: " + e.getMessage(), e);
            } finally {
                reader.close();
            }
            return blocks;
        }
    }
}
