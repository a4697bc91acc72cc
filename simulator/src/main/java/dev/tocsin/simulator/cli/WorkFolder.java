package dev.tocsin.simulator.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A folder for one run, removed at the end unless somebody wants it. */
final class WorkFolder implements AutoCloseable {

    private final Path path;
    private boolean kept;

    private WorkFolder(Path path, boolean kept) {
        this.path = path;
        this.kept = kept;
    }

    /** Whether a folder is empty, or not there yet. */
    static boolean isFree(Path wanted) {
        if (!Files.exists(wanted)) {
            return true;
        }
        try (Stream<Path> files = Files.list(wanted)) {
            return files.findAny().isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Makes one.
     *
     * @param wanted where to keep it; null for one in the machine's temporary folder
     * @throws IOException if it cannot be made
     */
    static WorkFolder open(@Nullable Path wanted) throws IOException {
        if (wanted == null) {
            return new WorkFolder(Files.createTempDirectory("tocsin-run-"), false);
        }
        Files.createDirectories(wanted);
        return new WorkFolder(wanted, true);
    }

    Path path() {
        return path;
    }

    /** It shall stay. */
    void keep() {
        kept = true;
    }

    @Override
    public void close() throws IOException {
        if (kept) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(path)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
            Files.deleteIfExists(file);
        }
    }
}
