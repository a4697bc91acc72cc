package dev.tocsin.firmware.app;

import dev.tocsin.sdk.config.TomlTable;
import dev.tocsin.sdk.detect.Detector;

/**
 * A wet probe of ohms from a converter's volts: the probe lies between the input and ground, a pull-up between the input and
 * the supply, {@code ohm = pullUp × V / (supply − V)}. As much as the supply is a dry probe, not a fault: it is open then.
 *
 * @param supplyV above 0
 * @param pullUpOhm above 0
 */
record DividedProbe(double supplyV, double pullUpOhm) {

    private static final double DRY_OHM = 1e9; // the most that the gate behind takes for a probe

    /** Throws {@link IllegalArgumentException} unless both are above 0. */
    DividedProbe {
        requireAboveZero("supply", supplyV);
        requireAboveZero("pull-up", pullUpOhm);
    }

    /** As the configuration has them; they may be wrong until a probe is made of them. */
    record Keys(boolean isThere, double pullUpOhm, double supplyV) {

        static Keys read(TomlTable t) {
            boolean isThere = t.has("pull-up");
            return new Keys(
                    isThere,
                    t.optionalNumber("pull-up").orElse(1.0),
                    isThere ? t.optionalNumber("supply").orElse(SwitchKeys.SUPPLY_V) : 1);
        }

        /** Of a sensor's channel. */
        String unit() {
            return isThere ? "V" : "ohm";
        }

        DividedProbe probe() {
            return new DividedProbe(supplyV, pullUpOhm);
        }
    }

    double ohm(double volts) {
        double restV = supplyV - volts;
        return Double.isFinite(volts) && restV * DRY_OHM <= pullUpOhm * volts ? DRY_OHM : pullUpOhm * volts / restV;
    }

    /** In front of a detector that wants ohms in its one channel. */
    Detector before(Detector next) {
        double[] ohm = new double[1];
        return new Detector() {
            @Override
            public int channels() {
                return 1;
            }

            @Override
            public void sample(long timeNs, double[] values) {
                ohm[0] = ohm(values[0]);
                next.sample(timeNs, ohm);
            }

            @Override
            public void step(long nowNs) {
                next.step(nowNs);
            }
        };
    }

    private static void requireAboveZero(String name, double value) {
        if (!(value > 0 && Double.isFinite(value))) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be above 0");
        }
    }
}
