package dev.tocsin.simulator.cli;

import dev.tocsin.simulator.seeds.Again;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Plays a run a second time in a process of its own, by the command that replays it, with another number of threads: what
 * differs from one JVM to the next, such as the order of {@code Set.of}, cannot hide.
 *
 * @param words the command without the program's name
 * @param threads how many the first play had
 */
record SecondPlay(List<String> words, int threads) {

    private static final Pattern DIGEST = Pattern.compile("digest ([0-9a-f]{64})\\R?$");
    private static final long POLL_MS = 100;

    SecondPlay {
        words = List.copyOf(words);
    }

    /**
     * Plays. Blocks.
     *
     * @param interrupted whether to end early; asked several times a second
     * @return the digest; nothing if it was interrupted
     * @throws IOException if there is no process to be had, or it did not come to its end
     */
    Optional<String> digest(BooleanSupplier interrupted) throws IOException {
        Path said = Files.createTempFile("tocsin-again", ".txt");
        try {
            Process process = new ProcessBuilder(command())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            boolean ended = ended(process, interrupted);
            if (!ended || interrupted.getAsBoolean()) {
                return Optional.empty();
            }
            String text = Files.readString(said);
            Matcher digest = DIGEST.matcher(text.strip());
            if (!digest.find()) {
                throw new IOException("the second play ended with exit code " + process.exitValue() + " and no digest: "
                        + text.lines().reduce((before, last) -> last).orElse("it said nothing"));
            }
            return Optional.of(digest.group(1));
        } finally {
            Files.deleteIfExists(said);
        }
    }

    private static boolean ended(Process process, BooleanSupplier interrupted) {
        try {
            while (!process.waitFor(POLL_MS, TimeUnit.MILLISECONDS)) {
                if (interrupted.getAsBoolean()) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            process.destroyForcibly();
        }
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(OwnCommand.asLarge());
        command.addAll(words);
        command.addAll(List.of("--no-shrink", "--threads", Integer.toString(Again.otherThan(threads))));
        return command;
    }
}
