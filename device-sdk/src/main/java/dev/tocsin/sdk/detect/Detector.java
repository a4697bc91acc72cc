package dev.tocsin.sdk.detect;

/**
 * Watches one sensor. Belongs to one thread. What it finds it tells the {@link Findings} that it was made with, from within
 * {@link #sample} and {@link #step}.
 *
 * <p>A detector trusts no sample: what is not a number, out of range or before the sample ahead of it never raises an alarm
 * for a life and never stops what comes after it. Whether the sensor is well is told by whoever stands in front of it.
 */
public interface Detector {

    /** How many values a sample has, in the order and the units that the detector documents. */
    int channels();

    /**
     * Takes a sample. Allocates nothing unless something is found.
     *
     * @param timeNs when it was taken, on the device's monotonic clock; samples may come at irregular times and leave gaps
     * @param values at least {@link #channels} of them; not kept
     */
    void sample(long timeNs, double[] values);

    /**
     * Time has passed, whether or not there was a sample: dwell, bypass and silence end by it. Called at least once a second.
     *
     * @param nowNs not before the last sample
     */
    void step(long nowNs);
}
