package dev.tocsin.simulator.storage;

import dev.tocsin.sdk.port.Entropy;
import java.time.Duration;

/** How long a sync takes on a disk that is well. */
public sealed interface SyncLatency {

    /** Draws one, nanoseconds, 0 or more. */
    long drawNs(Entropy entropy);

    /** Always as long. */
    static SyncLatency constant(Duration time) {
        return new Constant(time);
    }

    /**
     * Mostly about as long, sometimes much longer, as SD cards are.
     *
     * @param median half of all syncs take longer; above zero
     * @param sigma standard deviation of the natural logarithm, 0 or more; 0.5 is a calm card, 1.5 a bad one
     */
    static SyncLatency lognormal(Duration median, double sigma) {
        return new Lognormal(median, sigma);
    }

    /** See {@link #constant}. */
    record Constant(Duration time) implements SyncLatency {

        /** Throws {@link IllegalArgumentException} below zero. */
        public Constant {
            if (time.isNegative()) {
                throw new IllegalArgumentException("a sync takes no negative time: " + time);
            }
        }

        @Override
        public long drawNs(Entropy entropy) {
            return time.toNanos();
        }
    }

    /** See {@link #lognormal}. */
    record Lognormal(Duration median, double sigma) implements SyncLatency {

        /** Throws {@link IllegalArgumentException} outside the ranges. */
        public Lognormal {
            if (median.isNegative() || median.isZero() || !(sigma >= 0)) {
                throw new IllegalArgumentException(
                        "median above zero and sigma 0 or more, not " + median + ", " + sigma);
            }
        }

        /** Box and Muller, Annals of Mathematical Statistics 29 (1958). */
        @Override
        public long drawNs(Entropy entropy) {
            double radius = Math.sqrt(-2 * Math.log(1 - entropy.nextUnit()));
            double normal = radius * Math.cos(2 * Math.PI * entropy.nextUnit());
            return Math.round(median.toNanos() * Math.exp(sigma * normal));
        }
    }
}
