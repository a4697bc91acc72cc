package dev.tocsin.sdk.crypto;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.port.Verifier;
import java.math.BigInteger;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;

/** ECDSA on P-256 with SHA-256; r || s, 32 bytes each (RFC 9053, section 2.1). */
record P256Verifying(ECPublicKeyParameters key, Bytes keyId) implements Verifier {

    private static final int HALF = SignatureAlgorithm.SIGNATURE_BYTES / 2;

    @Override
    public SignatureAlgorithm algorithm() {
        return SignatureAlgorithm.ES256;
    }

    @Override
    public boolean verify(byte[] message, byte[] signature) {
        if (signature.length != SignatureAlgorithm.SIGNATURE_BYTES) {
            return false;
        }
        ECDSASigner verifier = new ECDSASigner();
        verifier.init(false, key);
        return verifier.verifySignature(
                P256Signing.sha256(message),
                new BigInteger(1, signature, 0, HALF),
                new BigInteger(1, signature, HALF, HALF));
    }
}
