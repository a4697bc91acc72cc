package dev.tocsin.sdk.model;

/**
 * One thing that a sensor measures, and how finely evidence tells it.
 *
 * @param name short, as in {@code ax} or {@code level}; 1 to {@value #MAX_TEXT_BYTES} bytes of UTF-8
 * @param unit as people write it: {@code g}, {@code deg/s}, {@code m}; {@code 1} where it has none
 * @param step what one digit of evidence is worth, in this unit; values up to 32,767 steps either way are told
 */
public record Channel(String name, String unit, double step) {

    /** Longest name or unit, bytes of UTF-8. */
    public static final int MAX_TEXT_BYTES = 24;

    /** Refuses a channel without a name or a positive step. */
    public Channel {
        Bounds.check("channel", name, MAX_TEXT_BYTES);
        Bounds.check("unit", unit, MAX_TEXT_BYTES);
        if (name.isEmpty() || !(step > 0) || Double.isInfinite(step)) {
            throw new IllegalArgumentException("a channel has a name and a positive step: '" + name + "', " + step);
        }
    }
}
