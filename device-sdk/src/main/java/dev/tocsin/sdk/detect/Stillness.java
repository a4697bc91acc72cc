package dev.tocsin.sdk.detect;

/**
 * Whether a body moves: the standard deviation of the acceleration's magnitude, averaged exponentially over about a second by
 * the samples' own times. A still one reads about 1 g, wherever up is; whatever reads otherwise for long is a dead sensor, not
 * a still body.
 */
final class Stillness {

    private static final double OVER_NS = 1e9;
    private static final long LONGEST_GAP_NS = 2_000_000_000L;
    private static final double LEAST_G = 0.7;
    private static final double MOST_G = 1.3;

    private final double stillG;
    private boolean isStarted;
    private long lastNs;
    private double meanG;
    private double variance;

    Stillness(double stillG) {
        this.stillG = stillG;
    }

    /** Returns whether it is still. */
    boolean sample(long timeNs, double x, double y, double z) {
        double g = Math.sqrt(x * x + y * y + z * z);
        if (!Double.isFinite(g)) {
            isStarted = false;
            return false;
        }
        long spanNs = timeNs - lastNs;
        if (!isStarted || spanNs > LONGEST_GAP_NS) {
            isStarted = true;
            meanG = g;
            variance = 1;
        } else if (spanNs > 0) {
            double weight = spanNs / (OVER_NS + spanNs);
            double off = g - meanG;
            meanG += weight * off;
            variance += weight * (off * off - variance);
        }
        lastNs = timeNs;
        return variance < stillG * stillG && meanG >= LEAST_G && meanG <= MOST_G;
    }

    double deviationG() {
        return Math.sqrt(variance);
    }
}
