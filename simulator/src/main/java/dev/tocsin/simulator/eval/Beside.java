package dev.tocsin.simulator.eval;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Files that a manifest lists. They lie beside it or below: a manifest comes with its data and reads nothing else. */
final class Beside {

    /** What is wrong with a name that leads elsewhere, for people. */
    static final String OUTSIDE = " lies outside of the manifest's folder; it must be a path below it";

    private Beside() {}

    /** Where the file is; empty if that is no path within the folder. */
    static Optional<Path> of(Path folder, String name) {
        try {
            Path root = folder.toAbsolutePath().normalize();
            Path path = root.resolve(name).normalize();
            return path.startsWith(root) && !path.equals(root) ? Optional.of(folder.resolve(name)) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
