package dev.tocsin.sdk.journal;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a journal names its files, and how item numbers follow from them. */
final class Files {

    /** Gives its room back when the medium is full. */
    static final String BALLAST = "ballast";

    /** A device that boots every second gets there in 68 years. */
    static final long MAX_GENERATION = Integer.MAX_VALUE;

    private static final Pattern JOURNAL = Pattern.compile("journal-(\\d{10})\\.[ab]");
    private static final Pattern QUARANTINE = Pattern.compile("quarantine-\\d{10}");

    private Files() {}

    /** One of the two files of a generation. */
    static String journal(long generation, char copy) {
        return String.format("journal-%010d.%c", generation, copy);
    }

    /** The generation that a file is of; empty if it is none of a journal's. */
    static OptionalLong generationOf(String name) {
        Matcher m = JOURNAL.matcher(name);
        if (!m.matches() || Long.parseLong(m.group(1)) >= MAX_GENERATION) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Long.parseLong(m.group(1)));
    }

    /** Where damaged bytes that were found before that generation are put aside. */
    static String quarantine(long generation) {
        return String.format("quarantine-%010d", generation);
    }

    static boolean isQuarantine(String name) {
        return QUARANTINE.matcher(name).matches();
    }

    /**
     * The first number that a generation gives out; the others follow it one by one. So no number is ever used twice, not
     * even where everything in the files is lost and only their names are left.
     */
    static long firstNumber(long generation) {
        return generation << 32;
    }

    /** The generation that gave a number out. */
    static long generationOfNumber(long number) {
        return number >>> 32;
    }
}
