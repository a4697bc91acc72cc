package dev.tocsin.simulator.emulated;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Makes a board's disks: an empty overlay over the image, and a small one with what it is given. */
public final class BoardDisks {

    private static final List<Path> SYSTEM = List.of(Path.of("/usr/sbin"), Path.of("/sbin"));

    private BoardDisks() {}

    /**
     * Makes {@code root.qcow2} and {@code seed.img} in a folder.
     *
     * @param seed what the board is given
     * @throws IOException if a tool is not there or fails, with what it said
     */
    public static void make(BoardImage image, Path seed, Path disks) throws IOException, InterruptedException {
        Path root = image.folder().resolve("root.qcow2");
        run(
                disks,
                List.of("qemu-img", "create", "-q", "-f", "qcow2", "-b", root.toString(), "-F", "qcow2", "root.qcow2"));
        run(disks, List.of(tool("mke2fs"), "-q", "-t", "ext4", "-d", seed.toString(), "seed.img", "4M"));
    }

    /** A tool of the machine's keeper, which stands on no user's path. */
    private static String tool(String name) {
        return Stream.concat(
                        SYSTEM.stream().map(folder -> folder.resolve(name)).filter(Files::isExecutable),
                        Stream.of(Path.of(name)))
                .findFirst()
                .orElseThrow()
                .toString();
    }

    private static void run(Path folder, List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said;
        try (var out = process.getInputStream()) {
            said = new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
        if (process.waitFor() != 0) {
            throw new IOException(command.get(0) + " failed: " + said);
        }
    }
}
