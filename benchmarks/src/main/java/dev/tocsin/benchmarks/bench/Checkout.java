package dev.tocsin.benchmarks.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The checkout that this program was started from.
 *
 * @param home its folder
 */
record Checkout(Path home) {

    /** If there is one. */
    static Optional<Checkout> find() {
        return Optional.ofNullable(System.getProperty("tocsin.home"))
                .map(Path::of)
                .filter(home -> Files.exists(home.resolve(".git")))
                .map(Checkout::new);
    }

    /** Its commit, with a remark where sources were changed since; empty if git does not say. */
    String commit() {
        try {
            String commit = git("rev-parse", "--short=12", "HEAD");
            return git("status", "--porcelain", "--untracked-files=no").isEmpty() ? commit : commit + " with changes";
        } catch (IOException e) {
            return "";
        }
    }

    /**
     * Asks git.
     *
     * @throws IOException with what git says, if it refuses
     */
    String git(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("git", "-C", home.toString()));
        command.addAll(List.of(words));
        return said(new ProcessBuilder(command));
    }

    /** What a program says, on both of its outputs; an {@link IOException} with the end of it if it fails. */
    static String said(ProcessBuilder program) throws IOException {
        Process process = program.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            if (process.waitFor() != 0) {
                List<String> lines = said.lines().toList();
                throw new IOException(String.join(
                        "\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size())));
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return said;
    }

    private static final int LAST_LINES = 15;
}
