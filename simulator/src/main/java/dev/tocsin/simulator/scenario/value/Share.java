package dev.tocsin.simulator.scenario.value;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A part of something, written in percent: {@code 5%}, {@code 0.1%}.
 *
 * @param part 0 to 1
 */
public record Share(double part) {

    /** All of it. */
    public static final Share ALL = new Share(1);

    /** What one looks like. */
    public static final String HINT = "percent from 0% to 100%, for example 5% or 0.1%";

    private static final Pattern TEXT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,9})?)\\s*%");

    /** Throws {@link IllegalArgumentException} outside 0 to 1. */
    public Share {
        if (!(part >= 0 && part <= 1)) {
            throw new IllegalArgumentException("a share is from 0 to 1, not " + part);
        }
    }

    /** Reads one; empty if the text is none. */
    public static Optional<Share> parse(String text) {
        var m = TEXT.matcher(text.strip());
        return m.matches()
                ? Optional.of(Double.parseDouble(m.group(1)) / 100)
                        .filter(part -> part <= 1)
                        .map(Share::new)
                : Optional.empty();
    }

    /** Whether it is all. */
    public boolean isAll() {
        return part == 1;
    }
}
