package dev.tocsin.benchmarks.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where ledgers, journals and keys lie while a run lasts.
 *
 * @param disk on a disk
 * @param memory in memory, where the machine has such a file system
 */
record Folders(Path disk, Optional<Path> memory) implements AutoCloseable {

    private static final Path MEMORY = Path.of("/dev/shm");

    /**
     * Makes them.
     *
     * @param parent a folder on the disk that is meant
     */
    static Folders make(Path parent) throws IOException {
        Files.createDirectories(parent);
        Path disk = Files.createTempDirectory(parent, "bench-");
        Optional<Path> memory = Files.isWritable(MEMORY)
                ? Optional.of(Files.createTempDirectory(MEMORY, "tocsin-bench-"))
                : Optional.empty();
        return new Folders(disk, memory);
    }

    /** A folder for the bad network's ledgers, on the disk. */
    Path lossy() throws IOException {
        return Files.createDirectories(disk.resolve("lossy"));
    }

    /** Removes them. */
    @Override
    public void close() throws IOException {
        remove(disk);
        if (memory.isPresent()) {
            remove(memory.get());
        }
    }

    /** Removes a folder and all in it, if it is there. */
    static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(folder)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
            Files.deleteIfExists(file);
        }
    }
}
