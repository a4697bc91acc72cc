package dev.tocsin.firmware.app;

import dev.tocsin.sdk.config.TomlTable;
import java.util.List;
import java.util.Map;

/** Which key of a configuration sets what a detector's settings refuse by their own names. */
final class SettingKeys {

    /** Where a setting depends on another, that one's key comes second. */
    private static final Map<String, List<String>> KEYS = Map.ofEntries(
            Map.entry("insideM", List.of("zone", "nearest")),
            Map.entry("nearestM", List.of("nearest")),
            Map.entry("farthestM", List.of("farthest", "zone")),
            Map.entry("climbM", List.of("on-edge", "zone")),
            Map.entry("waterM", List.of("at-water", "zone")),
            Map.entry("zoneDwell", List.of("dwell")),
            Map.entry("overHold", List.of("over-restores", "restores")),
            Map.entry("waterHold", List.of("water-restores", "restores")),
            Map.entry("restore", List.of("restores")),
            Map.entry("hysteresisM", List.of("hysteresis")),
            Map.entry("warningM", List.of("warning")),
            Map.entry("dangerM", List.of("danger", "warning")),
            Map.entry("riseMPerHour", List.of("rise")),
            Map.entry("riseOver", List.of("rise-over")),
            Map.entry("fastestMPerHour", List.of("fastest")),
            Map.entry("frozen", List.of("frozen-after")),
            Map.entry("stillG", List.of("still")),
            Map.entry("stillFor", List.of("still-for")),
            Map.entry("wetUs", List.of("wet")),
            Map.entry("fouledUs", List.of("fouled", "wet")),
            Map.entry("wetFor", List.of("wet-for")));

    private SettingKeys() {}

    /** The key to point at; {@code type} where the table has none that fits. */
    static String keyOf(TomlTable t, String problem) {
        String name = problem.split(" ", 2)[0];
        return KEYS.getOrDefault(name, List.of(name)).stream()
                .filter(key -> !key.isEmpty() && t.has(key))
                .findFirst()
                .orElse("type");
    }

    /** Throws {@link IllegalArgumentException} that {@link #keyOf} finds the key of. */
    static void requireWithin(String key, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(key + " is " + value + "; it must be " + least + " to " + most);
        }
    }
}
