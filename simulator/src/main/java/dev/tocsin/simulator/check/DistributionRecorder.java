package dev.tocsin.simulator.check;

import dev.tocsin.simulator.check.Distribution.Point;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/** Gathers durations into an HdrHistogram of three digits. One thread at a time. */
public final class DistributionRecorder {

    /** A curve has about this many points at most. */
    private static final int MOST_POINTS = 200;

    private static final double NS_PER_MS = 1e6;

    private final Histogram histogram = new Histogram(3);

    /** Adds one, nanoseconds; less than 0 counts as 0. */
    public void record(long durationNs) {
        histogram.recordValue(Math.max(0, durationNs));
    }

    /** What came together so far. */
    public Distribution distribution() {
        long count = histogram.getTotalCount();
        return count == 0
                ? Distribution.NONE
                : new Distribution(count, ms(50), ms(95), ms(99), ms(99.9), ms(100), curve());
    }

    /** Of all recorded values, those that carry the curve on by a fair part; the first and the last always. */
    private List<Point> curve() {
        List<Point> points = new ArrayList<>();
        double total = histogram.getTotalCount();
        double last = 0;
        for (HistogramIterationValue value : histogram.recordedValues()) {
            double share = value.getTotalCountToThisValue() / total;
            if (points.isEmpty() || share == 1 || share - last >= 1.0 / MOST_POINTS) {
                points.add(new Point(value.getValueIteratedTo() / NS_PER_MS, share));
                last = share;
            }
        }
        return points;
    }

    private double ms(double percentile) {
        return histogram.getValueAtPercentile(percentile) / NS_PER_MS;
    }
}
