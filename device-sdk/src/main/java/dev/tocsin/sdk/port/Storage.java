package dev.tocsin.sdk.port;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * A folder of append-only files. Reading blocks and is meant for start-up; writing never blocks: it is queued, in order,
 * and told about through {@link #sync}. Called on the device's event loop; callbacks come on the event loop.
 */
public interface Storage extends AutoCloseable {

    /** Names of the files there, sorted. Blocks. */
    List<String> list() throws IOException;

    /** The whole of a file. Blocks. */
    byte[] read(String name) throws IOException;

    /** Queues bytes for the end of a file, which is made if it is not there. */
    void append(String name, byte[] bytes);

    /**
     * Asks for everything appended to the file before this call to be durable, its name in the folder included.
     *
     * @param done called once, later, on the event loop. Unless it says {@link SyncResult.Synced}, any part of what was
     *     appended since the last successful sync may be missing, and the file should not be written any more.
     */
    void sync(String name, Consumer<SyncResult> done);

    /**
     * A hint that so many bytes will be appended to a file that is there: a medium that makes room for them beforehand syncs
     * them sooner. Where it does, a file that was not let go of by {@link #close} reads with zeros behind what was appended,
     * at most so many.
     *
     * @param bytes behind all that was appended before this call
     */
    default void reserve(String name, int bytes) {}

    /** Queues the removal of a file. Removing what is not there is no error. */
    void delete(String name);

    /** Finishes what is queued and lets go of the folder. */
    @Override
    void close();

    /** How a sync ended. */
    sealed interface SyncResult {
        /** It is on the medium. */
        record Synced() implements SyncResult {}

        /** The medium is full. */
        record Full() implements SyncResult {}

        /** The medium failed. */
        record Failed(String why) implements SyncResult {}
    }
}
