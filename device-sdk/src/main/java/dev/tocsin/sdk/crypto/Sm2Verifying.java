package dev.tocsin.sdk.crypto;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.port.Verifier;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithID;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.SM2Signer;

/**
 * SM2 with SM3 (GM/T 0003.2, section 7); r || s, 32 bytes each, both from 1 to the order less 1. Unlike ECDSA's, a signature
 * cannot be turned into another one of the same message.
 */
record Sm2Verifying(ECPublicKeyParameters key, Bytes keyId, Sm2Id id) implements Verifier {

    @Override
    public SignatureAlgorithm algorithm() {
        return SignatureAlgorithm.SM2;
    }

    @Override
    public boolean verify(byte[] message, byte[] signature) {
        if (signature.length != SignatureAlgorithm.SIGNATURE_BYTES) {
            return false;
        }
        SM2Signer verifier = new SM2Signer(PlainDSAEncoding.INSTANCE, new SM3Digest());
        verifier.init(false, new ParametersWithID(key, id.bytes().toArray()));
        verifier.update(message, 0, message.length);
        return verifier.verifySignature(signature);
    }
}
