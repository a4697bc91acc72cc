package dev.tocsin.sdk.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A centre's word on what program a kind of device shall run: the elements of SUIT's information model (RFC 9124, section
 * 3) that one program in one file needs. Whether a device takes it is for the device to judge.
 *
 * @param centre id of the centre that says so, and that serves the payload
 * @param sequence rises with each manifest of this centre, whatever the version (monotonic sequence number); 1 or more
 * @param vendor whose device it is for: a UUID, 16 bytes
 * @param deviceClass which class of that vendor's devices: a UUID, 16 bytes
 * @param version of the payload
 * @param payloadSha256 SHA-256 over the payload, 32 bytes
 * @param payloadBytes its size; 1 to {@link #MAX_PAYLOAD_BYTES}
 * @param downgrade whether an older version than the running one is meant
 * @param from the lowest version that it may be installed over
 * @param precursorSha256 the payload that must be the running one
 * @param needs what the device must have (dependencies), by name, in at least that version: {@code java} is one
 * @param text for people: what is new
 */
public record UpdateManifest(
        String centre,
        long sequence,
        Bytes vendor,
        Bytes deviceClass,
        ProgramVersion version,
        Bytes payloadSha256,
        long payloadBytes,
        boolean downgrade,
        Optional<ProgramVersion> from,
        Optional<Bytes> precursorSha256,
        Map<String, ProgramVersion> needs,
        String text) {

    /** Largest payload, bytes. */
    public static final long MAX_PAYLOAD_BYTES = 256L << 20;

    /** Most things that may be needed. */
    public static final int MAX_NEEDS = 8;

    /** Longest text, bytes of UTF-8. */
    public static final int MAX_TEXT_BYTES = 400;

    /** Longest name of a centre or of something needed, bytes. */
    public static final int MAX_NAME_BYTES = 64;

    private static final UUID DNS = UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

    public UpdateManifest {
        Bounds.check("centre", centre, MAX_NAME_BYTES);
        Bounds.check("text", text, MAX_TEXT_BYTES);
        if (sequence < 1) {
            throw new IllegalArgumentException("a sequence number of 1 or more, not " + sequence);
        }
        if (vendor.size() != 16 || deviceClass.size() != 16) {
            throw new IllegalArgumentException("vendor and class are UUIDs of 16 bytes");
        }
        if (payloadSha256.size() != 32 || precursorSha256.map(Bytes::size).orElse(32) != 32) {
            throw new IllegalArgumentException("a SHA-256 of 32 bytes");
        }
        if (payloadBytes < 1 || payloadBytes > MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException(
                    "a payload of 1 to " + MAX_PAYLOAD_BYTES + " bytes, not " + payloadBytes);
        }
        if (needs.size() > MAX_NEEDS) {
            throw new IllegalArgumentException("more than " + MAX_NEEDS + " things are needed");
        }
        needs.keySet().forEach(name -> Bounds.check("name", name, MAX_NAME_BYTES));
        needs = Collections.unmodifiableSortedMap(new TreeMap<>(needs));
    }

    /** Names vendors and classes as RFC 9124 asks: UUIDs of version 5 (RFC 9562, section 5.5). */
    public static final class Ids {

        private Ids() {}

        /** A vendor, by the domain name it owns. */
        public static Bytes vendor(String domain) {
            return v5(bytes(DNS), domain);
        }

        /** A class of a vendor's devices, such as {@code tocsin-firmware/aarch64}. */
        public static Bytes deviceClass(Bytes vendor, String name) {
            return v5(vendor.toArray(), name);
        }

        /** What vendor there is a program of in this project. */
        public static final Bytes TOCSIN = vendor("tocsin.dev");

        private static byte[] bytes(UUID id) {
            return ByteBuffer.allocate(16)
                    .putLong(id.getMostSignificantBits())
                    .putLong(id.getLeastSignificantBits())
                    .array();
        }

        private static Bytes v5(byte[] namespace, String name) {
            try {
                MessageDigest sha1 = MessageDigest.getInstance("SHA-1"); // a name, not a proof: as the RFC has it
                sha1.update(namespace);
                byte[] id = Arrays.copyOf(sha1.digest(name.getBytes(UTF_8)), 16);
                id[6] = (byte) ((id[6] & 0x0F) | 0x50);
                id[8] = (byte) ((id[8] & 0x3F) | 0x80);
                return Bytes.wrap(id);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-1", e);
            }
        }
    }
}
