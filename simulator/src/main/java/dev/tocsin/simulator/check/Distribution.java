package dev.tocsin.simulator.check;

import dev.tocsin.simulator.scenario.Expectation.Quantile;
import java.util.List;

/**
 * A distribution of durations, in milliseconds, to three digits. Zeros where there are no samples.
 *
 * @param count how many samples
 * @param curve its cumulative curve, from the first sample to the last; empty where only figures are known
 */
public record Distribution(
        long count, double p50Ms, double p95Ms, double p99Ms, double p999Ms, double maxMs, List<Point> curve) {

    /** No samples. */
    public static final Distribution NONE = new Distribution(0, 0, 0, 0, 0, 0);

    public Distribution {
        curve = List.copyOf(curve);
    }

    /** Figures without a curve. */
    public Distribution(long count, double p50Ms, double p95Ms, double p99Ms, double p999Ms, double maxMs) {
        this(count, p50Ms, p95Ms, p99Ms, p999Ms, maxMs, List.of());
    }

    /**
     * A point of a cumulative curve.
     *
     * @param ms a duration
     * @param share how many of the samples are not above it, more than 0 to 1
     */
    public record Point(double ms, double share) {}

    /** One of its quantiles, milliseconds. */
    public double ms(Quantile quantile) {
        return switch (quantile) {
            case P50 -> p50Ms;
            case P95 -> p95Ms;
            case P99 -> p99Ms;
            case P999 -> p999Ms;
            case MAX -> maxMs;
        };
    }
}
