package dev.tocsin.sdk.detect;

/**
 * The last seconds of acceleration, in slots of a tenth of a second. Slots make sampling harmless: whether it is fast or
 * slow, comes in bursts of the same time or leaves gaps, a slot has a mean or has none, and every slot weighs the same.
 */
final class MotionSlots {

    static final long SLOT_NS = 100_000_000;

    /** How many are kept. */
    static final int KEPT = 64;

    private static final int MASK = KEPT - 1;

    private final int[] samples = new int[KEPT];
    private final double[] sumX = new double[KEPT];
    private final double[] sumY = new double[KEPT];
    private final double[] sumZ = new double[KEPT];
    private final double[] sumOfSquares = new double[KEPT];
    private final double[] sumOfSizes = new double[KEPT];
    private final double[] peak = new double[KEPT];
    private final long[] peakNs = new long[KEPT];

    private double x;
    private double y;
    private double z;
    private double spread;

    /** Begins a slot, over the oldest. */
    void begin(long slot) {
        int i = at(slot);
        samples[i] = 0;
        sumX[i] = 0;
        sumY[i] = 0;
        sumZ[i] = 0;
        sumOfSquares[i] = 0;
        sumOfSizes[i] = 0;
        peak[i] = 0;
        peakNs[i] = 0;
    }

    void add(long slot, long timeNs, double ax, double ay, double az) {
        int i = at(slot);
        double square = ax * ax + ay * ay + az * az;
        double size = Math.sqrt(square);
        samples[i]++;
        sumX[i] += ax;
        sumY[i] += ay;
        sumZ[i] += az;
        sumOfSquares[i] += square;
        sumOfSizes[i] += size;
        if (size > peak[i]) {
            peak[i] = size;
            peakNs[i] = timeNs;
        }
    }

    /** The greatest |a| in a slot, g; 0 where it is empty. */
    double peakG(long slot) {
        return peak[at(slot)];
    }

    long peakNs(long slot) {
        return peakNs[at(slot)];
    }

    /** The mean of |a| in a slot, g; not a number where it is empty. */
    double meanG(long slot) {
        int i = at(slot);
        return samples[i] == 0 ? Double.NaN : sumOfSizes[i] / samples[i];
    }

    /** The least mean of |a| of a slot, g; 1 where all are empty, as of somebody at rest. */
    double leastMeanG(long first, long last) {
        double least = Double.NaN;
        for (long slot = first; slot <= last; slot++) {
            double mean = meanG(slot);
            least = mean < least || Double.isNaN(least) ? mean : least;
        }
        return Double.isNaN(least) ? 1 : least;
    }

    /**
     * Looks at some slots: their mean acceleration and how far it spreads are then in {@link #x}, {@link #y}, {@link #z}
     * and {@link #spreadG}.
     *
     * @return how many of them have samples
     */
    int look(long first, long last) {
        int filled = 0;
        double squares = 0;
        x = 0;
        y = 0;
        z = 0;
        for (long slot = first; slot <= last; slot++) {
            int i = at(slot);
            int n = samples[i];
            if (n > 0) {
                filled++;
                x += sumX[i] / n;
                y += sumY[i] / n;
                z += sumZ[i] / n;
                squares += sumOfSquares[i] / n;
            }
        }
        if (filled > 0) {
            x /= filled;
            y /= filled;
            z /= filled;
            spread = Math.sqrt(Math.max(0, squares / filled - (x * x + y * y + z * z)));
        }
        return filled;
    }

    double x() {
        return x;
    }

    double y() {
        return y;
    }

    double z() {
        return z;
    }

    /** Standard deviation of the acceleration, all axes together, g. */
    double spreadG() {
        return spread;
    }

    /** How long the mean acceleration is, g: about 1 of a sensor that rests or turns slowly. */
    double gravityG() {
        return Math.sqrt(x * x + y * y + z * z);
    }

    private static int at(long slot) {
        return (int) slot & MASK;
    }
}
