package dev.tocsin.sdk.sensing;

import dev.tocsin.sdk.model.Channel;
import dev.tocsin.sdk.model.Evidence;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * A sensor as its watch knows it.
 *
 * @param name short, for people and in the causes of its faults: {@code rail}; 1 to 64 bytes of UTF-8
 * @param channels what its samples hold, in order; 1 to 16
 * @param before how much of what came before a decision is kept as evidence; 0 to 5 minutes
 * @param after how much of what comes after it; 0 to 5 minutes
 */
public record Sensor(String name, List<Channel> channels, Duration before, Duration after) {

    /** Evidence from 8 s before a decision, unless told otherwise… */
    public static final Duration BEFORE = Duration.ofSeconds(8);

    /** …to 4 s after it. */
    public static final Duration AFTER = Duration.ofSeconds(4);

    /** Longest of both. */
    public static final Duration LONGEST = Duration.ofMinutes(5);

    /** With the usual window of evidence. */
    public Sensor(String name, List<Channel> channels) {
        this(name, channels, BEFORE, AFTER);
    }

    /** Refuses what evidence could not hold. */
    public Sensor {
        channels = List.copyOf(channels);
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > Evidence.MAX_SENSOR_BYTES) {
            throw new IllegalArgumentException(
                    "a sensor's name takes 1 to " + Evidence.MAX_SENSOR_BYTES + " bytes: '" + name + "'");
        }
        if (channels.isEmpty() || channels.size() > Evidence.MAX_CHANNELS) {
            throw new IllegalArgumentException("1 to " + Evidence.MAX_CHANNELS + " channels, not " + channels.size());
        }
        if (!isWindow(before) || !isWindow(after)) {
            throw new IllegalArgumentException("a window of 0 to 5 minutes, not " + before + " and " + after);
        }
    }

    private static boolean isWindow(Duration length) {
        return !length.isNegative() && length.compareTo(LONGEST) <= 0;
    }
}
