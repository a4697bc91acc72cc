package dev.tocsin.sdk.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 500us}, {@code 40ms}, {@code 1.5s}, {@code 10m}, {@code 3h}, {@code 90d}. */
public final class Durations {

    private static final Pattern TEXT = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(us|ms|s|m|min|h|d)");

    private static final Pattern OF_ANY_SIGN = Pattern.compile("[+-]?\\s*(?:" + TEXT.pattern() + ")");

    private static final long MS = 1_000_000L;
    private static final SequencedMap<String, Long> UNITS_NS = new LinkedHashMap<>();

    static {
        UNITS_NS.put("d", 86_400_000 * MS);
        UNITS_NS.put("h", 3_600_000 * MS);
        UNITS_NS.put("m", 60_000 * MS);
        UNITS_NS.put("s", 1_000 * MS);
        UNITS_NS.put("ms", MS);
    }

    private Durations() {}

    /** Writes one as {@link #parse} reads it, in the largest unit that needs no fraction. */
    public static String text(Duration duration) {
        long ns = duration.toNanos();
        for (Map.Entry<String, Long> unit : UNITS_NS.entrySet()) {
            if (ns >= unit.getValue() && ns % unit.getValue() == 0) {
                return ns / unit.getValue() + unit.getKey();
            }
        }
        return ns == 0 ? "0s" : ns / 1_000 + "us";
    }

    /** Reads one; a unit is required. Empty if the text is none. */
    public static Optional<Duration> parse(String text) {
        Matcher m = TEXT.matcher(text.strip());
        if (!m.matches()) {
            return Optional.empty();
        }
        double ns = Double.parseDouble(m.group(1))
                * switch (m.group(2)) {
                    case "us" -> 1e3;
                    case "ms" -> 1e6;
                    case "s" -> 1e9;
                    case "m", "min" -> 60e9;
                    case "h" -> 3600e9;
                    default -> 86400e9;
                };
        return ns > Long.MAX_VALUE ? Optional.empty() : Optional.of(Duration.ofNanos(Math.round(ns)));
    }

    /** Whether a text is written as a duration, though it may be negative or too long for {@link #parse}. */
    public static boolean isWritten(String text) {
        return OF_ANY_SIGN.matcher(text.strip()).matches();
    }
}
