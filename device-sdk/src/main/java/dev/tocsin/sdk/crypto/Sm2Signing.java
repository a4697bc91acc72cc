package dev.tocsin.sdk.crypto;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.port.Signer;
import java.math.BigInteger;
import java.util.Optional;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;

/**
 * SM2 with SM3 (GM/T 0003.2, section 6); r || s, 32 bytes each. The standard draws k at random; here it comes from the key
 * and the message by RFC 6979 with HMAC-SM3, as for P-256: a bad source of randomness cannot give the key away, and a run
 * repeats. Bouncy Castle's own signer takes k from nowhere but a random source, so the five steps stand here.
 */
record Sm2Signing(ECPrivateKeyParameters key, Bytes keyId, Bytes z) implements Signer {

    private static final int HALF = SignatureAlgorithm.SIGNATURE_BYTES / 2;
    private static final BigInteger N = Curve.SM2.domain().getN();

    static Sm2Signing of(ECPrivateKeyParameters key, ECPublicKeyParameters half, Bytes keyId, Sm2Id id) {
        return new Sm2Signing(key, keyId, z(id, half));
    }

    /** Who signs, on which curve (GM/T 0003.2, section 5.5): the beginning of what is signed. */
    private static Bytes z(Sm2Id id, ECPublicKeyParameters half) {
        int bits = 8 * id.bytes().size();
        ECPoint g = Curve.SM2.domain().getG();
        return Sm3.of(
                Bytes.wrap(new byte[] {(byte) (bits >>> 8), (byte) bits}),
                id.bytes(),
                Bytes.wrap(Curve.SM2.domain().getCurve().getA().getEncoded()),
                Bytes.wrap(Curve.SM2.domain().getCurve().getB().getEncoded()),
                Bytes.wrap(g.getAffineXCoord().getEncoded()),
                Bytes.wrap(g.getAffineYCoord().getEncoded()),
                Bytes.wrap(half.getQ().getAffineXCoord().getEncoded()),
                Bytes.wrap(half.getQ().getAffineYCoord().getEncoded()));
    }

    @Override
    public SignatureAlgorithm algorithm() {
        return SignatureAlgorithm.SM2;
    }

    @Override
    public byte[] sign(byte[] message) {
        byte[] e = Sm3.of(z, Bytes.wrap(message)).toArray();
        HMacDSAKCalculator nonces = new HMacDSAKCalculator(new SM3Digest());
        nonces.init(N, key.getD(), e);
        Optional<byte[]> signature = Optional.empty();
        while (signature.isEmpty()) { // a second time with a chance of one in 2^255
            signature = sign(new BigInteger(1, e), nonces.nextK());
        }
        return signature.get();
    }

    /** With this k; empty if it does not do. */
    Optional<byte[]> sign(BigInteger e, BigInteger k) {
        BigInteger x1 = new FixedPointCombMultiplier()
                .multiply(Curve.SM2.domain().getG(), k)
                .normalize()
                .getAffineXCoord()
                .toBigInteger();
        BigInteger r = e.add(x1).mod(N);
        if (r.signum() == 0 || r.add(k).equals(N)) {
            return Optional.empty();
        }
        BigInteger d = key.getD();
        BigInteger inverse = BigIntegers.modOddInverse(N, d.add(BigInteger.ONE));
        BigInteger s = inverse.multiply(k.subtract(r.multiply(d)).mod(N)).mod(N);
        if (s.signum() == 0) {
            return Optional.empty();
        }
        byte[] signature = new byte[SignatureAlgorithm.SIGNATURE_BYTES];
        BigIntegers.asUnsignedByteArray(r, signature, 0, HALF);
        BigIntegers.asUnsignedByteArray(s, signature, HALF, HALF);
        return Optional.of(signature);
    }

    @Override
    public String toString() {
        return "SM2 key " + keyId; // never the key itself
    }
}
