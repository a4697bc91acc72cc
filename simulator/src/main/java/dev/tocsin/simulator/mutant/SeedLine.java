package dev.tocsin.simulator.mutant;

import dev.tocsin.simulator.check.Breach;
import dev.tocsin.simulator.check.Outcome;
import dev.tocsin.simulator.check.Promise;
import dev.tocsin.simulator.check.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a trial's process says of one seed, in a line.
 *
 * @param promises those that oracles saw broken
 * @param words what was broken, or did not hold
 */
record SeedLine(long seed, Came came, List<String> promises, String words) {

    /** What a seed came to. */
    enum Came {
        /** Of a mutant: the oracle of its own promise named it. Of what ships: something did not hold. */
        CAUGHT,
        /** Nothing of the kind. */
        HELD,
        /** Of what ships: too little happened to say of everything. */
        UNCLEAR
    }

    private static final int FIELDS = 4;

    SeedLine {
        promises = List.copyOf(promises);
    }

    /** A mutant counts as caught only where its own promise is named, whatever else is broken. */
    static SeedLine ofMutant(long seed, Promise own, List<Breach> breaches) {
        Optional<Breach> caught =
                breaches.stream().filter(b -> b.promise() == own).findFirst();
        return new SeedLine(
                seed,
                caught.isPresent() ? Came.CAUGHT : Came.HELD,
                promises(breaches),
                caught.map(Breach::what).orElse(""));
    }

    /** What ships must pass everything that {@code tocsin run} would ask: expectations, ledgers and programs, too. */
    static SeedLine ofWhatShips(long seed, List<Breach> breaches, List<Outcome> outcomes, Verdict verdict) {
        String words = outcomes.stream()
                .filter(o -> o.verdict() == verdict && verdict != Verdict.HELD)
                .map(o -> o.id() + " " + o.verdict().word() + ": " + o.detail())
                .collect(Collectors.joining("; "));
        Came came = switch (verdict) {
            case HELD -> breaches.isEmpty() ? Came.HELD : Came.CAUGHT;
            case VIOLATED -> Came.CAUGHT;
            case INCONCLUSIVE -> Came.UNCLEAR;
        };
        return new SeedLine(seed, came, promises(breaches), words);
    }

    private static List<String> promises(List<Breach> breaches) {
        return breaches.stream().map(b -> b.promise().id()).distinct().sorted().toList();
    }

    boolean caught() {
        return came == Came.CAUGHT;
    }

    String text() {
        return String.join(
                "\t",
                Long.toString(seed),
                came.name().toLowerCase(Locale.ROOT),
                String.join(",", promises),
                words.replaceAll("\\s+", " "));
    }

    /** Reads {@link #text}; empty for what is no such line: a program may print whatever it likes. */
    static Optional<SeedLine> parse(String text) {
        String[] parts = text.split("\t", FIELDS);
        Optional<Came> came = parts.length < FIELDS
                ? Optional.empty()
                : Arrays.stream(Came.values())
                        .filter(c -> c.name().toLowerCase(Locale.ROOT).equals(parts[1]))
                        .findFirst();
        return came.map(c -> new SeedLine(
                Long.parseLong(parts[0]),
                c,
                Arrays.stream(parts[2].split(",")).filter(p -> !p.isEmpty()).toList(),
                parts[3]));
    }
}
