package dev.tocsin.sdk.update;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.Storage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One payload on its way into a slot. It is kept in parts, each in a file of its own that is written once, with a checksum
 * at its end, and synced; after a power cut the sound parts from the start on are there, and nothing else counts. From the
 * parts the program is put together, and its digest held against the manifest's. All names have the payload's digest in
 * them, so that nothing of another payload is ever taken for this one's.
 *
 * <p>Reads block: its event loop is not a device's.
 */
final class Staging {

    /** Beginning of the name under which the launcher finds a program: the digest in hexadecimal digits follows. */
    static final String PROGRAM = "program.";

    private static final String MANIFEST = "manifest.";
    private static final String PART = "part.";
    private static final int CHECK_BYTES = 8;

    private final Storage slot;
    private final Bytes sha256;
    private final long payloadBytes;
    private final int partBytes;
    private final ByteArrayOutputStream part = new ByteArrayOutputStream();
    private int parts;

    /**
     * @param slot the folder of a slot that does not run
     * @param sha256 the payload's
     * @param partBytes how much is kept at once; at most so much is fetched again after a power cut
     */
    Staging(Storage slot, Bytes sha256, long payloadBytes, int partBytes) {
        this.slot = slot;
        this.sha256 = sha256;
        this.payloadBytes = payloadBytes;
        this.partBytes = partBytes;
    }

    /** The manifest that a slot's download was begun for, if one is there, whole or not. Blocks. */
    static Optional<Bytes> manifest(Storage slot) {
        try {
            List<String> names = slot.list();
            for (String name : names) {
                if (name.startsWith(MANIFEST)) {
                    return Optional.of(Bytes.wrap(slot.read(name)));
                }
            }
        } catch (IOException e) {
            // then nothing is resumed
        }
        return Optional.empty();
    }

    /** Empties a slot. */
    static void clear(Storage slot) throws IOException {
        slot.list().forEach(slot::delete);
    }

    /**
     * Begins, or goes on: throws away what is not of this payload and keeps what is sound. Blocks.
     *
     * @param manifest kept, so that a restart knows what to go on with
     * @param done told on the event loop, with what went wrong
     */
    void begin(Bytes manifest, Consumer<Optional<String>> done) {
        String name = MANIFEST + sha256.hex();
        boolean there = false;
        try {
            List<String> names = slot.list();
            there = names.contains(name) && Bytes.wrap(slot.read(name)).equals(manifest);
            parts = there ? soundParts(names) : 0;
            for (String file : names) {
                if (!(there && (file.equals(name) || isSound(file)))) {
                    slot.delete(file);
                }
            }
        } catch (IOException e) {
            done.accept(Optional.of("the slot cannot be read: " + e.getMessage()));
            return;
        }
        part.reset();
        if (!there) {
            slot.append(name, manifest.toArray());
        }
        slot.sync(name, result -> done.accept(failure(result)));
    }

    private boolean isSound(String file) {
        String prefix = PART + sha256.hex() + ".";
        return file.startsWith(prefix) && file.compareTo(partName(parts)) < 0;
    }

    private int soundParts(List<String> names) throws IOException {
        int sound = 0;
        while (names.contains(partName(sound)) && content(sound).isPresent()) {
            sound++;
        }
        return sound;
    }

    private String partName(int number) {
        return PART + sha256.hex() + "." + String.format("%06d", number);
    }

    private int sizeOf(int number) {
        return (int) Math.min(partBytes, payloadBytes - (long) number * partBytes);
    }

    private Optional<byte[]> content(int number) throws IOException {
        byte[] file = slot.read(partName(number));
        int size = sizeOf(number);
        if (size <= 0 || file.length != size + CHECK_BYTES) {
            return Optional.empty();
        }
        byte[] content = Arrays.copyOf(file, size);
        boolean sound = Arrays.equals(check(content), Arrays.copyOfRange(file, size, file.length));
        return sound ? Optional.of(content) : Optional.empty();
    }

    private static byte[] check(byte[] content) {
        return Arrays.copyOf(Bytes.wrap(content).sha256().readOnlyArray(), CHECK_BYTES);
    }

    /** How much of the payload is here, bytes; what is not yet on the medium included. */
    long bytes() {
        return Math.min(payloadBytes, (long) parts * partBytes) + part.size();
    }

    /** Whether all of it is on the medium. */
    boolean isWhole() {
        return part.size() == 0 && bytes() == payloadBytes;
    }

    /**
     * Takes what comes next.
     *
     * @param done told once it may go on: at once, or when a part is on the medium; with what went wrong
     */
    void take(Bytes bytes, Consumer<Optional<String>> done) {
        part.writeBytes(bytes.readOnlyArray());
        if (part.size() < sizeOf(parts)) {
            done.accept(Optional.empty());
            return;
        }
        byte[] content = part.toByteArray();
        String name = partName(parts);
        slot.append(name, content);
        slot.append(name, check(content));
        slot.sync(name, result -> {
            if (result instanceof Storage.SyncResult.Synced) {
                part.reset();
                parts++;
            }
            done.accept(failure(result));
        });
    }

    /**
     * Puts the program together.
     *
     * @param done told on the event loop: whether the digest is right, or what went wrong
     */
    void assemble(Consumer<Assembled> done) {
        String name = PROGRAM + sha256.hex();
        slot.delete(name);
        append(name, 0, newDigest(), done);
    }

    private void append(String name, int number, MessageDigest digest, Consumer<Assembled> done) {
        if (number == parts) {
            done.accept(
                    Bytes.wrap(digest.digest()).equals(sha256) ? new Assembled.Good() : new Assembled.WrongDigest());
            return;
        }
        Optional<byte[]> content;
        try {
            content = content(number);
        } catch (IOException e) {
            done.accept(new Assembled.Failed("part " + number + " cannot be read: " + e.getMessage()));
            return;
        }
        if (content.isEmpty()) {
            done.accept(new Assembled.Failed("part " + number + " is damaged on the medium"));
            return;
        }
        digest.update(content.get());
        slot.append(name, content.get());
        slot.sync(name, result -> {
            Optional<String> failure = failure(result);
            if (failure.isPresent()) {
                done.accept(new Assembled.Failed(failure.get()));
            } else {
                append(name, number + 1, digest, done);
            }
        });
    }

    /** Forgets the parts: the program is in place and the boot record says so. */
    void tidy() {
        try {
            for (String name : slot.list()) {
                if (!name.equals(PROGRAM + sha256.hex())) {
                    slot.delete(name);
                }
            }
        } catch (IOException e) {
            // they take room until the next update
        }
    }

    /** What came of putting it together. */
    sealed interface Assembled {
        record Good() implements Assembled {}

        record WrongDigest() implements Assembled {}

        record Failed(String why) implements Assembled {}
    }

    private static Optional<String> failure(Storage.SyncResult result) {
        return result instanceof Storage.SyncResult.Synced ? Optional.empty() : Optional.of(BootRecords.why(result));
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
