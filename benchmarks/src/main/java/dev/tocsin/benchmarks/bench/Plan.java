package dev.tocsin.benchmarks.bench;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param warmUp alarms of each path that are not counted, one after the other
 * @param rounds in each, every path has its turn, in an order drawn anew
 * @param turn how long a path's turn is
 * @param perSecond alarms a second
 * @param cold devices of each path that begin without a connection
 * @param saturation how long each path is driven as fast as it goes; zero: not at all
 * @param lossy alarms of each device over a bad network; 0: not measured
 */
public record Plan(int warmUp, int rounds, Duration turn, double perSecond, int cold, Duration saturation, int lossy) {

    private static final int QUICK_LOSSY = 20;

    /** A minute or two. */
    public static final Plan QUICK = new Plan(1_000, 8, Duration.ofSeconds(1), 125, 5, Duration.ZERO, 0);

    /** A quarter of an hour: ten thousand alarms of each path, enough for a 99.9th percentile. */
    public static final Plan WHOLE = new Plan(5_000, 20, Duration.ofSeconds(4), 125, 50, Duration.ofSeconds(10), 60);

    /** The same with the bad network. */
    Plan withLoss() {
        return new Plan(warmUp, rounds, turn, perSecond, cold, saturation, Math.max(lossy, QUICK_LOSSY));
    }

    /** Alarms in a turn of a path that takes at most so many a second. */
    int alarms(double most) {
        return (int) Math.max(1, turn.toMillis() * rate(most) / 1e3);
    }

    double rate(double most) {
        return Math.min(perSecond, most);
    }
}
