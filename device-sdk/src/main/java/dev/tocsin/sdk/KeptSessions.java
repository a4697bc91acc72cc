package dev.tocsin.sdk;

import dev.tocsin.sdk.journal.StateFile;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.Keepsake;
import dev.tocsin.sdk.port.Storage;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A device's sessions beside its journal. Read once on any thread, and from then on the event loop's. */
final class KeptSessions implements Keepsake {

    private static final Logger LOG = LoggerFactory.getLogger(KeptSessions.class);

    private static final String NAME = "sessions";

    private final StateFile file;

    KeptSessions(Storage storage) {
        this.file = new StateFile(storage, NAME);
    }

    /** Removes what was kept before: whoever wants none kept wants no secrets lying there either. Blocks. */
    static void remove(Storage storage) throws IOException {
        StateFile.remove(storage, NAME);
    }

    @Override
    public Optional<Bytes> read() throws IOException {
        return file.read();
    }

    @Override
    public void write(Bytes content) {
        file.write(content, kept -> {
            if (!kept) {
                LOG.info("The sessions could not be kept: the next start makes full handshakes");
            }
        });
    }
}
