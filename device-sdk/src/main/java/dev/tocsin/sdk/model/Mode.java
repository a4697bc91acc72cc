package dev.tocsin.sdk.model;

/** How serious an alarm is meant. It is inside the signature. In any doubt an alarm is {@link #LIVE}. */
public enum Mode {
    /** Real. */
    LIVE,
    /** Inside a drill that a centre ordered; never reaches police. */
    DRILL,
    /** A test of the device; asks nobody to come. */
    TEST
}
