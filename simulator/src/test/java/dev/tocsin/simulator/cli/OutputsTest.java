package dev.tocsin.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Nobody waits for a result that cannot be written. */
class OutputsTest {

    @TempDir
    private Path folder = Path.of("");

    static Stream<Arguments> commands() {
        return Stream.of(
                Arguments.of(List.of("mutants", "--json"), "--json"),
                Arguments.of(List.of("eval", "bounce", ".", "--json"), "--json"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void a_file_that_cannot_be_written_is_refused_before_the_work(List<String> words, String option)
            throws IOException {
        Path nowhere = folder.resolve("gone").resolve("x.json");
        refused(words, nowhere, "cannot be written: there is no folder " + nowhere.getParent() + ": make it first");
        refused(words, folder, option + " " + folder + " is a folder: name a file in it");
        Path file = Files.writeString(folder.resolve("file"), "kept");
        refused(words, file.resolve("x.json"), "cannot be written: there is no folder " + file + ": make it first");
        refused(words, Path.of("/proc/x.json"), option + " /proc/x.json cannot be written: ");
        assertThat(file).hasContent("kept");
    }

    @Test
    void a_folder_that_cannot_be_written_is_refused_before_the_run() throws IOException {
        refused(List.of("run", "--report"), Path.of("/proc"), "--report /proc cannot be written: ");
        Path file = Files.createFile(folder.resolve("file"));
        refused(List.of("run", "--report"), file, "--report " + file + " cannot be made: ");
        refused(List.of("crash", "--folder"), Path.of("/proc/x"), "--folder /proc/x cannot be made: ");
        refused(List.of("run", "desk", "--keep"), Path.of("/proc/x"), "--keep /proc/x cannot be made: ");
    }

    private static void refused(List<String> words, Path path, String message) {
        Tocsin tocsin = Tocsin.run(
                Stream.concat(words.stream(), Stream.of(path.toString())).toArray(String[]::new));
        assertThat(tocsin.exit()).as(tocsin.out() + tocsin.err()).isEqualTo(Exit.INVALID);
        assertThat(tocsin.err()).contains(message);
        assertThat(tocsin.out()).isEmpty();
    }

    @Test
    void looking_leaves_everything_as_it_was() throws IOException {
        Path file = Files.writeString(folder.resolve("old.json"), "old");
        assertThat(Outputs.file("--json", file)).isEmpty();
        assertThat(Outputs.file("--json", folder.resolve("new.json"))).isEmpty();
        assertThat(Outputs.folder("--report", folder)).isEmpty();
        assertThat(file).hasContent("old");
        assertThat(folder).isDirectoryContaining(file::equals).isDirectoryNotContaining("glob:**.probe");
        assertThat(folder.resolve("new.json")).doesNotExist();
    }

    @Test
    void a_list_of_mutants_has_no_figures_to_write() {
        Tocsin tocsin =
                Tocsin.run("mutants", "--list", "--json", folder.resolve("x").toString());
        assertThat(tocsin.exit()).isEqualTo(Exit.INVALID);
        assertThat(tocsin.err()).contains("--list plays nothing");
    }
}
