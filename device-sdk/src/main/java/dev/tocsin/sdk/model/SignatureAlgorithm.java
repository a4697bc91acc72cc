package dev.tocsin.sdk.model;

import java.util.Optional;

/** Signature algorithms by their COSE numbers (RFC 9053, RFC 9864). All give 64 bytes; ECDSA as r || s. */
public enum SignatureAlgorithm {
    /** Ed25519 (RFC 8032); -19 by RFC 9864, the older -8 (EdDSA) is accepted. */
    ED25519(-19, -8),
    /** ECDSA on P-256 with SHA-256; -9 by RFC 9864, the older -7 (ES256) is accepted. */
    ES256(-9, -7);

    /** Length of every signature here, bytes. */
    public static final int SIGNATURE_BYTES = 64;

    private final int coseNumber;
    private final int olderCoseNumber;

    SignatureAlgorithm(int coseNumber, int olderCoseNumber) {
        this.coseNumber = coseNumber;
        this.olderCoseNumber = olderCoseNumber;
    }

    /** The number that is written. */
    public int coseNumber() {
        return coseNumber;
    }

    /** The algorithm of a number read; empty if none of ours. */
    public static Optional<SignatureAlgorithm> ofCoseNumber(long number) {
        for (SignatureAlgorithm a : values()) {
            if (a.coseNumber == number || a.olderCoseNumber == number) {
                return Optional.of(a);
            }
        }
        return Optional.empty();
    }
}
