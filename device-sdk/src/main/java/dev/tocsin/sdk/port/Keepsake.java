package dev.tocsin.sdk.port;

import dev.tocsin.sdk.model.Bytes;
import java.io.IOException;
import java.util.Optional;

/** Where a small secret is kept over a restart, replaced as a whole. Losing it costs time, never an alarm. */
public interface Keepsake {

    /** Most that is kept, bytes. */
    int MAX_BYTES = 64 << 10;

    /**
     * What was kept last and is whole; empty if there is none. Blocks. Once, before anything is written.
     *
     * @throws IOException if the medium cannot be read
     */
    Optional<Bytes> read() throws IOException;

    /** Keeps it in the place of what was there, later: this never waits. On the device's event loop. */
    void write(Bytes content);
}
