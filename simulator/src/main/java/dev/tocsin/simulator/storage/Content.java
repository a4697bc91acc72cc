package dev.tocsin.simulator.storage;

import java.util.Arrays;

/** A file's bytes, and how many of them are sure. Zeros at the start take no room: journals keep megabytes of ballast. */
final class Content {

    /** Shorter appends are not looked through for being all zeros. */
    private static final int SPARSE_BYTES = 4096;

    private int zeros;
    private byte[] rest = {};
    private int restLength;
    private int synced;
    private int room;

    Content() {}

    /** All synced. */
    Content(byte[] bytes) {
        append(bytes, bytes.length);
        sync();
    }

    int length() {
        return zeros + restLength;
    }

    /** Bytes at the start that no power cut takes away. */
    int synced() {
        return synced;
    }

    void sync() {
        synced = length();
    }

    /** Makes room behind the end, which programs see only after a power cut, as zeros. */
    void reserve(int bytes) {
        room = Math.max(room, length() + bytes);
    }

    /** As a program finds it that did not let go of it. */
    Content withRoom(int roomOfIt) {
        if (roomOfIt <= length()) {
            return this;
        }
        return new Content(Arrays.copyOf(bytes(), roomOfIt));
    }

    int room() {
        return room;
    }

    void append(byte[] bytes, int count) {
        if (restLength == 0 && count >= SPARSE_BYTES && isZero(bytes, count)) {
            zeros += count;
            return;
        }
        if (restLength + count > rest.length) {
            rest = Arrays.copyOf(rest, Math.max(2 * rest.length, restLength + count));
        }
        System.arraycopy(bytes, 0, rest, restLength, count);
        restLength += count;
    }

    private static boolean isZero(byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    byte[] prefix(int count) {
        byte[] bytes = new byte[count];
        if (count > zeros) {
            System.arraycopy(rest, 0, bytes, zeros, count - zeros);
        }
        return bytes;
    }

    byte[] bytes() {
        return prefix(length());
    }

    void flip(int offset, int mask) {
        byte[] all = bytes();
        all[offset] ^= (byte) mask;
        zeros = 0;
        rest = all;
        restLength = all.length;
    }
}
