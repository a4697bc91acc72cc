package dev.tocsin.simulator.scenario.value;

import java.util.Optional;
import java.util.regex.Pattern;

/** How much too fast a clock goes: {@code 40ppm}, {@code -20ppm} for too slow. */
public record Drift(double ppm) {

    /** What one looks like. */
    public static final String HINT = "parts in a million: 40ppm, -20ppm";

    private static final Pattern TEXT = Pattern.compile("([+-]?\\d{1,6}(?:\\.\\d{1,3})?)\\s*ppm");

    /** Reads one; empty if the text is none. */
    public static Optional<Drift> parse(String text) {
        var m = TEXT.matcher(text.strip());
        return m.matches() ? Optional.of(new Drift(Double.parseDouble(m.group(1)))) : Optional.empty();
    }
}
