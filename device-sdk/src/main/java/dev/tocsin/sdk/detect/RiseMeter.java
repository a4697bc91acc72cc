package dev.tocsin.sdk.detect;

/**
 * How fast the water rises: from the oldest of the readings within a window to the newest, by their own times. Keeps
 * {@value #KEPT} of them at most; of more it leaves out those that come closer together than the window's share.
 */
final class RiseMeter {

    static final int KEPT = 128;

    private static final double NS_PER_HOUR = 3.6e12;

    private final long windowNs;
    private final long apartNs;
    private final long[] timesNs = new long[KEPT];
    private final double[] levelsM = new double[KEPT];
    private int first;
    private int count;

    RiseMeter(long windowNs) {
        this.windowNs = windowNs;
        this.apartNs = windowNs / (KEPT - 2);
    }

    /** Returns metres an hour, below 0 if it falls; 0 while the readings span less than half of the window. */
    double see(long timeNs, double levelM) {
        while (count > 0 && timeNs - timesNs[first] > windowNs) {
            first = (first + 1) % KEPT;
            count--;
        }
        double rise = 0;
        if (count > 0 && timeNs - timesNs[first] >= windowNs / 2) {
            rise = (levelM - levelsM[first]) / (timeNs - timesNs[first]) * NS_PER_HOUR;
        }
        if (count == 0 || timeNs - timesNs[(first + count - 1) % KEPT] >= apartNs) {
            if (count == KEPT) {
                first = (first + 1) % KEPT;
                count--;
            }
            timesNs[(first + count) % KEPT] = timeNs;
            levelsM[(first + count) % KEPT] = levelM;
            count++;
        }
        return rise;
    }
}
