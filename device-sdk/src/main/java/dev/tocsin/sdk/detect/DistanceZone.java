package dev.tocsin.sdk.detect;

import java.time.Duration;

/**
 * What a distance sensor watches, and how it fails. The sensor looks across the zone; who is nearer than {@code insideM} is
 * in it.
 *
 * <p>No echo is not-a-number, zero or less, the stated sentinel, or more than the range. Time-of-flight sensors say it
 * in these ways: TF-Luna gives 0 below an amplitude of 100 and is unreliable under 0.2 m and over 8 m (Benewake,
 * SJ-PM-TF-Luna A03, 5.4, 6.8 and 6.9); LIDAR-Lite holds its pulse for 0.67 s; ultrasonic HC-SR04 for 38 ms. No echo is
 * never somebody, and a reading under the sensor's range neither: there it measures its own cover.
 *
 * @param nearestM the least that the sensor measures, 0.01 to 2 m. Mount it so that nobody comes nearer
 * @param insideM in the zone up to here, above {@code nearestM}, at most 40 m
 * @param hysteresisM out of the zone only this much further away, 0 to 5 m; three times the sensor's noise
 * @param farthestM the end of the sensor's range, above {@code insideM + hysteresisM}
 * @param sentinelM what it reads for a time-out besides the above; not-a-number if nothing
 * @param isOpen whether nothing stands opposite, as over water: then no echo means nobody, and a dirty sensor cannot be told
 *     from an empty view. Put something opposite where you can
 * @param gap the longest time between two readings that belong together, 50 ms to 60 s; some periods of the sensor, and
 *     the longest run of time-outs that somebody's stay may have
 * @param dirtyShare more time-outs than this share of ten seconds are a dirty sensor, 0.05 to 1. A clean one over a wall
 *     has less than a hundredth
 * @param blocked under {@code nearestM} for this long is a covered sensor, 0.5 s to 10 min
 * @param obstructed in the zone within 3 cm for this long is a thing, not a person, 10 s to 24 h: people do not stand that
 *     still for minutes. It is a fault as well; an alarm that it raised stays
 */
public record DistanceZone(
        double nearestM,
        double insideM,
        double hysteresisM,
        double farthestM,
        double sentinelM,
        boolean isOpen,
        Duration gap,
        double dirtyShare,
        Duration blocked,
        Duration obstructed) {

    /** Throws {@link IllegalArgumentException} outside the ranges. */
    public DistanceZone {
        Checks.within("nearestM", nearestM, 0.01, 2);
        Checks.above("insideM", insideM, "nearestM", nearestM);
        Checks.within("insideM", insideM, 0.01, 40);
        Checks.within("hysteresisM", hysteresisM, 0, 5);
        Checks.above("farthestM", farthestM, "insideM + hysteresisM", insideM + hysteresisM);
        Checks.within("gap", gap, Duration.ofMillis(50), Duration.ofSeconds(60));
        Checks.within("dirtyShare", dirtyShare, 0.05, 1);
        Checks.within("blocked", blocked, Duration.ofMillis(500), Duration.ofMinutes(10));
        Checks.within("obstructed", obstructed, Duration.ofSeconds(10), Duration.ofHours(24));
    }

    /** A sensor with a range of 0.2 to 8 m, such as TF-Luna, and something opposite; half of the time-outs are too many. */
    public static DistanceZone upTo(double insideM) {
        return new DistanceZone(
                0.2,
                insideM,
                0.15,
                8,
                Double.NaN,
                false,
                Duration.ofSeconds(1),
                0.5,
                Duration.ofSeconds(3),
                Duration.ofMinutes(10));
    }

    /** The same with nothing opposite. */
    public DistanceZone open() {
        return new DistanceZone(
                nearestM, insideM, hysteresisM, farthestM, sentinelM, true, gap, dirtyShare, blocked, obstructed);
    }

    /** The same with another range. */
    public DistanceZone range(double newNearestM, double newFarthestM) {
        return new DistanceZone(
                newNearestM,
                insideM,
                hysteresisM,
                newFarthestM,
                sentinelM,
                isOpen,
                gap,
                dirtyShare,
                blocked,
                obstructed);
    }

    /** The same with a sentinel. */
    public DistanceZone sentinel(double newSentinelM) {
        return new DistanceZone(
                nearestM, insideM, hysteresisM, farthestM, newSentinelM, isOpen, gap, dirtyShare, blocked, obstructed);
    }

    boolean isEcho(double metres) {
        return metres > 0 && metres <= farthestM && metres != sentinelM;
    }
}
