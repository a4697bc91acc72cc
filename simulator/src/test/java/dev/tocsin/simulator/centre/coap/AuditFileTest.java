package dev.tocsin.simulator.centre.coap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.system.SystemClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditFileTest {

    /** Room for one line. */
    private static final long LARGEST = 10;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void a_file_that_is_full_is_put_aside_and_the_oldest_goes() throws IOException {
        Path file = folder.resolve("audit.log");
        int lines = AuditFile.KEPT + 5;
        try (AuditFile audit = new AuditFile(file, new SystemClock(), LARGEST)) {
            for (int i = 1; i <= lines; i++) {
                audit.line("line " + i);
            }
        }
        assertThat(words(file)).containsExactly("line " + lines);
        assertThat(words(folder.resolve("audit.log.1"))).containsExactly("line " + (lines - 1));
        assertThat(words(folder.resolve("audit.log." + AuditFile.KEPT)))
                .containsExactly("line " + (lines - AuditFile.KEPT));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(AuditFile.KEPT + 1);
        }
    }

    @Test
    void what_was_written_before_the_centre_was_started_again_counts() throws IOException {
        Path file = folder.resolve("audit.log");
        for (int i = 1; i <= 2; i++) {
            try (AuditFile audit = new AuditFile(file, new SystemClock(), LARGEST)) {
                audit.line("start " + i);
            }
        }
        assertThat(words(folder.resolve("audit.log.1"))).containsExactly("start 1");
        assertThat(words(file)).containsExactly("start 2");
    }

    private static List<String> words(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .toList();
    }
}
