package dev.tocsin.sdk.journal;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.Storage;
import dev.tocsin.sdk.port.Storage.SyncResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * A small state that is replaced as a whole and survives a power cut, the old or the new, beside a journal in its folder.
 * Each replacement is a file of its own (CRC-32C, length, content); the ones before go when it is synced. What is damaged
 * counts as not there. Belongs to the event loop.
 */
public final class StateFile {

    /** Largest content, bytes. */
    public static final int MAX_BYTES = 64 << 10;

    private static final int HEADER_BYTES = 8;

    private final Storage storage;
    private final String name;
    private final Pattern names;
    private final List<String> older = new ArrayList<>();
    private long generation;

    /** @param name letters; the files are called by it and a number */
    public StateFile(Storage storage, String name) {
        this.storage = storage;
        this.name = name;
        this.names = names(name);
    }

    private static Pattern names(String name) {
        return Pattern.compile(Pattern.quote(name) + "-(\\d{10})");
    }

    /**
     * Removes all contents that are there, whole or not. Blocks.
     *
     * @throws IOException if the folder cannot be listed
     */
    public static void remove(Storage storage, String name) throws IOException {
        storage.list().stream().filter(names(name).asMatchPredicate()).forEach(storage::delete);
    }

    /**
     * The newest content that is whole; empty if there is none. Blocks. Once, before anything is written.
     *
     * @throws IOException if the folder cannot be listed
     */
    public Optional<Bytes> read() throws IOException {
        List<String> there = storage.list().stream()
                .filter(file -> names.matcher(file).matches())
                .sorted()
                .toList();
        older.addAll(there);
        Optional<Bytes> newest = Optional.empty();
        for (String file : there) {
            Matcher m = names.matcher(file);
            if (m.matches()) {
                generation = Math.max(generation, Long.parseLong(m.group(1)));
                Optional<Bytes> content = whole(file);
                newest = content.isPresent() ? content : newest;
            }
        }
        return newest;
    }

    private Optional<Bytes> whole(String file) {
        byte[] bytes;
        try {
            bytes = storage.read(file);
        } catch (IOException e) {
            return Optional.empty(); // as good as damaged
        }
        if (bytes.length < HEADER_BYTES) {
            return Optional.empty();
        }
        ByteBuffer header = ByteBuffer.wrap(bytes);
        int crc = header.getInt();
        int length = header.getInt();
        if (length != bytes.length - HEADER_BYTES) {
            return Optional.empty();
        }
        byte[] content = Arrays.copyOfRange(bytes, HEADER_BYTES, bytes.length);
        return crc(content) == crc ? Optional.of(Bytes.wrap(content)) : Optional.empty();
    }

    /**
     * Replaces the content.
     *
     * @param done told once, later, on the event loop: whether it is on the medium. If not, the one before still is
     */
    public void write(Bytes content, Consumer<Boolean> done) {
        if (content.size() > MAX_BYTES) {
            throw new IllegalArgumentException("a state of " + content.size() + " bytes");
        }
        byte[] bytes = content.toArray();
        String file = String.format("%s-%010d", name, ++generation);
        storage.append(
                file,
                ByteBuffer.allocate(HEADER_BYTES + bytes.length)
                        .putInt(crc(bytes))
                        .putInt(bytes.length)
                        .put(bytes)
                        .array());
        List<String> before = List.copyOf(older);
        older.add(file);
        storage.sync(file, result -> {
            boolean kept = result instanceof SyncResult.Synced;
            if (kept) {
                before.stream().filter(older::remove).forEach(storage::delete);
            }
            done.accept(kept);
        });
    }

    private static int crc(byte[] content) {
        CRC32C crc = new CRC32C();
        crc.update(content);
        return (int) crc.getValue();
    }
}
