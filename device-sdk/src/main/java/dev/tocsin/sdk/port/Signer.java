package dev.tocsin.sdk.port;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.SignatureAlgorithm;

/** A private key that signs. Deterministic: the same message gets the same signature (RFC 8032, RFC 6979; SM2 likewise). */
public interface Signer {

    /** What it signs with. */
    SignatureAlgorithm algorithm();

    /** Names the key: the first 8 bytes of the SHA-256 of its SubjectPublicKeyInfo. */
    Bytes keyId();

    /** Signs; {@value SignatureAlgorithm#SIGNATURE_BYTES} bytes. */
    byte[] sign(byte[] message);
}
