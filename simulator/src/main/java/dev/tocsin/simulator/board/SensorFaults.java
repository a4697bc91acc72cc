package dev.tocsin.simulator.board;

import dev.tocsin.sdk.port.Entropy;
import java.util.Arrays;

/** The ways in which a sensor does not tell what there is. */
final class SensorFaults {

    private SensorFaults() {}

    static SampleSource noisy(SampleSource source, double sigma, Entropy entropy) {
        return new Changed(source) {
            @Override
            public boolean sample(long timeNs, double[] values) {
                boolean there = source.sample(timeNs, values);
                for (int i = 0; there && i < values.length; i++) {
                    values[i] += sigma * normal(entropy);
                }
                return there;
            }
        };
    }

    /** Box and Muller, Annals of Mathematical Statistics 29 (1958). */
    static double normal(Entropy entropy) {
        return Math.sqrt(-2 * Math.log(1 - entropy.nextUnit())) * Math.cos(2 * Math.PI * entropy.nextUnit());
    }

    static SampleSource saturated(SampleSource source, double lowest, double highest) {
        if (!(lowest <= highest)) {
            throw new IllegalArgumentException("the lowest must not be above the highest: " + lowest + ", " + highest);
        }
        return new Changed(source) {
            @Override
            public boolean sample(long timeNs, double[] values) {
                boolean there = source.sample(timeNs, values);
                for (int i = 0; there && i < values.length; i++) {
                    values[i] = Math.clamp(values[i], lowest, highest);
                }
                return there;
            }
        };
    }

    static SampleSource stuck(SampleSource source, double value, Span when) {
        return new Changed(source) {
            @Override
            public boolean sample(long timeNs, double[] values) {
                if (!when.contains(timeNs)) {
                    return source.sample(timeNs, values);
                }
                Arrays.fill(values, value);
                return true;
            }
        };
    }

    static SampleSource frozen(SampleSource source, Span when) {
        long lastNs = when.from().toNanos() - 1;
        return new Changed(source) {
            private double[] last = {};

            @Override
            public boolean sample(long timeNs, double[] values) {
                if (!when.contains(timeNs)) {
                    return source.sample(timeNs, values);
                }
                if (last.length == 0) {
                    double[] asked = new double[channels()];
                    if (!source.sample(lastNs, asked)) {
                        return false;
                    }
                    last = asked;
                }
                System.arraycopy(last, 0, values, 0, last.length);
                return true;
            }
        };
    }

    static SampleSource broken(SampleSource source, Span when) {
        return new Changed(source) {
            @Override
            public boolean sample(long timeNs, double[] values) {
                return !when.contains(timeNs) && source.sample(timeNs, values);
            }
        };
    }

    private abstract static class Changed implements SampleSource {
        private final int channels;

        Changed(SampleSource source) {
            this.channels = source.channels();
        }

        @Override
        public int channels() {
            return channels;
        }
    }
}
