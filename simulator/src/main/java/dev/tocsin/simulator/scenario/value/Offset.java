package dev.tocsin.simulator.scenario.value;

import dev.tocsin.sdk.config.Durations;
import java.time.Duration;
import java.util.Optional;

/** A time forward or back: {@code 2s}, {@code +40ms}, {@code -1h}. */
public record Offset(Duration time) {

    /** What one looks like. */
    public static final String HINT = "a duration, with - for back: 2s, -1h";

    /** Reads one; empty if the text is none. */
    public static Optional<Offset> parse(String text) {
        String t = text.strip();
        if (t.startsWith("-")) {
            return Durations.parse(t.substring(1)).map(d -> new Offset(d.negated()));
        }
        return Durations.parse(t.startsWith("+") ? t.substring(1) : t).map(Offset::new);
    }
}
