package dev.tocsin.firmware.app;

import dev.tocsin.sdk.model.Channel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Channels from their short form, {@code x g}: a name, and a unit that says how finely evidence tells it. */
final class Channels {

    /** Steps by unit: each finer than sensors of that unit are, each with room for what they can measure. */
    private static final Map<String, Double> STEPS = steps();

    /** Units that are known; a channel without one is a number or a contact. */
    static final List<String> UNITS = List.copyOf(STEPS.keySet());

    private Channels() {}

    private static Map<String, Double> steps() {
        Map<String, Double> steps = new LinkedHashMap<>();
        steps.put("g", 0.001); // to 32 g
        steps.put("rad/s", 0.002); // to 65 rad/s, 3755 deg/s
        steps.put("deg/s", 0.1);
        steps.put("m", 0.001); // to 32 m
        steps.put("V", 0.001);
        steps.put("A", 0.001);
        steps.put("ohm", 1.0);
        steps.put("degC", 0.01);
        return steps;
    }

    /** The channel; empty if it has no name, or a unit that is not known. */
    static Optional<Channel> of(String text) {
        String[] parts = text.strip().split("\\s+", -1);
        if (parts[0].isEmpty() || parts[0].length() > Channel.MAX_TEXT_BYTES || parts.length > 2) {
            return Optional.empty();
        }
        try {
            return parts.length == 1
                    ? Optional.of(new Channel(parts[0], "1", 1))
                    : Optional.ofNullable(STEPS.get(parts[1])).map(step -> new Channel(parts[0], parts[1], step));
        } catch (IllegalArgumentException e) { // a name of many bytes
            return Optional.empty();
        }
    }
}
