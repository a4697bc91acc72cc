package dev.tocsin.simulator.scenario.value;

import dev.tocsin.sdk.config.Durations;
import dev.tocsin.simulator.network.Latency;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Latencies as people write them: {@code 60ms}, {@code uniform(40ms, 80ms)}, {@code lognormal(60ms, 0.5)}. */
public final class Latencies {

    /** What one looks like. */
    public static final String HINT =
            "60ms, constant(60ms), uniform(40ms, 80ms), normal(60ms, 10ms) or lognormal(60ms, 0.5); at most 1h";

    private static final Pattern CALL = Pattern.compile("([a-z]+)\\s*\\(([^(),]+)(?:,([^(),]+))?\\)");
    private static final double MOST_SIGMA = 5;
    private static final Duration LONGEST = Duration.ofHours(1);

    private Latencies() {}

    /** Reads one; empty if the text is none. */
    public static Optional<Latency> parse(String text) {
        Optional<Duration> bare = delay(text);
        if (bare.isPresent()) {
            return bare.map(Latency.Constant::new);
        }
        var m = CALL.matcher(text.strip());
        if (!m.matches()) {
            return Optional.empty();
        }
        Optional<Duration> first = delay(m.group(2));
        Optional<String> second = Optional.ofNullable(m.group(3)).map(String::strip);
        return first.flatMap(f -> second.isEmpty() ? one(m.group(1), f) : two(m.group(1), f, second.get()));
    }

    private static Optional<Duration> delay(String text) {
        return Durations.parse(text).filter(d -> d.compareTo(LONGEST) <= 0);
    }

    private static Optional<Latency> one(String name, Duration delay) {
        return name.equals("constant") ? Optional.of(new Latency.Constant(delay)) : Optional.empty();
    }

    private static Optional<Latency> two(String name, Duration first, String second) {
        return switch (name) {
            case "uniform" ->
                delay(second).filter(most -> most.compareTo(first) >= 0).map(most -> new Latency.Uniform(first, most));
            case "normal" -> delay(second).map(deviation -> new Latency.Normal(first, deviation));
            case "lognormal" -> sigma(second).map(sigma -> new Latency.LogNormal(first, sigma));
            default -> Optional.empty();
        };
    }

    private static Optional<Double> sigma(String text) {
        return text.matches("\\d(\\.\\d{1,6})?")
                ? Optional.of(Double.parseDouble(text)).filter(s -> s <= MOST_SIGMA)
                : Optional.empty();
    }
}
