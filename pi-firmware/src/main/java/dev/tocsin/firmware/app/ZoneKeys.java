package dev.tocsin.firmware.app;

import dev.tocsin.sdk.config.TomlTable;
import dev.tocsin.sdk.detect.DistanceZone;
import dev.tocsin.sdk.detect.SensorLimits;

/**
 * The keys of a {@link DistanceZone}.
 *
 * @param insideM where the zone ends
 * @param nearestM the least that the sensor measures
 * @param farthestM the end of its range
 * @param isOpen whether nothing stands opposite
 */
record ZoneKeys(double insideM, double nearestM, double farthestM, boolean isOpen) {

    /** No sensor reaches as far; what lies beyond its range is no echo to the detector, and no garbage. */
    private static final double BEYOND_M = 1_000;

    static ZoneKeys read(TomlTable t, DistanceZone usual) {
        return new ZoneKeys(
                t.optionalNumber("zone").orElse(usual.insideM()),
                t.optionalNumber("nearest").orElse(usual.nearestM()),
                t.optionalNumber("farthest").orElse(usual.farthestM()),
                t.bool("open", usual.isOpen()));
    }

    /** Throws {@link IllegalArgumentException} outside the ranges. */
    DistanceZone zone(DistanceZone usual) {
        return new DistanceZone(
                nearestM,
                insideM,
                usual.hysteresisM(),
                farthestM,
                usual.sentinelM(),
                isOpen,
                usual.gap(),
                usual.dirtyShare(),
                usual.blocked(),
                usual.obstructed());
    }

    /** What the gate in front of the detector lets through. */
    static SensorLimits limits() {
        return SensorLimits.distance(BEYOND_M);
    }
}
