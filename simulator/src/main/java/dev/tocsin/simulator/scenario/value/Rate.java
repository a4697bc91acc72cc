package dev.tocsin.simulator.scenario.value;

import java.util.Optional;
import java.util.regex.Pattern;

/** How much a line carries: {@code 64kbit}, {@code 2mbit}, bits a second, by thousands. */
public record Rate(long bitsPerSecond) {

    /** What one looks like. */
    public static final String HINT = "bits a second with their unit: 9.6kbit, 64kbit, 2mbit";

    private static final Pattern TEXT = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,3})?)\\s*(kbit|mbit)");

    /** Throws {@link IllegalArgumentException} for nothing. */
    public Rate {
        if (bitsPerSecond <= 0) {
            throw new IllegalArgumentException("a rate is above zero, not " + bitsPerSecond);
        }
    }

    /** Reads one; empty if the text is none, or zero. */
    public static Optional<Rate> parse(String text) {
        var m = TEXT.matcher(text.strip());
        if (!m.matches()) {
            return Optional.empty();
        }
        double bits = Double.parseDouble(m.group(1)) * (m.group(2).equals("kbit") ? 1e3 : 1e6);
        return Math.round(bits) > 0 ? Optional.of(new Rate(Math.round(bits))) : Optional.empty();
    }
}
