package dev.tocsin.simulator.centre.coap;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tocsin.sdk.port.Clock;
import dev.tocsin.simulator.centre.Audit;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An audit in a text file: one line each, with the time in UTC; written at once, not synced. A file that grew to {@value
 * #LARGEST_MB} MB is put aside as {@code NAME.1}, the one there was as {@code NAME.2} and so on; {@value #KEPT} are kept, so
 * that what floods a centre does not fill its disk. Any thread.
 */
final class AuditFile implements Audit, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AuditFile.class);

    static final int LARGEST_MB = 16;
    static final int KEPT = 9;

    private final Path file;
    private final Clock clock;
    private final long largest;
    private BufferedWriter writer;
    private long size;
    private boolean troubled;

    AuditFile(Path file, Clock clock) throws IOException {
        this(file, clock, LARGEST_MB << 20);
    }

    AuditFile(Path file, Clock clock, long largest) throws IOException {
        this.file = file;
        this.clock = clock;
        this.largest = largest;
        this.writer = open();
    }

    private BufferedWriter open() throws IOException {
        BufferedWriter opened =
                Files.newBufferedWriter(file, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        size = Files.size(file);
        return opened;
    }

    private Path aside(int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }

    /** Where that cannot be done the file grows on, and it is tried again when it has twice the size. */
    private void putAside() throws IOException {
        writer.close();
        try {
            for (int number = KEPT - 1; number > 0; number--) {
                if (Files.exists(aside(number))) {
                    Files.move(aside(number), aside(number + 1), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            Files.move(file, aside(1), StandardCopyOption.REPLACE_EXISTING);
            writer = open();
        } catch (IOException e) {
            LOG.error("The audit file {} cannot be put aside: {}", file, e.getMessage());
            writer = open();
            size = 0;
        }
    }

    @Override
    public synchronized void line(String text) {
        try {
            if (size >= largest) {
                putAside();
            }
            String line = clock.wallTime().truncatedTo(ChronoUnit.MILLIS) + " " + text + "\n";
            writer.write(line);
            writer.flush();
            size += line.length(); // nearly: most of it is ASCII
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
