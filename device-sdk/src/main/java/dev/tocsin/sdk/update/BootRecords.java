package dev.tocsin.sdk.update;

import dev.tocsin.sdk.port.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps the boot record: each generation in two files, {@code boot.N.1} and {@code boot.N.2}, the second written once the
 * first is on the medium, and the generation before removed once both are. So there is a whole record at every instant, and
 * a file is never written twice. The launcher counts its tries of a generation as bytes of {@code tries.N}.
 *
 * <p>A record counts from its first copy on: what was lost before it was synced was never told to anyone.
 */
final class BootRecords {

    private static final String RECORD = "boot.";
    private static final String TRIES = "tries.";

    private final Storage storage;
    private BootState state;
    private long highestNumber;

    private BootRecords(Storage storage, BootState state, long highestNumber) {
        this.storage = storage;
        this.state = state;
        this.highestNumber = highestNumber;
    }

    /**
     * Reads what is there. Blocks.
     *
     * @throws IOException if the folder cannot be read
     */
    static BootRecords open(Storage storage) throws IOException {
        Optional<BootState> best = Optional.empty();
        long highest = 0;
        for (String name : storage.list()) {
            highest = Math.max(highest, number(name));
            if (name.startsWith(RECORD)) {
                Optional<BootState> read = read(storage, name);
                if (read.isPresent()
                        && read.get().generation()
                                > best.map(BootState::generation).orElse(-1L)) {
                    best = read;
                }
            }
        }
        return new BootRecords(storage, best.orElse(BootState.NEW), highest);
    }

    private static Optional<BootState> read(Storage storage, String name) {
        try {
            return BootState.read(storage.read(name)).filter(state -> state.generation() == number(name));
        } catch (IOException e) {
            return Optional.empty(); // there is another copy
        }
    }

    /** The record that holds. */
    BootState state() {
        return state;
    }

    /** How often the launcher has tried the trial, this start included. Blocks. */
    int tries() {
        try {
            return storage.read(TRIES + state.generation()).length;
        } catch (IOException e) {
            return 0; // it is not there: no try
        }
    }

    /**
     * Writes the next record.
     *
     * @param done told on the event loop: empty when it holds, or why the old one does
     */
    void write(BootState next, Consumer<Optional<String>> done) {
        BootState numbered = next.numbered(++highestNumber);
        String first = RECORD + numbered.generation() + ".1";
        String second = RECORD + numbered.generation() + ".2";
        storage.append(first, numbered.line());
        storage.sync(first, one -> {
            if (!(one instanceof Storage.SyncResult.Synced)) {
                storage.delete(first); // if it stays, it may hold after a restart: whole or not at all
                done.accept(Optional.of(why(one)));
                return;
            }
            state = numbered;
            storage.append(second, numbered.line());
            storage.sync(second, two -> {
                if (two instanceof Storage.SyncResult.Synced) {
                    forgetOlder();
                } // one copy is there, and so is the record before
                done.accept(Optional.empty());
            });
        });
    }

    private void forgetOlder() {
        List<String> old = new ArrayList<>();
        try {
            for (String name : storage.list()) {
                if (number(name) > 0 && number(name) < state.generation()) {
                    old.add(name);
                }
            }
        } catch (IOException e) {
            return; // next time
        }
        old.forEach(storage::delete);
    }

    static String why(Storage.SyncResult result) {
        return switch (result) {
            case Storage.SyncResult.Synced s -> "";
            case Storage.SyncResult.Full f -> "the medium is full";
            case Storage.SyncResult.Failed(String why) -> why;
        };
    }

    /** The generation that a file belongs to; 0 for a file that is none of ours. */
    private static long number(String name) {
        if (!name.startsWith(RECORD) && !name.startsWith(TRIES)) {
            return 0;
        }
        String[] parts = name.split("\\.", -1);
        try {
            return Math.max(0, Long.parseLong(parts[1]));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
