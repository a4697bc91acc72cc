package dev.tocsin.simulator.board;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A water level above the gauge's zero: one channel, metres. A mean, a tide around it, and floods on top.
 *
 * @param meanM the mean
 * @param tideM how far the tide goes either way, 0 or more; mean and rising at the start
 * @param tidePeriod from one high water to the next, above 0; 12 h 25 min at sea
 * @param floods what comes on top, added up
 */
public record LevelModel(double meanM, double tideM, Duration tidePeriod, List<Flood> floods) implements SampleSource {

    /**
     * A rise, or a fall, at an even pace; the water stays there after it.
     *
     * @param when while it rises
     * @param riseM how much in all, below 0 for a fall
     */
    public record Flood(Span when, double riseM) {}

    /** Throws {@link IllegalArgumentException} for a tide without a period. */
    public LevelModel {
        if (tidePeriod.isZero() || tidePeriod.isNegative()) {
            throw new IllegalArgumentException("a period above 0, not " + tidePeriod);
        }
        floods = List.copyOf(floods);
    }

    /** Water that stands still. */
    public static LevelModel still(double meanM) {
        return new LevelModel(meanM, 0, Duration.ofMinutes(745), List.of());
    }

    /** And it rises, or falls. */
    public LevelModel rising(Span when, double riseM) {
        List<Flood> all = new ArrayList<>(floods);
        all.add(new Flood(when, riseM));
        return new LevelModel(meanM, tideM, tidePeriod, all);
    }

    @Override
    public int channels() {
        return 1;
    }

    @Override
    public boolean sample(long timeNs, double[] metres) {
        metres[0] = meanM + tideM * Math.sin(2 * Math.PI * timeNs / tidePeriod.toNanos());
        for (Flood flood : floods) {
            metres[0] += flood.riseM() * progress(timeNs, flood.when());
        }
        return true;
    }

    private static double progress(long timeNs, Span when) {
        if (timeNs >= when.endNs()) {
            return 1;
        }
        return Math.max(
                0, (timeNs - when.from().toNanos()) / (double) when.length().toNanos());
    }
}
