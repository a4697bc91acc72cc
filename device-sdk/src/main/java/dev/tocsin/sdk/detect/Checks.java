package dev.tocsin.sdk.detect;

import java.time.Duration;
import java.util.Locale;

/** Refuses parameters that are out of their range, and not-a-number with them. */
final class Checks {

    private Checks() {}

    static void within(String what, double value, double lowest, double highest) {
        if (!(value >= lowest && value <= highest)) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s is %s; it must be %s to %s", what, value, lowest, highest));
        }
    }

    static void within(String what, Duration value, Duration shortest, Duration longest) {
        if (value.compareTo(shortest) < 0 || value.compareTo(longest) > 0) {
            throw new IllegalArgumentException(
                    "%s is %s; it must be %s to %s".formatted(what, value, shortest, longest));
        }
    }

    static void above(String what, double value, String than, double other) {
        if (!(value > other)) {
            throw new IllegalArgumentException("%s is %s; it must be above %s, %s".formatted(what, value, than, other));
        }
    }
}
