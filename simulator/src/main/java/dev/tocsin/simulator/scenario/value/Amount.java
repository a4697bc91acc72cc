package dev.tocsin.simulator.scenario.value;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A number with a unit that is not time: {@code 3.5g}, {@code 40cm}, {@code 0.5m/h}. */
public final class Amount {

    /** Units of length, in metres. */
    public static final Map<String, Double> METRES = new TreeMap<>(Map.of("m", 1.0, "cm", 0.01, "mm", 0.001));

    /** Acceleration, in g. */
    public static final Map<String, Double> G = Map.of("g", 1.0);

    /** How fast water rises, in metres an hour. */
    public static final Map<String, Double> METRES_PER_HOUR = new TreeMap<>(Map.of("m/h", 1.0, "cm/h", 0.01));

    private static final Pattern TEXT = Pattern.compile("(-?\\d{1,6}(?:\\.\\d{1,6})?)\\s*([a-z/]+)");

    private Amount() {}

    /** Reads one; empty if the text is none, or its unit is not among these. */
    public static Optional<Double> parse(String text, Map<String, Double> units) {
        var m = TEXT.matcher(text.strip());
        if (!m.matches()) {
            return Optional.empty();
        }
        double number = Double.parseDouble(m.group(1));
        return Optional.ofNullable(units.get(m.group(2))).map(factor -> number * factor);
    }
}
