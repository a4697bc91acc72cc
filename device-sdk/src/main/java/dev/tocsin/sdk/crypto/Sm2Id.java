package dev.tocsin.sdk.crypto;

import dev.tocsin.sdk.model.Bytes;
import java.nio.charset.StandardCharsets;

/**
 * The name that an SM2 signer signs under (GM/T 0003.2, section 5.5): part of what is signed, so a verifier must know it. It
 * goes with the key. Other algorithms have none.
 *
 * @param bytes 1 to {@value #MAX_BYTES} of them
 */
public record Sm2Id(Bytes bytes) {

    /** Its length is signed in bits, as 16 bits. */
    public static final int MAX_BYTES = 8191;

    /** What everybody uses where nothing else was agreed (GM/T 0009, section 10). */
    public static final Sm2Id DEFAULT = of("1234567812345678");

    /** Checks its length. */
    public Sm2Id {
        if (bytes.size() < 1 || bytes.size() > MAX_BYTES) {
            throw new IllegalArgumentException("an SM2 id has 1 to " + MAX_BYTES + " bytes, not " + bytes.size());
        }
    }

    /**
     * An id as text, in UTF-8.
     *
     * @throws IllegalArgumentException if it is empty or too long
     */
    public static Sm2Id of(String text) {
        return new Sm2Id(Bytes.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
}
