package dev.tocsin.simulator.emulated;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an emulated board starts from.
 *
 * @param folder holds {@code vmlinuz}, {@code initrd}, {@code board.dtb} and {@code root.qcow2}, which is only read
 */
public record BoardImage(Path folder) {

    private static final String SCRIPT = "simulator/src/main/board/image";
    private static final String PACKAGES = "pi-firmware/target";

    /**
     * The arm64 package that a checkout has built last.
     *
     * @return nothing if it has built none
     */
    public static Optional<Path> builtPackage(Path checkout) throws IOException {
        Path built = checkout.resolve(PACKAGES);
        if (!Files.isDirectory(built)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(built)) {
            return files.filter(f -> f.getFileName().toString().matches("tocsin_.*_arm64\\.deb"))
                    .max((a, b) ->
                            Long.compare(a.toFile().lastModified(), b.toFile().lastModified()));
        }
    }

    /**
     * Makes it, or finds it made. Blocks: minutes the first time for a package. Says on the standard error output how far it
     * is.
     *
     * @param checkout where this project lies
     * @param deb the package to install
     * @throws IOException if it cannot be made; the script has said why
     */
    public static BoardImage prepare(Path checkout, Path deb) throws IOException, InterruptedException {
        Path said = Files.createTempFile("tocsin-board", ".txt"); // not a pipe: an interrupt does not end reading one
        try {
            Process script = new ProcessBuilder(List.of(
                            checkout.resolve(SCRIPT).toString(),
                            deb.toAbsolutePath().toString()))
                    .redirectOutput(said.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try {
                if (script.waitFor() != 0) {
                    throw new IOException("the emulated board could not be made; why stands above");
                }
            } finally {
                script.destroy();
            }
            return new BoardImage(Path.of(Files.readString(said).strip()));
        } finally {
            Files.delete(said);
        }
    }
}
