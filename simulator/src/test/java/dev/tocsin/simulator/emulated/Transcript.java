package dev.tocsin.simulator.emulated;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * QEMU's side of an exchange that was recorded: {@code > } what is said to it, {@code < } what it says. What comes before the
 * first word to it is told by {@link #begin}.
 */
final class Transcript implements LineOut {

    private final Deque<String> rest = new ArrayDeque<>();
    private Consumer<String> client = line -> {};

    private Transcript() {}

    /** From the tests' resources. */
    static Transcript recorded(String name) throws IOException {
        Transcript transcript = new Transcript();
        try (InputStream in = Transcript.class.getResourceAsStream("/emulated/" + name)) {
            assertThat(in).as(name).isNotNull();
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(transcript.rest::add);
        }
        return transcript;
    }

    /** Whose lines are told from now on. */
    void begin(Consumer<String> lines) {
        client = lines;
        tell();
    }

    @Override
    public void send(String line) {
        assertThat("> " + line).isEqualTo(rest.poll());
        tell();
    }

    boolean isOver() {
        return rest.isEmpty();
    }

    private void tell() {
        for (String line = rest.peek(); line != null && line.startsWith("< "); line = rest.peek()) {
            rest.remove();
            client.accept(line.substring(2));
        }
    }
}
