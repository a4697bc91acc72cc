package dev.tocsin.simulator.eval;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A unit that a manifest gives to a column, as a factor: {@code m/s^2}, {@code g}, {@code rad/s}, {@code deg/s}, or counts
 * of a converter that say what they are worth, as in {@code ADXL345 LSB (x 32/8192 g)}.
 */
final class SensorUnit {

    /** What an acceleration may be in, for people. */
    static final String ACCELERATIONS = "m/s^2, g, or counts such as \"LSB (x 32/8192 g)\"";

    /** What a rate of turn may be in, for people. */
    static final String TURNS =
            "rad/s, deg/s, counts such as \"LSB (x 4000/65536 deg/s)\", or empty where there is none";

    private static final double STANDARD_GRAVITY = 9.80665;
    private static final Pattern COUNTS =
            Pattern.compile("(?:\\S+ )?LSB \\(x (\\d{1,9})/(\\d{1,9}) (g|m/s\\^2|rad/s|deg/s)\\)");

    private SensorUnit() {}

    /** What one of it is in g; empty where it is no acceleration. */
    static Optional<Double> inG(String unit) {
        return scaled(unit).flatMap(s -> switch (s.unit()) {
            case "g" -> Optional.of(s.factor());
            case "m/s^2" -> Optional.of(s.factor() / STANDARD_GRAVITY);
            default -> Optional.empty();
        });
    }

    /** What one of it is in rad/s; empty where it is no rate of turn. */
    static Optional<Double> inRadPerS(String unit) {
        return scaled(unit).flatMap(s -> switch (s.unit()) {
            case "rad/s" -> Optional.of(s.factor());
            case "deg/s" -> Optional.of(Math.toRadians(s.factor()));
            default -> Optional.empty();
        });
    }

    private static Optional<Scaled> scaled(String unit) {
        Matcher counts = COUNTS.matcher(unit);
        if (!counts.matches()) {
            return Optional.of(new Scaled(1, unit));
        }
        double over = Double.parseDouble(counts.group(2));
        double factor = Double.parseDouble(counts.group(1)) / over;
        return factor > 0 && Double.isFinite(factor)
                ? Optional.of(new Scaled(factor, counts.group(3)))
                : Optional.empty();
    }

    private record Scaled(double factor, String unit) {}
}
