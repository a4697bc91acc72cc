package dev.tocsin.sdk.testkit;

import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.port.Signer;
import dev.tocsin.sdk.port.Verifier;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.util.Base64;

/** Real keys that follow from a name, so that a run repeats. Worthless as secrets. */
public final class TestKeys {

    // PKCS#8 (RFC 5958) up to the 32 secret bytes: Ed25519 (RFC 8410), P-256 and SM2 (RFC 5915)
    private static final String ED25519_PREFIX = "302e020100300506032b657004220420";
    private static final String P256_PREFIX = "3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420";
    private static final String SM2_PREFIX = "3041020100301306072a8648ce3d020106082a811ccf5501822d042730250201010420";

    private TestKeys() {}

    /** A private key as PKCS#8 PEM. */
    public static String pem(SignatureAlgorithm algorithm, String name) {
        String prefix = switch (algorithm) {
            case ED25519 -> ED25519_PREFIX;
            case ES256 -> P256_PREFIX;
            case SM2 -> SM2_PREFIX;
        };
        Bytes secret = Bytes.wrap((algorithm + " " + name).getBytes(StandardCharsets.UTF_8))
                .sha256();
        byte[] der = Bytes.ofHex(prefix + secret.hex()).toArray();
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END PRIVATE KEY-----\n";
    }

    /** An Ed25519 signer. */
    public static Signer signer(String name) {
        return signer(SignatureAlgorithm.ED25519, name);
    }

    /** A signer. */
    public static Signer signer(SignatureAlgorithm algorithm, String name) {
        try {
            return Keys.signer(pem(algorithm, name));
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("a key of our own making", e);
        }
    }

    /** The verifier that belongs to {@link #signer(String)}. */
    public static Verifier verifier(String name) {
        return verifier(SignatureAlgorithm.ED25519, name);
    }

    /** The verifier that belongs to {@link #signer(SignatureAlgorithm, String)}. */
    public static Verifier verifier(SignatureAlgorithm algorithm, String name) {
        try {
            return Keys.verifier(Keys.publicPem(pem(algorithm, name)));
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("a key of our own making", e);
        }
    }
}
