package dev.tocsin.simulator.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run of the fuzzer, with a script in its place that says what it would. */
class FuzzRunTest {

    private static final FuzzTarget TARGET = FuzzTargets.ALL.getFirst();

    @TempDir
    private Path folder;

    @Test
    void an_input_that_was_late_once_and_returns_when_it_is_alone_is_no_finding_and_feeding_goes_on() throws Exception {
        FuzzRun.Result result = run(0);

        assertThat(result.finding()).isEmpty();
        assertThat(result.said()).isEmpty();
        assertThat(result.last().inputs()).isEqualTo(100 + 7);
        assertThat(folder.resolve("findings")).isEmptyDirectory();
    }

    @Test
    void an_input_that_is_late_again_is_a_finding_and_kept() throws Exception {
        FuzzRun.Result result = run(70);

        assertThat(result.finding()).hasValueSatisfying(file -> assertThat(file).exists());
        assertThat(result.said()).anyMatch(line -> line.contains("Test unit written to"));
    }

    /** Late with the first feeding of the corpus; {@code alone} is the exit code for the one input. */
    private FuzzRun.Result run(int alone) throws IOException {
        Path script = Files.writeString(folder.resolve("jazzer.sh"), """
                for last; do :; done
                if [ -f "$last" ]; then exit %1$d; fi
                if [ -e "%2$s/fed" ]; then echo "Done 7 runs in 1 second(s)"; exit 0; fi
                touch "%2$s/fed"
                echo "#100 NEW    cov: 1 ft: 2 corp: 3/4b lim: 5 exec/s: 6 rss: 7Mb L: 1/1 MS: 1"
                touch "%2$s/findings/%3$s-timeout-da39"
                echo "artifact_prefix='x'; Test unit written to %2$s/findings/%3$s-timeout-da39"
                exit 70
                """.formatted(alone, folder, TARGET.name()));
        return new FuzzRun(
                        List.of("sh", script.toString()),
                        TARGET,
                        folder.resolve("corpus"),
                        folder.resolve("findings"),
                        1)
                .play(Duration.ofMinutes(1), process -> {}, status -> {});
    }
}
