package dev.tocsin.sdk.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What a label lets a device prove to the authority, and the authority to the device: good for one enrolment.
 *
 * <p>As text, on the label and in its QR code: {@code TOCSIN:<device>:<secret>:<authority>:<check>}, the last three in
 * Crockford's base 32 (26, 52 and 4 digits), the check over all before it, so that a slip of the pen is told as one.
 *
 * @param device whose it is
 * @param secret 16 bytes that only the label and the authority know; never sent
 * @param authority SHA-256 of the authority's certificate in DER: whom the device believes
 */
public record EnrolmentClaim(String device, Bytes secret, Bytes authority) {

    /** Bytes of the secret: 128 bits. */
    public static final int SECRET_BYTES = 16;

    private static final int FINGERPRINT_BYTES = 32;
    private static final int CHECK_DIGITS = 4;
    private static final String SCHEME = "TOCSIN";

    /** Checks the sizes. */
    public EnrolmentClaim {
        if (!AlarmId.isDeviceId(device)) {
            throw new IllegalArgumentException("not a device id: " + device);
        }
        if (secret.size() != SECRET_BYTES || authority.size() != FINGERPRINT_BYTES) {
            throw new IllegalArgumentException("a claim has " + SECRET_BYTES + " and " + FINGERPRINT_BYTES + " bytes");
        }
    }

    /** How reading a label went. */
    public sealed interface Reading {
        /** It is a claim. */
        record Read(EnrolmentClaim claim) implements Reading {}

        /** It is none. */
        record Unreadable(String why) implements Reading {}
    }

    /** The text on the label. */
    public String text() {
        String body = body();
        return body + ":" + check(body);
    }

    /** Reads a label's text; upper and lower case, and dashes or spaces within a group, do not matter. */
    public static Reading parse(String text) {
        String[] parts = text.strip().split(":", -1);
        if (parts.length != 5 || !parts[0].equalsIgnoreCase(SCHEME)) {
            return new Reading.Unreadable(
                    "not the code of a label: it looks like " + SCHEME + ":school-007/button-3:…:…:…, five parts");
        }
        if (!AlarmId.isDeviceId(parts[1])) {
            return new Reading.Unreadable("'" + parts[1] + "' on the label is no device id");
        }
        Optional<Bytes> secret = Base32.read(parts[2], SECRET_BYTES);
        Optional<Bytes> authority = Base32.read(parts[3], FINGERPRINT_BYTES);
        if (secret.isEmpty() || authority.isEmpty()) {
            return new Reading.Unreadable("the " + (secret.isEmpty() ? "third" : "fourth") + " part of the label has "
                    + (secret.isEmpty() ? Base32.digits(SECRET_BYTES) : Base32.digits(FINGERPRINT_BYTES))
                    + " letters and digits, none of them U; this one is mistyped");
        }
        EnrolmentClaim claim = new EnrolmentClaim(parts[1], secret.get(), authority.get());
        return check(claim.body()).equals(Base32.plain(parts[4]))
                ? new Reading.Read(claim)
                : new Reading.Unreadable("the label is mistyped: its last four signs do not match the others");
    }

    private String body() {
        return SCHEME + ":" + device + ":" + Base32.of(secret) + ":" + Base32.of(authority);
    }

    private static String check(String body) {
        Bytes digest = Bytes.wrap(body.getBytes(StandardCharsets.UTF_8)).sha256();
        return Base32.of(Bytes.wrap(Arrays.copyOf(digest.readOnlyArray(), 3))).substring(0, CHECK_DIGITS);
    }

    /** Never the secret. */
    @Override
    public String toString() {
        return "claim of " + device + " at " + authority.hex().substring(0, 16).toLowerCase(Locale.ROOT);
    }
}
