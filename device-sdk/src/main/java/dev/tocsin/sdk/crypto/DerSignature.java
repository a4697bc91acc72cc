package dev.tocsin.sdk.crypto;

import dev.tocsin.sdk.model.SignatureAlgorithm;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Optional;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;

/**
 * ECDSA and SM2 signatures as other programs write them, {@code SEQUENCE {r, s}} in DER (RFC 3279, section 2.2.3). Never on
 * our wire: r || s is the only form there. Stateless; any thread.
 */
public final class DerSignature {

    private DerSignature() {}

    /**
     * The same as r || s, of {@value SignatureAlgorithm#SIGNATURE_BYTES} bytes.
     *
     * @param algorithm with r and s
     * @return empty if it is anything but the one DER form of two numbers within the curve's order
     */
    public static Optional<byte[]> toPlain(SignatureAlgorithm algorithm, byte[] der) {
        BigInteger n = order(algorithm);
        try {
            BigInteger[] rs = StandardDSAEncoding.INSTANCE.decode(n, der);
            return Optional.of(PlainDSAEncoding.INSTANCE.encode(n, rs[0], rs[1]));
        } catch (IOException | RuntimeException e) { // the library throws either for bytes that are no signature
            return Optional.empty();
        }
    }

    /** The DER form of r || s. */
    public static byte[] ofPlain(SignatureAlgorithm algorithm, byte[] plain) {
        BigInteger n = order(algorithm);
        try {
            BigInteger[] rs = PlainDSAEncoding.INSTANCE.decode(n, plain);
            return StandardDSAEncoding.INSTANCE.encode(n, rs[0], rs[1]);
        } catch (IOException e) {
            throw new IllegalArgumentException("not r || s", e);
        }
    }

    private static BigInteger order(SignatureAlgorithm algorithm) {
        return switch (algorithm) {
            case ES256 -> Curve.P256.domain().getN();
            case SM2 -> Curve.SM2.domain().getN();
            case ED25519 -> throw new IllegalArgumentException("an Ed25519 signature has no r and s in DER");
        };
    }
}
