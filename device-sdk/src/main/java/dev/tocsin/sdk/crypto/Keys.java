package dev.tocsin.sdk.crypto;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.port.Entropy;
import dev.tocsin.sdk.port.Signer;
import dev.tocsin.sdk.port.Verifier;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECKeyParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/**
 * Keys for alarms and receipts, from PEM and to PEM. The algorithm follows from the key: Ed25519, P-256 or SM2. Stateless;
 * any thread.
 */
public final class Keys {

    private static final int SECRET_BYTES = 32;
    private static final String OTHER_KIND = "neither an Ed25519 nor a P-256 nor an SM2 key";
    private static final String OTHER_CURVE = "an EC key on another curve than P-256 and SM2's";

    private Keys() {}

    /** A fresh private key as PKCS#8 PEM. */
    public static String generatePem(SignatureAlgorithm algorithm) {
        return generatePem(algorithm, new PlatformEntropy());
    }

    /**
     * A private key as PKCS#8 PEM that follows from the entropy given, and is as secret as that: seeded entropy makes the
     * same key each time, for tests and simulations only.
     */
    public static String generatePem(SignatureAlgorithm algorithm, Entropy entropy) {
        try {
            PrivateKeyInfo info = PrivateKeyInfoFactory.createPrivateKeyInfo(fresh(algorithm, entropy));
            // Without the public half beside an Ed25519 key (RFC 8410, section 7): OpenSSL 3.0 does not read it with
            // one.
            return pem(
                    "PRIVATE KEY",
                    new PrivateKeyInfo(info.getPrivateKeyAlgorithm(), info.parsePrivateKey()).getEncoded());
        } catch (IOException e) {
            throw new UncheckedIOException("a key just made can be encoded", e);
        }
    }

    /** Both halves of a key. */
    public record Pair(Signer signer, Verifier verifier) {}

    /** The key of {@link #generatePem(SignatureAlgorithm, Entropy)}, for whom it need not be written down. */
    public static Pair generate(SignatureAlgorithm algorithm, Entropy entropy) {
        AsymmetricKeyParameter secret = fresh(algorithm, entropy);
        try {
            AsymmetricKeyParameter half = publicOf(secret);
            return new Pair(signer(secret, half, Sm2Id.DEFAULT), verifier(half, Sm2Id.DEFAULT));
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("a key just made can be used", e);
        }
    }

    private static AsymmetricKeyParameter fresh(SignatureAlgorithm algorithm, Entropy entropy) {
        return switch (algorithm) {
            case ED25519 -> new Ed25519PrivateKeyParameters(random32(entropy), 0);
            case ES256 -> Curve.P256.secret(scalar(Curve.P256, entropy));
            case SM2 -> Curve.SM2.secret(scalar(Curve.SM2, entropy));
        };
    }

    /**
     * The signer for a private key; SM2 signs under {@link Sm2Id#DEFAULT}.
     *
     * @param pem PKCS#8 ({@code PRIVATE KEY}) or SEC 1 ({@code EC PRIVATE KEY}), not encrypted
     * @throws InvalidKeyException saying what is wrong with it
     */
    public static Signer signer(String pem) throws InvalidKeyException {
        return signer(pem, Sm2Id.DEFAULT);
    }

    /**
     * As {@link #signer(String)}.
     *
     * @param id what an SM2 key signs under; of no effect on others
     * @throws InvalidKeyException saying what is wrong with the key
     */
    public static Signer signer(String pem, Sm2Id id) throws InvalidKeyException {
        AsymmetricKeyParameter key = privateKey(pem);
        return signer(key, publicOf(key), id);
    }

    private static Signer signer(AsymmetricKeyParameter key, AsymmetricKeyParameter half, Sm2Id id)
            throws InvalidKeyException {
        if (key instanceof Ed25519PrivateKeyParameters k) {
            return new Ed25519Signing(k, keyId(half));
        } else if (key instanceof ECPrivateKeyParameters k && half instanceof ECPublicKeyParameters q) {
            return switch (curve(k)) {
                case P256 -> new P256Signing(k, keyId(half));
                case SM2 -> Sm2Signing.of(k, q, keyId(half), id);
            };
        }
        throw new InvalidKeyException(OTHER_KIND);
    }

    /**
     * The verifier for a public key; SM2 under {@link Sm2Id#DEFAULT}.
     *
     * @param pem SubjectPublicKeyInfo ({@code PUBLIC KEY}) or an X.509 certificate, whose key is taken as it is: nobody
     *     checks the certificate here
     * @throws InvalidKeyException saying what is wrong with it
     */
    public static Verifier verifier(String pem) throws InvalidKeyException {
        return verifier(pem, Sm2Id.DEFAULT);
    }

    /**
     * As {@link #verifier(String)}.
     *
     * @param id what an SM2 key signs under; of no effect on others
     * @throws InvalidKeyException saying what is wrong with the key
     */
    public static Verifier verifier(String pem, Sm2Id id) throws InvalidKeyException {
        Object found = parse(pem);
        SubjectPublicKeyInfo info;
        if (found instanceof SubjectPublicKeyInfo i) {
            info = i;
        } else if (found instanceof X509CertificateHolder c) {
            info = c.getSubjectPublicKeyInfo();
        } else {
            throw new InvalidKeyException("not a PUBLIC KEY or CERTIFICATE in PEM form");
        }
        try {
            return verifier(PublicKeyFactory.createKey(info), id);
        } catch (IOException | RuntimeException e) { // the library throws what comes to hand
            throw new InvalidKeyException("not a usable public key: " + e.getMessage(), e);
        }
    }

