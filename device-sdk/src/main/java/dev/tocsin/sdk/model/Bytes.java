package dev.tocsin.sdk.model;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** An immutable run of bytes, equal by content. Safe to share between threads. */
public final class Bytes {

    /** No bytes. */
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] value;
    private @Nullable Bytes sha256; // worked out when first asked for, by whoever comes first: the same for all

    private Bytes(byte[] value) {
        this.value = value;
    }

    /** Copies the bytes given. */
    public static Bytes copyOf(byte... bytes) {
        return new Bytes(bytes.clone());
    }

    /** Takes the array over without a copy: the caller must not touch it again. */
    public static Bytes wrap(byte[] bytes) {
        return new Bytes(bytes);
    }

    /** Reads hexadecimal digits, two a byte. */
    public static Bytes ofHex(String hex) {
        return new Bytes(HexFormat.of().parseHex(hex));
    }

    /** Number of bytes. */
    public int size() {
        return value.length;
    }

    /** A copy of the bytes. */
    public byte[] toArray() {
        return value.clone();
    }

    /** The bytes themselves, for readers who promise not to write. Spares the copy on the alarm's path. */
    @SuppressWarnings("EI_EXPOSE_REP")
    public byte[] readOnlyArray() {
        return value;
    }

    /** SHA-256 (FIPS 180-4) over the bytes, 32 bytes. */
    public Bytes sha256() {
        Bytes known = sha256;
        if (known == null) {
            known = hashed();
            sha256 = known;
        }
        return known;
    }

    private Bytes hashed() {
        try {
            return new Bytes(MessageDigest.getInstance("SHA-256").digest(value));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Lower-case hexadecimal digits. */
    public String hex() {
        return HexFormat.of().formatHex(value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes b && Arrays.equals(value, b.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return value.length <= 16 ? hex() : size() + " bytes " + HexFormat.of().formatHex(value, 0, 16) + "…";
    }
}
