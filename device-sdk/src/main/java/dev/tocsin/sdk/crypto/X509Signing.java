package dev.tocsin.sdk.crypto;

import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.port.Signer;
import dev.tocsin.sdk.port.Verifier;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.operator.ContentSigner;

/** Our signatures as X.509 and PKCS#10 write them: ECDSA and SM2 in DER (RFC 5758, GM/T 0015), Ed25519 as it is (RFC 8410). */
final class X509Signing {

    private X509Signing() {}

    static AlgorithmIdentifier identifier(SignatureAlgorithm algorithm) {
        return new AlgorithmIdentifier(oid(algorithm));
    }

    private static ASN1ObjectIdentifier oid(SignatureAlgorithm algorithm) {
        return switch (algorithm) {
            case ED25519 -> EdECObjectIdentifiers.id_Ed25519;
            case ES256 -> X9ObjectIdentifiers.ecdsa_with_SHA256;
            case SM2 -> GMObjectIdentifiers.sm2sign_with_sm3;
        };
    }

    /** Signs what the library writes; the same bytes get the same signature. */
    static ContentSigner pen(Signer signer) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        return new ContentSigner() {
            @Override
            public AlgorithmIdentifier getAlgorithmIdentifier() {
                return identifier(signer.algorithm());
            }

            @Override
            public OutputStream getOutputStream() {
                return content;
            }

            @Override
            public byte[] getSignature() {
                byte[] plain = signer.sign(content.toByteArray());
                return signer.algorithm() == SignatureAlgorithm.ED25519
                        ? plain
                        : DerSignature.ofPlain(signer.algorithm(), plain);
            }
        };
    }

    /** Whether a signature is this key's, under the algorithm that goes with the key and no other. */
    static boolean verify(Verifier key, AlgorithmIdentifier algorithm, byte[] content, byte[] signature) {
        if (!algorithm.getAlgorithm().equals(oid(key.algorithm()))) {
            return false;
        }
        Optional<byte[]> plain = key.algorithm() == SignatureAlgorithm.ED25519
                ? Optional.of(signature)
                : DerSignature.toPlain(key.algorithm(), signature);
        return plain.isPresent() && key.verify(content, plain.get());
    }
}
