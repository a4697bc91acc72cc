package dev.tocsin.simulator.emulated;

import java.util.random.RandomGenerator;

/**
 * When after a press the power is cut: anywhere between the latest instant that was too early and the earliest that was too
 * late, as far as that is known, so that on any host, fast or full, many cuts fall while the press is signed, written, sent
 * and receipted. A press takes now more and now less time, so each cut that meets one makes the window a little wider. One
 * thread.
 */
final class CutWindow {

    /** While nothing was too late, the window ends this many times later than the latest that was too early… */
    private static final double REACH = 4;

    /** …and begins at this share of its end. */
    private static final double LATER_PART = 0.5;

    private static final double RELAX = 0.02;
    private static final double MOST_MS = 60_000;

    private final double firstMs;
    private double earlyMs;
    private double lateMs = Double.POSITIVE_INFINITY;
    private double drawnMs;

    /**
     * A window that knows nothing.
     *
     * @param firstMs where it ends at first
     */
    CutWindow(double firstMs) {
        this.firstMs = firstMs;
    }

    /** An instant of it, ms. */
    int draw(RandomGenerator random) {
        double toMs = Math.min(lateMs, Math.min(Math.max(firstMs, REACH * earlyMs), MOST_MS));
        double fromMs = Double.isInfinite(lateMs) ? Math.max(earlyMs, LATER_PART * toMs) : earlyMs;
        drawnMs = fromMs + random.nextDouble() * Math.max(1, toMs - fromMs);
        return (int) drawnMs;
    }

    /** The one drawn last was too early: the press had not shown. */
    void wasEarly() {
        earlyMs = drawnMs;
    }

    /** The one drawn last was too late: the press was over. */
    void wasLate() {
        lateMs = drawnMs;
    }

    /** The one drawn last met the press on its way. */
    void wasMet() {
        earlyMs *= 1 - RELAX;
        lateMs *= 1 + RELAX;
    }
}