    /**
     * As {@link #verifier(String, Sm2Id)}, from a SubjectPublicKeyInfo in DER.
     *
     * @throws InvalidKeyException saying what is wrong with the key
     */
    public static Verifier verifierOf(Bytes publicKey, Sm2Id id) throws InvalidKeyException {
        return verifier(publicKey(publicKey), id);
    }

    /**
     * The same key in the one encoding that key ids are made of.
     *
     * @throws InvalidKeyException saying what is wrong with the key
     */
    public static Bytes canonical(Bytes publicKey) throws InvalidKeyException {
        AsymmetricKeyParameter key = publicKey(publicKey);
        return Bytes.wrap(
                encoded(key instanceof ECPublicKeyParameters ec ? curve(ec).own(ec) : key));
    }

    private static AsymmetricKeyParameter publicKey(Bytes der) throws InvalidKeyException {
        try {
            return PublicKeyFactory.createKey(der.toArray());
        } catch (IOException | RuntimeException e) { // the library throws what comes to hand
            throw new InvalidKeyException("not a usable public key: " + e.getMessage(), e);
        }
    }

    /**
     * The public half of a private key, as SubjectPublicKeyInfo in DER.
     *
     * @throws InvalidKeyException saying what is wrong with it
     */
    public static Bytes publicKey(String privatePem) throws InvalidKeyException {
        return Bytes.wrap(encoded(publicOf(privateKey(privatePem))));
    }

    /** A SubjectPublicKeyInfo in DER as {@code PUBLIC KEY} PEM. */
    public static String publicPem(Bytes publicKey) {
        return pem("PUBLIC KEY", publicKey.toArray());
    }

    private static Verifier verifier(AsymmetricKeyParameter key, Sm2Id id) throws InvalidKeyException {
        return switch (key) {
            case Ed25519PublicKeyParameters k -> new Ed25519Verifying(k, keyId(k));
            case ECPublicKeyParameters k -> {
                Curve curve = curve(k);
                ECPublicKeyParameters own = curve.own(k);
                yield switch (curve) {
                    case P256 -> new P256Verifying(own, keyId(own));
                    case SM2 -> new Sm2Verifying(own, keyId(own), id);
                };
            }
            default -> throw new InvalidKeyException(OTHER_KIND);
        };
    }

    private static Curve curve(ECKeyParameters key) throws InvalidKeyException {
        return Curve.of(key).orElseThrow(() -> new InvalidKeyException(OTHER_CURVE));
    }

    /**
     * The public half of a private key, as {@code PUBLIC KEY} PEM.
     *
     * @throws InvalidKeyException saying what is wrong with it
     */
    public static String publicPem(String privatePem) throws InvalidKeyException {
        return pem("PUBLIC KEY", encoded(publicOf(privateKey(privatePem))));
    }

    /** Evenly from all that can be a secret, by drawing again (FIPS 186-5, A.2.2). */
    private static BigInteger scalar(Curve curve, Entropy entropy) {
        BigInteger d;
        do {
            d = new BigInteger(1, random32(entropy));
        } while (!curve.isSecret(d));
        return d;
    }

    private static byte[] random32(Entropy entropy) {
        ByteBuffer bytes = ByteBuffer.allocate(SECRET_BYTES);
        while (bytes.hasRemaining()) {
            bytes.putLong(entropy.nextLong());
        }
        return bytes.array();
    }

    private static AsymmetricKeyParameter privateKey(String pem) throws InvalidKeyException {
        Object found = parse(pem);
        PrivateKeyInfo info;
        if (found instanceof PrivateKeyInfo i) {
            info = i;
        } else if (found instanceof PEMKeyPair pair) {
            info = pair.getPrivateKeyInfo();
        } else if (found instanceof PKCS8EncryptedPrivateKeyInfo || found instanceof PEMEncryptedKeyPair) {
            throw new InvalidKeyException(
                    "the private key is encrypted: give it without a pass phrase, in a file that only"
                            + " the device can read (openssl pkey -in FILE -out NEW)");
        } else {
            throw new InvalidKeyException("not a PRIVATE KEY in PEM form");
        }
        try {
            AsymmetricKeyParameter key = PrivateKeyFactory.createKey(info);
            return key instanceof ECPrivateKeyParameters ec ? curve(ec).own(ec) : key;
        } catch (IOException | RuntimeException e) { // the library throws what comes to hand
            throw new InvalidKeyException("not a usable private key: " + e.getMessage(), e);
        }
    }

    private static Object parse(String pem) throws InvalidKeyException {
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            Object found = parser.readObject();
            if (found instanceof ASN1ObjectIdentifier) {
                found = parser.readObject(); // openssl writes an "EC PARAMETERS" block before an EC key
            }
            if (found == null) {
                throw new InvalidKeyException("no PEM block (-----BEGIN …-----) in it");
            }
            return found;
        } catch (IOException | RuntimeException e) { // the library throws what comes to hand
            throw new InvalidKeyException("a broken PEM block: " + e.getMessage(), e);
        }
    }

    private static AsymmetricKeyParameter publicOf(AsymmetricKeyParameter secret) throws InvalidKeyException {
        return switch (secret) {
            case Ed25519PrivateKeyParameters k -> k.generatePublicKey();
            case ECPrivateKeyParameters k -> curve(k).publicOf(k);
            default -> throw new InvalidKeyException(OTHER_KIND);
        };
    }

    private static Bytes keyId(AsymmetricKeyParameter publicKey) {
        byte[] digest = Bytes.wrap(encoded(publicKey)).sha256().readOnlyArray();
        return Bytes.wrap(Arrays.copyOf(digest, 8));
    }

    private static byte[] encoded(AsymmetricKeyParameter publicKey) {
        try {
            return SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(publicKey)
                    .getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException("a key that was read can be encoded", e);
        }
    }

    private static String pem(String type, byte[] der) {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(new PemObject(type, der));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return text.toString();
    }
}
