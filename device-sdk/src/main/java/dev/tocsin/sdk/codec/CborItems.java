package dev.tocsin.sdk.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Writes the kinds of CBOR items that a COSE object is made of, each with the shortest head (RFC 8949, section 4.2.1). Made
 * for one object, whose size is known: a general generator costs a signature more memory than what it signs.
 */
final class CborItems {

    /** Longest head of an item, bytes. */
    static final int HEAD_BYTES = 5;

    private static final int UNSIGNED = 0;
    private static final int NEGATIVE = 1;
    private static final int BYTES = 2;
    private static final int TEXT = 3;
    private static final int ARRAY = 4;
    private static final int MAP = 5;
    private static final int TAG = 6;

    private final ByteBuffer out;

    /** @param room bytes that it may become, {@value #HEAD_BYTES} for each item's head and what follows it */
    CborItems(int room) {
        out = ByteBuffer.allocate(room);
    }

    CborItems tag(int number) {
        return head(TAG, number);
    }

    /** So many items follow. */
    CborItems array(int items) {
        return head(ARRAY, items);
    }

    /** So many pairs follow. */
    CborItems map(int pairs) {
        return head(MAP, pairs);
    }

    CborItems number(int value) {
        return value < 0 ? head(NEGATIVE, -1 - value) : head(UNSIGNED, value);
    }

    CborItems bytes(byte[] value) {
        head(BYTES, value.length);
        out.put(value);
        return this;
    }

    CborItems text(String value) {
        byte[] utf8 = value.getBytes(UTF_8);
        head(TEXT, utf8.length);
        out.put(utf8);
        return this;
    }

    byte[] toArray() {
        return Arrays.copyOf(out.array(), out.position());
    }

    private CborItems head(int major, int argument) {
        int type = major << 5;
        if (argument < 24) {
            out.put((byte) (type | argument));
        } else if (argument <= 0xFF) {
            out.put((byte) (type | 24)).put((byte) argument);
        } else if (argument <= 0xFFFF) {
            out.put((byte) (type | 25)).putShort((short) argument);
        } else {
            out.put((byte) (type | 26)).putInt(argument);
        }
        return this;
    }
}
