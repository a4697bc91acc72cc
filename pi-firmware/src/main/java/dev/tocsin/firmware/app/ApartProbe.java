package dev.tocsin.firmware.app;

import dev.tocsin.sdk.detect.Detector;

/**
 * A wet probe on one part and an accelerometer on another, for a detector that wants both in a sample: each sample of
 * acceleration goes on with the probe's latest value before it. A probe that has said nothing for two seconds is not a
 * number, which the gate behind tells as a fault.
 */
final class ApartProbe implements Detector {

    private static final long LATEST_NS = 2_000_000_000L;
    private static final int AXES = 3;

    private final Detector next;
    private final double[] both = new double[1 + AXES];
    private boolean isKnown;
    private double ohm;
    private long ohmNs;

    /** @param next wants ohms, then three axes */
    ApartProbe(Detector next) {
        this.next = next;
    }

    /** The probe's value. */
    void probe(long timeNs, double newOhm) {
        isKnown = true;
        ohm = newOhm;
        ohmNs = timeNs;
    }

    @Override
    public int channels() {
        return AXES;
    }

    @Override
    public void sample(long timeNs, double[] values) {
        both[0] = isKnown && timeNs - ohmNs <= LATEST_NS ? ohm : Double.NaN;
        System.arraycopy(values, 0, both, 1, AXES);
        next.sample(timeNs, both);
    }

    @Override
    public void step(long nowNs) {
        next.step(nowNs);
    }
}
