package dev.tocsin.sdk.model;

import java.util.Optional;

/** Signature algorithms by their COSE numbers (RFC 9053, RFC 9864). All give 64 bytes; ECDSA and SM2 as r || s. */
public enum SignatureAlgorithm {
    /** Ed25519 (RFC 8032); -19 by RFC 9864, the older -8 (EdDSA) is accepted. */
    ED25519(-19, -8),
    /** ECDSA on P-256 with SHA-256; -9 by RFC 9864, the older -7 (ES256) is accepted. */
    ES256(-9, -7),
    /**
     * SM2 with SM3 (GM/T 0003.2, GB/T 32918.2). COSE has no number for it; this one is of the range for private use (RFC
     * 9053, section 11.1: below -65536), after the algorithm's object identifier 1.2.156.10197.1.501.
     */
    SM2(-10_197_501, -10_197_501);

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
