package dev.tocsin.sdk.model;

import java.util.Locale;
import java.util.Optional;

/** Crockford's base 32: read from a label and typed by people. Upper and lower case, I and L for 1, O for 0 are the same. */
final class Base32 {

    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int BITS = 5;

    private Base32() {}

    static int digits(int bytes) {
        return (8 * bytes + BITS - 1) / BITS;
    }

    static String of(Bytes bytes) {
        StringBuilder text = new StringBuilder();
        int held = 0;
        int bits = 0;
        for (byte b : bytes.readOnlyArray()) {
            held = (held << 8) | (b & 0xff);
            for (bits += 8; bits >= BITS; bits -= BITS) {
                text.append(DIGITS.charAt((held >>> (bits - BITS)) & 31));
            }
        }
        if (bits > 0) {
            text.append(DIGITS.charAt((held << (BITS - bits)) & 31));
        }
        return text.toString();
    }

    /** The digits meant. */
    static String plain(String text) {
        return text.toUpperCase(Locale.ROOT)
                .replace("-", "")
                .replace(" ", "")
                .replace('I', '1')
                .replace('L', '1')
                .replace('O', '0');
    }

    /** The bytes; empty if it is not the one way to write so many. Dashes and spaces are left out. */
    static Optional<Bytes> read(String text, int bytes) {
        String digits = plain(text);
        if (digits.length() != digits(bytes)) {
            return Optional.empty();
        }
        byte[] read = new byte[bytes];
        int held = 0;
        int bits = 0;
        int at = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = DIGITS.indexOf(digits.charAt(i));
            if (digit < 0) {
                return Optional.empty();
            }
            held = (held << BITS) | digit;
            bits += BITS;
            if (bits >= 8 && at < bytes) {
                bits -= 8;
                read[at++] = (byte) (held >>> bits);
            }
        }
        boolean clean = (held & ((1 << bits) - 1)) == 0;
        return clean ? Optional.of(Bytes.wrap(read)) : Optional.empty();
    }
}
