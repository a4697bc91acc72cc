package dev.tocsin.sdk.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Recordings and vectors of others, which the project does not ship: {@code TOCSIN_DATA}, else {@code ../../shared/data}. */
public final class SharedData {

    private SharedData() {}

    /** A file or folder in there; skips the test, saying why, where it is missing. */
    public static Path orSkip(String path) {
        Path file = Path.of(System.getenv().getOrDefault("TOCSIN_DATA", "../../shared/data"), path);
        assumeTrue(
                Files.exists(file),
                () -> "skipped: no " + file.toAbsolutePath().normalize()
                        + "; set TOCSIN_DATA to the folder with the data");
        return file;
    }
}
