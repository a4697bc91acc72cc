package dev.tocsin.sdk.detect;

import java.util.Arrays;

/**
 * Makes one reading a period of a gauge that is read faster: the median of those of a period, so that neither waves nor what
 * disturbs a converter for less than half of it is taken for water. A reading half a period or more after the one before
 * passes at once, so that a slow gauge waits for nothing.
 */
final class LevelPace {

    private static final int MOST = 64;

    private final long periodNs;
    private final double[] readings = new double[MOST];
    private final double[] sorted = new double[MOST];

    private boolean isStarted;
    private long lastNs;
    private long passedNs;
    private int kept;
    private int every = 1;
    private int skipped;

    LevelPace(long periodNs) {
        this.periodNs = periodNs;
    }

    /** The reading that stands for those since the last one, or not a number while there is none. Times in order. */
    double see(long timeNs, double levelM) {
        boolean isSlow = !isStarted || timeNs - lastNs >= periodNs / 2;
        isStarted = true;
        lastNs = timeNs;
        if (isSlow) {
            begin(timeNs);
            return levelM;
        }
        keep(levelM);
        if (timeNs - passedNs < periodNs) {
            return Double.NaN;
        }
        double median = median();
        begin(timeNs);
        return median;
    }

    private void begin(long timeNs) {
        passedNs = timeNs;
        kept = 0;
        every = 1;
        skipped = 0;
    }

    /** Beyond {@value #MOST} every second is kept, then every fourth and so on. */
    private void keep(double levelM) {
        skipped++;
        if (skipped < every) {
            return;
        }
        skipped = 0;
        if (kept == MOST) {
            kept = MOST / 2;
            every *= 2;
            for (int i = 0; i < kept; i++) {
                readings[i] = readings[2 * i];
            }
        }
        readings[kept] = levelM;
        kept++;
    }

    private double median() {
        System.arraycopy(readings, 0, sorted, 0, kept);
        Arrays.sort(sorted, 0, kept);
        return sorted[kept / 2];
    }
}
