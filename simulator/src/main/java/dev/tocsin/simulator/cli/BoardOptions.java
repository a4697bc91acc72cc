package dev.tocsin.simulator.cli;

import dev.tocsin.simulator.emulated.BoardImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which package is installed on an emulated board. */
final class BoardOptions {

    private static final String BUILD = "./mvnw -Ppackage -DskipTests -pl device-sdk,pi-firmware package";

    @Option(
            names = "--deb",
            paramLabel = "FILE",
            description = "the arm64 package to install; default: the one that this checkout has built")
    private @Nullable Path deb;

    /** Whether there is one. */
    sealed interface Choice {
        /** There is. */
        record Found(Path file) implements Choice {}

        /** There is none; says what to do. */
        record Missing(String why) implements Choice {}
    }

    /** The checkout that this runs from, as the launcher says; this folder without one. */
    Path checkout() {
        return Path.of(System.getProperty("tocsin.home", "")).toAbsolutePath();
    }

    Choice find() throws IOException {
        if (deb != null) {
            return Files.isRegularFile(deb)
                    ? new Choice.Found(deb)
                    : new Choice.Missing("--deb " + deb + ": no such file; make one with: " + BUILD);
        }
        Optional<Path> built = BoardImage.builtPackage(checkout());
        return built.<Choice>map(Choice.Found::new)
                .orElse(new Choice.Missing("there is no arm64 package yet; make it with: " + BUILD));
    }
}
