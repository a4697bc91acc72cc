package dev.tocsin.simulator.board;

import dev.tocsin.sdk.port.Entropy;
import java.time.Duration;

/**
 * What a sensor would measure, as a function of time. Whoever reads asks with times that never decrease; a source that
 * draws (noise) gives other values for other times of asking. The unit is the source's: see there.
 *
 * <pre>{@code
 * SampleSource wrist = new ImuModel(List.of(walk, fall))
 *         .noisy(0.02, entropy)            // g
 *         .saturated(-4, 4)                // g
 *         .broken(Duration.ofMinutes(5), Duration.ofSeconds(30));
 * }</pre>
 */
public interface SampleSource {

    /** How many values a sample has, 1 or more. */
    int channels();

    /**
     * Reads it.
     *
     * @param timeNs since the source's start, nanoseconds
     * @param values takes the sample, as long as {@link #channels}; undefined where there is none
     * @return whether there is a sample
     */
    boolean sample(long timeNs, double[] values);

    /** Gaussian noise on every channel, drawn anew for every sample; sigma in the source's unit. */
    default SampleSource noisy(double sigma, Entropy entropy) {
        return SensorFaults.noisy(this, sigma, entropy);
    }

    /** Clipped at the sensor's range, in the source's unit. */
    default SampleSource saturated(double lowest, double highest) {
        return SensorFaults.saturated(this, lowest, highest);
    }

    /** Every channel reads this value for a while, in the source's unit: a short circuit, a sensor stuck at its rail. */
    default SampleSource stuck(double value, Duration from, Duration length) {
        return SensorFaults.stuck(this, value, new Span(from, length));
    }

    /** The sensor repeats the last sample before {@code from} for a while: its bus answers, its chip hangs. */
    default SampleSource frozen(Duration from, Duration length) {
        return SensorFaults.frozen(this, new Span(from, length));
    }

    /** No samples for a while: a broken wire. */
    default SampleSource broken(Duration from, Duration length) {
        return SensorFaults.broken(this, new Span(from, length));
    }
}
