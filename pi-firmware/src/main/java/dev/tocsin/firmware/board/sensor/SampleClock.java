package dev.tocsin.firmware.board.sensor;

/**
 * When the samples of a FIFO were taken, reconstructed from how many there are and how fast they come. A chip's own clock
 * runs a few per cent fast or slow and nobody tells; but whenever its count is read, its newest sample is less than a
 * period old. So time goes on by the count and the believed period, is pushed back into that window whenever it falls out
 * of it, and what it had to be pushed by corrects the period. Times always increase, whatever the chip does.
 *
 * <p>With a steady chip the error is below one period, because the window is one period wide. Only in the first reading,
 * when nothing is known of the chip's own period yet, the older samples are off by as much as the datasheet's is.
 */
final class SampleClock {

    /** How much of a push goes into the period. */
    private static final double GAIN = 0.2;

    /** How far from its datasheet's a chip's period may be believed to be; ADXL345 and LSM6DSO stay within 10 %. */
    private static final double MOST_OFF = 0.15;

    private final double nominalNs;
    private double periodNs;
    private long newestNs;
    private boolean isRunning;
    private boolean hasTold;
    private long toldNs;
    private long baseNs;
    private double stepNs;
    private int told;

    /** A chip that should measure every so often. */
    SampleClock(double nominalNs) {
        this.nominalNs = nominalNs;
        this.periodNs = nominalNs;
    }

    /** Samples are missing: the count says nothing about the time since the last reading. */
    void lost() {
        isRunning = false;
    }

    /**
     * The chip said how many samples it took since it was asked last.
     *
     * @param beforeNs when it was asked
     * @param afterNs when it had answered
     */
    void took(int count, long beforeNs, long afterNs) {
        if (count <= 0) {
            return;
        }
        if (isRunning) {
            double predicted = count * periodNs; // since the newest of before, as all here
            double newest =
                    Math.min(Math.max(predicted, beforeNs - newestNs - periodNs), (double) (afterNs - newestNs));
            double corrected = periodNs + GAIN * (newest - predicted) / count;
            periodNs = Math.min(Math.max(corrected, nominalNs * (1 - MOST_OFF)), nominalNs * (1 + MOST_OFF));
            stepNs = newest / count;
            baseNs = newestNs;
            newestNs += Math.round(newest);
        } else {
            stepNs = periodNs;
            baseNs = afterNs - Math.round(count * periodNs);
            newestNs = afterNs;
            isRunning = true;
        }
        told = 0;
    }

    /** When the next of those samples was taken, the oldest first. */
    long next() {
        told++;
        long timeNs = baseNs + Math.round(told * stepNs);
        toldNs = hasTold ? Math.max(timeNs, toldNs + 1) : timeNs;
        hasTold = true;
        return toldNs;
    }

    /** What the period is believed to be now. */
    double periodNs() {
        return periodNs;
    }
}
