package dev.tocsin.simulator.network;

import dev.tocsin.simulator.world.SeededEntropy;
import java.time.Duration;

/** How long a datagram is on its way, one way, without waiting in any queue. */
public sealed interface Latency {

    /** Nanoseconds for one datagram. */
    long drawNs(SeededEntropy entropy);

    /** Always the same. */
    record Constant(Duration delay) implements Latency {
        @Override
        public long drawNs(SeededEntropy entropy) {
            return delay.toNanos();
        }
    }

    /** Evenly between two bounds. */
    record Uniform(Duration least, Duration most) implements Latency {
        @Override
        public long drawNs(SeededEntropy entropy) {
            return least.toNanos() + entropy.below(most.minus(least).toNanos() + 1);
        }
    }

    /** Around a mean; what would be before the sending takes no time. */
    record Normal(Duration mean, Duration deviation) implements Latency {
        @Override
        public long drawNs(SeededEntropy entropy) {
            return Math.max(0, mean.toNanos() + Math.round(deviation.toNanos() * standardNormal(entropy)));
        }
    }

    /**
     * Lognormal, as round trips over the internet are: half take longer than the median, few take very long.
     *
     * @param sigma standard deviation of the logarithm; 0.5 makes one in a hundred 3.2 times the median or more
     */
    record LogNormal(Duration median, double sigma) implements Latency {
        @Override
        public long drawNs(SeededEntropy entropy) {
            return Math.round(median.toNanos() * StrictMath.exp(sigma * standardNormal(entropy)));
        }
    }

    /** Box and Muller, 1958. StrictMath: the same bits on every machine. */
    private static double standardNormal(SeededEntropy entropy) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - entropy.nextUnit()));
        return radius * StrictMath.cos(2 * StrictMath.PI * entropy.nextUnit());
    }
}
