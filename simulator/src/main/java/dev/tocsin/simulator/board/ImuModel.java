package dev.tocsin.simulator.board;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An accelerometer on a body: three channels, x forward, y to the left, z up when upright, in g (1 g = 9.80665 m/s²). At
 * rest it reads 0, 0, 1. Synthetic: shapes after the literature's outlines of walking and falling, fit for exercising
 * software, not for judging a detector.
 *
 * @param walks when the body walks
 * @param fall when it falls, if it does; walking ends there
 */
public record ImuModel(List<Walk> walks, Optional<Fall> fall) implements SampleSource {

    /**
     * Walking: the body bobs with every step and sways with every other.
     *
     * @param when how long
     * @param stepsPerSecond about 1.5 to 2.5; running 3
     * @param bobG how far z swings either way
     */
    public record Walk(Span when, double stepsPerSecond, double bobG) {}

    /**
     * A fall: weightless, then the impact (a half sine), then lying on the front.
     *
     * @param freeFall how long it is weightless
     * @param impactG the peak, straight up
     * @param impactSeconds how long the impact is, above 0; about 0.05 on a hard floor
     */
    public record Fall(Span freeFall, double impactG, double impactSeconds) {}

    public ImuModel {
        walks = List.copyOf(walks);
    }

    /** A body at rest. */
    public static ImuModel still() {
        return new ImuModel(List.of(), Optional.empty());
    }

    /** And it walks. */
    public ImuModel walking(Span when, double stepsPerSecond, double bobG) {
        List<Walk> all = new ArrayList<>(walks);
        all.add(new Walk(when, stepsPerSecond, bobG));
        return new ImuModel(all, fall);
    }

    /** And it falls, once. */
    public ImuModel falling(Span freeFall, double impactG, double impactSeconds) {
        return new ImuModel(walks, Optional.of(new Fall(freeFall, impactG, impactSeconds)));
    }

    @Override
    public int channels() {
        return 3;
    }

    @Override
    public boolean sample(long timeNs, double[] g) {
        g[0] = 0;
        g[1] = 0;
        g[2] = 1;
        if (fall.isPresent() && timeNs >= fall.get().freeFall().from().toNanos()) {
            fall(timeNs, fall.get(), g);
            return true;
        }
        for (Walk walk : walks) {
            if (walk.when().contains(timeNs)) {
                double phase = 2 * Math.PI * walk.stepsPerSecond() * walk.when().secondsIn(timeNs);
                g[0] += walk.bobG() / 2 * Math.cos(phase);
                g[1] += walk.bobG() / 3 * Math.sin(phase / 2);
                g[2] += walk.bobG() * Math.sin(phase);
            }
        }
        return true;
    }

    private static void fall(long timeNs, Fall fall, double[] g) {
        g[2] = 0;
        double afterS = (timeNs - fall.freeFall().endNs()) / 1e9;
        if (afterS >= fall.impactSeconds()) {
            g[0] = -1; // lying on the front: up is to the back
        } else if (afterS >= 0) {
            g[2] = fall.impactG() * Math.sin(Math.PI * afterS / fall.impactSeconds());
        }
    }
}
