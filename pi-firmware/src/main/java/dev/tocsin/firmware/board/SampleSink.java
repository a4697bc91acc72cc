package dev.tocsin.firmware.board;

/** Takes what a sensor measures. Called on the device's event loop. */
public interface SampleSink {

    /**
     * A sample.
     *
     * @param timeNs when it was taken, on the device's monotonic clock
     * @param values one a channel, not a number where the sensor itself could not measure; not kept
     */
    void sample(long timeNs, double[] values);

    /**
     * Something is wrong with the sensor or its bus; samples may still come.
     *
     * @param cause short and lasting: {@code bus}
     * @param text what was seen, for people
     */
    void trouble(String cause, String text);

    /** What was told under that cause is over. */
    void well(String cause);
}
