package dev.tocsin.simulator.fuzz;

import dev.tocsin.sdk.journal.Item;
import dev.tocsin.sdk.journal.Journal;
import dev.tocsin.sdk.journal.Limits;
import dev.tocsin.sdk.port.Storage;
import dev.tocsin.simulator.fuzz.FuzzTarget.Feeding;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Opens a journal on what is fed: the first byte says how many 256ths of the rest are the first copy of its generation, what
 * follows is the second. Then boots it, as a device does.
 */
final class JournalFiles implements Feeding {

    private static final String FIRST = "journal-0000000001.a";
    private static final String SECOND = "journal-0000000001.b";

    @Override
    public void feed(byte[] input) {
        if (input.length == 0) {
            return;
        }
        int split = 1 + (input.length - 1) * (input[0] & 0xFF) / 255;
        Map<String, byte[]> files = new TreeMap<>();
        files.put(FIRST, Arrays.copyOfRange(input, 1, split));
        files.put(SECOND, Arrays.copyOfRange(input, split, input.length));
        Journal journal = Journal.open(new Medium(files), (delayNs, task) -> () -> {}, Limits.DEFAULT, new Deaf());
        long boot = journal.boot(() -> {});
        if (boot < 1) {
            throw new AssertionError("boot " + boot);
        }
    }

    private static final class Deaf implements Journal.Listener {
        @Override
        public void trouble(Optional<String> why) {}

        @Override
        public void evicted(Item item) {}
    }

    /** Reads; takes what is written, and loses it. */
    private record Medium(Map<String, byte[]> files) implements Storage {
        @Override
        public List<String> list() {
            return List.copyOf(files.keySet());
        }

        @Override
        public byte[] read(String name) throws IOException {
            byte[] file = files.get(name);
            if (file == null) {
                throw new FileNotFoundException(name);
            }
            return file.clone();
        }

        @Override
        public void append(String name, byte[] bytes) {}

        @Override
        public void sync(String name, Consumer<SyncResult> done) {}

        @Override
        public void delete(String name) {}

        @Override
        public void close() {}
    }
}
