package dev.tocsin.sdk.codec;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.Signer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** CBOR (RFC 8949) and COSE_Sign1 (RFC 9052) written byte by byte, so that no library agrees with itself only. */
final class Wire {

    private Wire() {}

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static byte[] hex(String hex) {
        return Bytes.ofHex(hex.replace(" ", "")).toArray();
    }

    /** A byte string. */
    static byte[] bstr(byte[] bytes) {
        return join(head(0x40, bytes.length), bytes);
    }

    /** A text string. */
    static byte[] tstr(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return join(head(0x60, bytes.length), bytes);
    }

    /** The shortest head of a major type with that argument. */
    static byte[] head(int major, int argument) {
        if (argument < 24) {
            return new byte[] {(byte) (major | argument)};
        }
        return argument < 256
                ? new byte[] {(byte) (major | 24), (byte) argument}
                : new byte[] {(byte) (major | 25), (byte) (argument >> 8), (byte) argument};
    }

    /** {1: alg, 4: kid, 16: typ}; alg as its encoded byte: 0x32 is -19, 0x28 is -9, 0x27 is -8, 0x26 is -7. */
    static byte[] protectedHeader(int alg, Bytes kid, String typ) {
        return join(hex("a3 01"), new byte[] {(byte) alg}, hex("04"), bstr(kid.toArray()), hex("10"), tstr(typ));
    }

    /** The bytes that are signed. */
    static byte[] toBeSigned(byte[] protectedHeader, byte[] payload) {
        return join(hex("84"), tstr("Signature1"), bstr(protectedHeader), hex("40"), bstr(payload));
    }

    /** Tagged, with an empty unprotected header. */
    static byte[] sign1(byte[] protectedHeader, byte[] payload, byte[] signature) {
        return join(hex("d2 84"), bstr(protectedHeader), hex("a0"), bstr(payload), bstr(signature));
    }

    /** A whole envelope around a protected header of any kind. */
    static Bytes signed(byte[] protectedHeader, byte[] payload, Signer signer) {
        return Bytes.wrap(sign1(protectedHeader, payload, signer.sign(toBeSigned(protectedHeader, payload))));
    }
}
