package dev.tocsin.simulator.emulated;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what a board writes to its serial line. Only whole lines count: where the power was cut in the middle of one, the
 * rest of it might have said something else.
 */
final class ConsoleReader {

    /** As systemd's journal forwards it: time since boot, who, process, text. */
    private static final Pattern JOURNAL = Pattern.compile("\\[ *[0-9.]+] ([A-Za-z0-9_.@-]+)\\[[0-9]+]: (.*)");

    private static final int MAX_LINE = 4_096;

    /**
     * A line of the board's journal.
     *
     * @param who the program's name
     * @param text what it said
     */
    record Said(String who, String text) {}

    private ConsoleReader() {}

    /** Tells of each whole line, without its end, until the stream ends. */
    static void read(InputStream in, Consumer<String> lines) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') {
                lines.accept(line.toString(StandardCharsets.UTF_8).stripTrailing());
                line.reset();
            } else if (line.size() < MAX_LINE) {
                line.write(b);
            }
        }
    }

    /** What a line of the journal says; as of nobody where it is none. */
    static Said said(String line) {
        Matcher journal = JOURNAL.matcher(line);
        return journal.matches() ? new Said(journal.group(1), journal.group(2)) : new Said("", line);
    }
}
