package dev.tocsin.firmware.app;

import dev.tocsin.sdk.detect.Detector;

/**
 * A wet probe of ohms from a converter's volts: the probe lies between the input and ground, a pull-up between the input and
 * the supply, {@code ohm = pullUp × V / (supply − V)}. As much as the supply is a dry probe, not a fault: it is open then.
 */
final class DividedProbe implements Detector {

    private static final double DRY_OHM = 1e9; // the most that the gate behind takes for a probe

    private final double supplyV;
    private final double pullUpOhm;
    private final Detector next;
    private final double[] ohm = new double[1];

    /** Throws {@link IllegalArgumentException} unless both are above 0. */
    DividedProbe(double supplyV, double pullUpOhm, Detector next) {
        requireAboveZero("supply", supplyV);
        requireAboveZero("pull-up", pullUpOhm);
        this.supplyV = supplyV;
        this.pullUpOhm = pullUpOhm;
        this.next = next;
    }

    static void requireAboveZero(String name, double value) {
        if (!(value > 0 && Double.isFinite(value))) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be above 0");
        }
    }

    @Override
    public int channels() {
        return next.channels();
    }

    @Override
    public void sample(long timeNs, double[] values) {
        double volts = values[0];
        double restV = supplyV - volts;
        ohm[0] = Double.isFinite(volts) && restV * DRY_OHM <= pullUpOhm * volts ? DRY_OHM : pullUpOhm * volts / restV;
        next.sample(timeNs, ohm);
    }

    @Override
    public void step(long nowNs) {
        next.step(nowNs);
    }
}
