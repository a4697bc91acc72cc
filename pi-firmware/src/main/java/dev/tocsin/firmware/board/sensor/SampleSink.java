package dev.tocsin.firmware.board.sensor;

/** Takes what a sensor measured, on the device's event loop. */
public interface SampleSink {

    /**
     * A sample.
     *
     * @param timeNs when it was taken, on the device's monotonic clock; later than the sample before
     * @param values one a channel, {@code NaN} where the sensor itself says that it could not measure; not to be kept
     */
    void sample(long timeNs, double[] values);

    /**
     * Something is wrong with the sensor or its bus. Told once, until {@link #well}; samples may still come.
     *
     * @param cause short and lasting, one of {@link Cause}'s names: {@code bus}, {@code reset}
     * @param text what was seen, for people
     */
    void trouble(String cause, String text);

    /** What was told as trouble under that cause is over. */
    void well(String cause);
}
