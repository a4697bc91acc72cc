package dev.tocsin.simulator.county;

import dev.tocsin.sdk.model.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A COSE_Sign1 object by its parts, put together by hand (RFC 9052, section 4.2; RFC 8949, section 3), for nobody makes such
 * ones who has a library.
 *
 * @param header the protected header, encoded
 * @param unprotected the unprotected header, encoded
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and every array is made for it
record Cose(byte[] header, byte[] unprotected, byte[] payload, byte[] signature) {

    private static final byte[] EMPTY_MAP = {(byte) 0xa0};
    private static final int ARRAY_OF_4 = 0x84;
    private static final int TAG_18 = 0xd2;
    private static final int BYTES = 0x40;
    private static final int CONTEXT_BYTES = 1 + 1 + "Signature1".length(); // array, text's head, text
    private static final int ONE_BYTE_LENGTH = 24;
    private static final int TWO_BYTE_LENGTH = 25;

    /** What was signed (RFC 9052, section 4.4), and the signature. */
    static Cose of(byte[] toBeSigned, byte[] signature) {
        ByteBuffer in = ByteBuffer.wrap(toBeSigned).position(CONTEXT_BYTES);
        byte[] header = bytes(in);
        bytes(in); // no external data
        return new Cose(header, EMPTY_MAP, bytes(in), signature.clone());
    }

    Cose withHeader(byte[] other, byte[] unprotectedHeader) {
        return new Cose(other, unprotectedHeader, payload, signature);
    }

    Cose withPayload(byte[] other) {
        return new Cose(header, unprotected, other, signature);
    }

    /** The protected header without its first pair, which is {@code alg}: a map of so many less. */
    byte[] headerWithoutAlgorithm() {
        int algorithmBytes = 1 + numberBytes(header[2]);
        byte[] rest = Arrays.copyOfRange(header, 1 + algorithmBytes, header.length);
        byte[] shorter = new byte[1 + rest.length];
        shorter[0] = (byte) (header[0] - 1);
        System.arraycopy(rest, 0, shorter, 1, rest.length);
        return shorter;
    }

    /** The protected header with another number for {@code alg}, one from -24 to 23. */
    byte[] headerWithAlgorithm(int algorithm) {
        byte[] without = headerWithoutAlgorithm();
        byte[] other = new byte[without.length + 2];
        other[0] = (byte) (without[0] + 1);
        other[1] = 1;
        other[2] = (byte) (algorithm >= 0 ? algorithm : 0x20 | (-1 - algorithm));
        System.arraycopy(without, 1, other, 3, without.length - 1);
        return other;
    }

    /** A map of one pair, as an unprotected header has it. */
    static byte[] mapOf(int label, int value) {
        return new byte[] {(byte) 0xa1, (byte) label, (byte) (value >= 0 ? value : 0x20 | (-1 - value))};
    }

    Bytes bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(TAG_18);
        out.write(ARRAY_OF_4);
        write(out, header);
        out.writeBytes(unprotected);
        write(out, payload);
        write(out, signature);
        return Bytes.wrap(out.toByteArray());
    }

    /** Bytes of a number by its first one. */
    private static int numberBytes(byte first) {
        int more = first & 0x1f;
        return more < ONE_BYTE_LENGTH ? 1 : 1 + (1 << (more - ONE_BYTE_LENGTH));
    }

    private static void write(ByteArrayOutputStream out, byte[] bytes) {
        if (bytes.length < ONE_BYTE_LENGTH) {
            out.write(BYTES | bytes.length);
        } else if (bytes.length <= 0xff) {
            out.write(BYTES | ONE_BYTE_LENGTH);
            out.write(bytes.length);
        } else {
            out.write(BYTES | TWO_BYTE_LENGTH);
            out.write(bytes.length >>> 8);
            out.write(bytes.length);
        }
        out.writeBytes(bytes);
    }

    private static byte[] bytes(ByteBuffer in) {
        int length = in.get() & 0x1f;
        if (length == ONE_BYTE_LENGTH) {
            length = in.get() & 0xff;
        } else if (length == TWO_BYTE_LENGTH) {
            length = in.getShort() & 0xffff;
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }
}
