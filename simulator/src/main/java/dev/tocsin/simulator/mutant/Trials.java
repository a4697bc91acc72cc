package dev.tocsin.simulator.mutant;

import dev.tocsin.sdk.port.Clock;
import dev.tocsin.simulator.run.SideBySide;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Plays mutants, each in a process of its own, some side by side. Blocks; one thread calls. */
public final class Trials {

    /**
     * What became of a mutant.
     *
     * @param caught whether the oracle of its own promise named it
     * @param seed the seed that caught it; the last one where none did
     * @param runs how many seeds were played
     * @param seconds how long it took, the process's start included
     * @param others promises that other oracles saw broken in the same run
     * @param words what its oracle said, or why the process failed
     */
    public record Outcome(
            Mutant mutant, boolean caught, long seed, int runs, double seconds, List<String> others, String words) {
        public Outcome {
            others = List.copyOf(others);
        }
    }

    /**
     * What became of all.
     *
     * @param clean whether the unmutated build violated nothing in any seed that was played for a mutant, and held all in
     *     some; empty if it was not asked
     * @param cleanRuns in how many seeds it was played
     * @param unclear in how many of those too little happened to say of everything
     * @param wrongs what it did not hold
     */
    public record Result(
            List<Outcome> outcomes, Optional<Boolean> clean, int cleanRuns, int unclear, List<String> wrongs) {
        public Result {
            outcomes = List.copyOf(outcomes);
            wrongs = List.copyOf(wrongs);
        }
    }

    private final List<String> java;
    private final Clock clock;
    private final BooleanSupplier interrupted;

    /**
     * @param java command line of a JVM with this program's class path, without a main class
     * @param interrupted whether to end early; asked between lines of a process
     */
    public Trials(List<String> java, Clock clock, BooleanSupplier interrupted) {
        this.java = List.copyOf(java);
        this.clock = clock;
        this.interrupted = interrupted;
    }

    /**
     * Plays them.
     *
     * @param first the first seed
     * @param most seeds for each at most
     * @param told of each outcome, in the mutants' order
     */
    public Result play(List<Mutant> mutants, long first, int most, int threads, Consumer<Outcome> told) {
        Map<Mutant, Outcome> outcomes = new LinkedHashMap<>();
        try (SideBySide hands = new SideBySide(Math.min(threads, mutants.size()), "tocsin-mutant", () -> {})) {
            hands.each(
                    mutants.stream()
                            .<Callable<Outcome>>map(mutant -> () -> mutated(mutant, first, most))
                            .iterator(),
                    outcome -> {
                        outcomes.put(outcome.mutant, outcome);
                        told.accept(outcome);
                        return !interrupted.getAsBoolean();
                    });
        }
        int runs = outcomes.values().stream().mapToInt(Outcome::runs).max().orElse(0);
        if (runs == 0 || interrupted.getAsBoolean()) {
            return new Result(List.copyOf(outcomes.values()), Optional.empty(), 0, 0, List.of());
        }
        List<SeedLine> lines = new ArrayList<>();
        int half = (runs + 1) / 2;
        try (SideBySide hands = new SideBySide(Math.min(threads, 2), "tocsin-mutant", () -> {})) {
            hands.each(
                    List.<Callable<List<SeedLine>>>of(
                                    () -> lines(Trial.UNMUTATED, first, half, others(outcomes.keySet())),
                                    () -> half == runs
                                            ? List.of()
                                            : lines(Trial.UNMUTATED, first + half, runs - half, List.of()))
                            .iterator(),
                    some -> {
                        lines.addAll(some);
                        return !interrupted.getAsBoolean();
                    });
        }
        List<String> wrongs = lines.stream()
                .filter(SeedLine::caught)
                .map(l -> "seed " + l.seed() + ": " + l.words())
                .toList();
        int unclear = (int)
                lines.stream().filter(l -> l.came() == SeedLine.Came.UNCLEAR).count();
        return new Result(
                List.copyOf(outcomes.values()),
                Optional.of(wrongs.isEmpty() && unclear < runs && lines.size() == runs),
                lines.size(),
                unclear,
                wrongs);
    }

    private Outcome mutated(Mutant mutant, long first, int most) {
        long beganNs = clock.nanoTime();
        List<SeedLine> lines = lines(mutant.name(), first, most, List.of());
        double seconds = (clock.nanoTime() - beganNs) / 1e9;
        if (lines.isEmpty()) {
            return new Outcome(mutant, false, first, 0, seconds, List.of(), "its process ended before the first seed");
        }
        SeedLine last = lines.getLast();
        return new Outcome(
                mutant,
                last.caught(),
                last.seed(),
                lines.size(),
                seconds,
                last.promises().stream()
                        .filter(p -> !p.equals(mutant.promise().id()))
                        .toList(),
                last.words());
    }

    /** The scenarios of these mutants that are no mix, so that what ships is played in each of them once. */
    private static List<String> others(Collection<Mutant> mutants) {
        return mutants.stream()
                .map(Mutant::scenario)
                .filter(name -> !name.equals(Mutant.USUAL))
                .distinct()
                .toList();
    }

    private List<SeedLine> lines(String mutant, long first, int most, List<String> others) {
        List<String> command = new ArrayList<>(java);
        command.addAll(List.of(Trial.class.getName(), mutant, Long.toString(first), Integer.toString(most)));
        command.addAll(others);
        List<SeedLine> lines = new ArrayList<>();
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (BufferedReader in =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (String text = in.readLine(); text != null; text = in.readLine()) {
                    SeedLine.parse(text).ifPresent(lines::add);
                    if (interrupted.getAsBoolean()) {
                        break;
                    }
                }
            } finally {
                process.destroyForcibly();
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
