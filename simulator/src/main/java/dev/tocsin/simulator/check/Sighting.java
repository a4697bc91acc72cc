package dev.tocsin.simulator.check;

/**
 * How a kind of alarm came out.
 *
 * @param expected how often something happened that it should tell
 * @param detected how often it did
 * @param falseAlarms how often it was raised and nothing of its kind happened
 */
public record Sighting(int expected, int detected, int falseAlarms) {

    /** Nothing happened, and nothing was told. */
    public static final Sighting NONE = new Sighting(0, 0, 0);

    /** How often something happened and was not told. A detector has a sensitivity: this is no broken promise. */
    public int missed() {
        return expected - detected;
    }

    /** Both. */
    public Sighting plus(Sighting other) {
        return new Sighting(expected + other.expected, detected + other.detected, falseAlarms + other.falseAlarms);
    }
}
