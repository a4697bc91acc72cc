package dev.tocsin.simulator.centre.coap;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tocsin.sdk.port.Clock;
import dev.tocsin.simulator.centre.Audit;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An audit in a text file: one line each, with the time in UTC; written at once, not synced. Any thread. */
final class AuditFile implements Audit, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AuditFile.class);

    private final Path file;
    private final Clock clock;
    private final BufferedWriter writer;
    private boolean troubled;

    AuditFile(Path file, Clock clock) throws IOException {
        this.file = file;
        this.clock = clock;
        this.writer = Files.newBufferedWriter(file, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Override
    public synchronized void line(String text) {
        try {
            writer.write(clock.wallTime().truncatedTo(ChronoUnit.MILLIS) + " " + text + "\n");
            writer.flush();
            troubled = false;
        } catch (IOException e) {
            if (!troubled) {
                troubled = true;
                LOG.error("The audit file {} cannot be written: {}", file, e.getMessage());
            }
        }
    }

    @Override
    public synchronized void close() throws IOException {
        writer.close();
    }
}
