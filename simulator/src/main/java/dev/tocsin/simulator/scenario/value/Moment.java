package dev.tocsin.simulator.scenario.value;

import dev.tocsin.sdk.config.Durations;
import java.time.Duration;
import java.util.Optional;

/**
 * When: {@code 12m} after the start of the run, or {@code A1}, {@code A1+40ms}, {@code A1-2s} by a stimulus.
 *
 * @param stimulus the stimulus from whose moment it counts; the start of the run where empty
 * @param offset how long after that; before it where negative
 */
public record Moment(Optional<String> stimulus, Duration offset) {

    /** What one looks like. */
    public static final String HINT = "12m from the start, or by a stimulus: A1, A1+40ms, A1-2s";

    /** So long after the start. */
    public static Moment after(Duration offset) {
        return new Moment(Optional.empty(), offset);
    }

    /**
     * Reads one; empty if the text is none. A sign with a duration behind it ends the stimulus' name, so that names may
     * have dashes.
     */
    public static Optional<Moment> parse(String text) {
        String t = text.strip();
        Optional<Duration> plain = Durations.parse(t);
        if (plain.isPresent()) {
            return plain.map(Moment::after);
        }
        int sign = Math.max(t.lastIndexOf('+'), t.lastIndexOf('-'));
        if (sign > 0) {
            Optional<Offset> offset =
                    Offset.parse(t.charAt(sign) + t.substring(sign + 1).strip());
            if (offset.isPresent()) {
                return named(t.substring(0, sign).strip(), offset.get().time());
            }
        }
        return named(t, Duration.ZERO);
    }

    private static Optional<Moment> named(String stimulus, Duration offset) {
        return isName(stimulus) ? Optional.of(new Moment(Optional.of(stimulus), offset)) : Optional.empty();
    }

    /** Whether a stimulus may be called so: not like a duration. */
    public static boolean isName(String text) {
        return text.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,40}")
                && Durations.parse(text).isEmpty();
    }
}
