package dev.tocsin.sdk.model;

import java.util.Optional;

/**
 * Where a device hangs, from large to small. Any text may be empty, and takes at most {@value #MAX_TEXT_BYTES} bytes of
 * UTF-8, which is 64 Chinese characters.
 *
 * @param county code of the county-level unit, six digits (GB/T 2260), for example {@code 530902}
 * @param school name or code of the school
 * @param building building within the school
 * @param floor floor, as people there call it
 * @param spot room or spot, for a person who has to run there
 * @param position geographic position, where known
 */
public record Place(
        String county, String school, String building, String floor, String spot, Optional<Position> position) {

    /** Longest of its texts, bytes of UTF-8. */
    public static final int MAX_TEXT_BYTES = 192;

    /** A place that nobody filled in. */
    public static final Place UNKNOWN = new Place("", "", "", "", "", Optional.empty());

    public Place {
        Bounds.check("county", county, MAX_TEXT_BYTES);
        Bounds.check("school", school, MAX_TEXT_BYTES);
        Bounds.check("building", building, MAX_TEXT_BYTES);
        Bounds.check("floor", floor, MAX_TEXT_BYTES);
        Bounds.check("spot", spot, MAX_TEXT_BYTES);
    }

    /**
     * A point on the globe.
     *
     * @param latitudeDeg WGS 84 latitude in degrees, -90 to 90
     * @param longitudeDeg WGS 84 longitude in degrees, -180 to 180
     */
    public record Position(double latitudeDeg, double longitudeDeg) {
        public Position {
            if (!(Math.abs(latitudeDeg) <= 90) || !(Math.abs(longitudeDeg) <= 180)) {
                throw new IllegalArgumentException("not on the globe: " + latitudeDeg + ", " + longitudeDeg);
            }
        }
    }
}
