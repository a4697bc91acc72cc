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
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECKeyParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/**
 * Keys for alarms and receipts, from PEM and to PEM. The algorithm follows from the key: Ed25519 or P-256. Stateless; any
 * thread.
 */
public final class Keys {

    private static final int SECRET_BYTES = 32;

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
            return pem(
                    "PRIVATE KEY",
                    PrivateKeyInfoFactory.createPrivateKeyInfo(fresh(algorithm, entropy))
                            .getEncoded());
        } catch (IOException e) {
            throw new UncheckedIOException("a key just made can be encoded", e);
        }
    }

    /** Both halves of a key. */
    public record Pair(Signer signer, Verifier verifier) {}

    /** The key of {@link #generatePem(SignatureAlgorithm, Entropy)}, for whom it need not be written down. */
    public static Pair generate(SignatureAlgorithm algorithm, Entropy entropy) {
        return switch (fresh(algorithm, entropy)) {
            case Ed25519PrivateKeyParameters k -> {
                Ed25519PublicKeyParameters half = k.generatePublicKey();
                Bytes id = keyId(half);
                yield new Pair(new Ed25519Signing(k, id), new Ed25519Verifying(half, id));
            }
            case ECPrivateKeyParameters k -> {
                ECPublicKeyParameters half = publicOf(k);
                Bytes id = keyId(half);
                yield new Pair(new P256Signing(k, id), new P256Verifying(half, id));
            }
            default -> throw new IllegalStateException("a key of neither algorithm");
        };
    }

    private static AsymmetricKeyParameter fresh(SignatureAlgorithm algorithm, Entropy entropy) {
        return switch (algorithm) {
            case ED25519 -> new Ed25519PrivateKeyParameters(random32(entropy), 0);
            case ES256 -> new ECPrivateKeyParameters(scalar(entropy), P256.DOMAIN);
        };
    }

    /**
     * The signer for a private key.
     *
     * @param pem PKCS#8 ({@code PRIVATE KEY}) or SEC 1 ({@code EC PRIVATE KEY}), not encrypted
     * @throws InvalidKeyException saying what is wrong with it
     */
    public static Signer signer(String pem) throws InvalidKeyException {
        return switch (privateKey(pem)) {
            case Ed25519PrivateKeyParameters k -> new Ed25519Signing(k, keyId(k.generatePublicKey()));
            case ECPrivateKeyParameters k -> new P256Signing(k, keyId(publicOf(k)));
            default -> throw new InvalidKeyException("neither an Ed25519 nor a P-256 key");
        };
    }

    /**
     * The verifier for a public key.
     *
     * @param pem SubjectPublicKeyInfo ({@code PUBLIC KEY}) or an X.509 certificate, whose key is taken as it is: nobody
     *     checks the certificate here
     * @throws InvalidKeyException saying what is wrong with it
     */
    public static Verifier verifier(String pem) throws InvalidKeyException {
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
            return switch (PublicKeyFactory.createKey(info)) {
                case Ed25519PublicKeyParameters k -> new Ed25519Verifying(k, keyId(k));
                case ECPublicKeyParameters k
                when P256.isOn(k) -> {
                    // always in the standard's own parameters, whatever the encoding brought along
                    ECPublicKeyParameters p256 = new ECPublicKeyParameters(k.getQ(), P256.DOMAIN);
                    yield new P256Verifying(p256, keyId(p256));
                }
                default -> throw new InvalidKeyException("neither an Ed25519 nor a P-256 key");
            };
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidKeyException("not a usable public key: " + e.getMessage(), e);
        }
    }

    /**
     * The public half of a private key, as {@code PUBLIC KEY} PEM.
     *
     * @throws InvalidKeyException saying what is wrong with it
     */
    public static String publicPem(String privatePem) throws InvalidKeyException {
        AsymmetricKeyParameter publicKey = switch (privateKey(privatePem)) {
            case Ed25519PrivateKeyParameters k -> k.generatePublicKey();
            case ECPrivateKeyParameters k -> publicOf(k);
            default -> throw new InvalidKeyException("neither an Ed25519 nor a P-256 key");
        };
        return pem("PUBLIC KEY", encoded(publicKey));
    }

    /** Evenly from 1 to the order less 1, by drawing again (FIPS 186-5, A.2.2). */
    private static BigInteger scalar(Entropy entropy) {
        BigInteger d;
        do {
            d = new BigInteger(1, random32(entropy));
        } while (d.signum() == 0 || d.compareTo(P256.DOMAIN.getN()) >= 0);
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
            if (key instanceof ECPrivateKeyParameters ec) {
                if (!P256.isOn(ec)) {
                    throw new InvalidKeyException("an EC key on another curve than P-256");
                }
                return new ECPrivateKeyParameters(ec.getD(), P256.DOMAIN);
            }
            return key;
        } catch (IOException | IllegalArgumentException e) {
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
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidKeyException("a broken PEM block: " + e.getMessage(), e);
        }
    }

    private static ECPublicKeyParameters publicOf(ECPrivateKeyParameters k) {
        return new ECPublicKeyParameters(
                new FixedPointCombMultiplier().multiply(P256.DOMAIN.getG(), k.getD()), P256.DOMAIN);
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

    /** The one curve used here. The custom implementation is 3 times as fast as the generic one. */
    static final class P256 {
        static final ECNamedDomainParameters DOMAIN = new ECNamedDomainParameters(
                SECObjectIdentifiers.secp256r1, CustomNamedCurves.getByOID(SECObjectIdentifiers.secp256r1));

        private P256() {}

        static boolean isOn(ECKeyParameters key) {
            return key.getParameters().getCurve().equals(DOMAIN.getCurve());
        }
    }
}
