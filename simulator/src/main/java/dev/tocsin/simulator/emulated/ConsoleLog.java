package dev.tocsin.simulator.emulated;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A board's serial console in a file, all its lives one after the other. Any thread. */
public final class ConsoleLog implements AutoCloseable {

    private final PrintWriter out;

    /** Opens it; a file that is there is added to. */
    public ConsoleLog(Path file) throws IOException {
        out = new PrintWriter(
                Files.newBufferedWriter(
                        file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                true);
    }

    /** Adds a line. */
    public synchronized void line(String line) {
        out.println(line);
    }

    @Override
    public synchronized void close() {
        out.close();
    }
}
