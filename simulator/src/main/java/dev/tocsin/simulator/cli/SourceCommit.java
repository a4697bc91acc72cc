package dev.tocsin.simulator.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The commit of the checkout that this program was started from, as git tells it. */
final class SourceCommit {

    private static final int PATIENCE_S = 5;

    private SourceCommit() {}

    /** Short hash, with a remark where sources were changed since; empty outside a checkout, or without git. Blocks. */
    static Optional<String> find() {
        return Optional.ofNullable(System.getProperty("tocsin.home"))
                .map(Path::of)
                .filter(home -> Files.exists(home.resolve(".git")))
                .flatMap(home -> git(home, "rev-parse", "--short=12", "HEAD")
                        .map(commit -> git(home, "status", "--porcelain", "--untracked-files=no")
                                .filter(String::isEmpty)
                                .map(clean -> commit)
                                .orElse(commit + " with changes")));
    }

    private static Optional<String> git(Path home, String... words) {
        List<String> command = new ArrayList<>(List.of("git", "-C", home.toString()));
        command.addAll(List.of(words));
        try {
            Process git = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.waitFor(PATIENCE_S, TimeUnit.SECONDS) && git.exitValue() == 0
                    ? Optional.of(said)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // no git here
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
