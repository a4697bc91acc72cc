package dev.tocsin.sdk.detect;

/** Takes what a detector finds, on the detector's thread. */
public interface Findings {

    /** Something happens where the sensor looks. */
    void found(Detection detection);

    /**
     * The sensor is not well, or is again. Told once a change.
     *
     * @param cause short and lasting, as in {@code stuck}, {@code silent}, {@code out-of-range}
     * @param isStanding whether it began; otherwise it ended
     * @param text what was seen, for people; empty at the end
     */
    void health(String cause, boolean isStanding, String text);
}
