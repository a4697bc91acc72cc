package dev.tocsin.simulator.fuzz;

import dev.tocsin.simulator.fuzz.FuzzTarget.Feeding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** Feeds a reader of files, by one file in a folder of its own that goes with the process. */
final class FileFeeding implements Feeding {

    private final Path file;
    private final Function<Path, ?> reader;

    FileFeeding(String name, Function<Path, ?> reader) {
        this.reader = reader;
        try {
            Path folder = Files.createTempDirectory("tocsin-fuzz");
            file = folder.resolve(name);
            folder.toFile().deleteOnExit();
            file.toFile().deleteOnExit();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void feed(byte[] input) throws IOException {
        Files.write(file, input);
        var unused = reader.apply(file);
    }
}
