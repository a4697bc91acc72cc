package dev.tocsin.simulator.cli;

import dev.tocsin.sdk.config.FileTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Whether results can be written where they are wanted, found out by writing: asked before the work that they come from. What
 * was there is left as it was.
 */
final class Outputs {

    private Outputs() {}

    /**
     * Makes sure of a folder, and makes it where it is not there.
     *
     * @param option how the command line calls it
     * @return what is wrong and what to do; empty if nothing is
     */
    static Optional<String> folder(String option, Path folder) {
        String hint = "name a folder that this user may write";
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            return Optional.of(option + " " + folder + " cannot be made: " + FileTrouble.of(e) + ": " + hint);
        }
        return probe(folder).map(why -> option + " " + folder + " cannot be written: " + why + ": " + hint);
    }

    /**
     * Makes sure of a file.
     *
     * @param option how the command line calls it
     * @return what is wrong and what to do; empty if nothing is
     */
    static Optional<String> file(String option, Path file) {
        if (Files.isDirectory(file)) {
            return Optional.of(option + " " + file + " is a folder: name a file in it");
        }
        Path folder = Optional.ofNullable(file.getParent()).orElse(Path.of(""));
        if (!Files.isDirectory(folder)) {
            return Optional.of(
                    option + " " + file + " cannot be written: there is no folder " + folder + ": make it first");
        }
        return (Files.exists(file) ? open(file) : probe(folder))
                .map(why -> option + " " + file + " cannot be written: " + why
                        + ": name a file in a folder that this user may write");
    }

    /** Why a file in a folder cannot be made; empty if it can. */
    private static Optional<String> probe(Path folder) {
        try {
            Files.delete(Files.createTempFile(folder.toAbsolutePath(), ".tocsin", ".probe"));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("no file can be made in it");
        }
    }

    /** Why a file that is there cannot be written; empty if it can. */
    private static Optional<String> open(Path file) {
        try {
            Files.newOutputStream(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND)
                    .close();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(FileTrouble.of(e));
        }
    }
}
