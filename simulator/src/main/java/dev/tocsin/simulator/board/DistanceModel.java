package dev.tocsin.simulator.board;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A distance sensor that looks along a parapet or a window: one channel, metres. It reads the distance to what stands
 * opposite, unless a person comes between.
 *
 * @param emptyM the distance with nobody there, above 0
 * @param visits who comes, nearest counts
 */
public record DistanceModel(double emptyM, List<Visit> visits) implements SampleSource {

    /**
     * A person comes near, stays and goes.
     *
     * @param when from the first movement to the last
     * @param nearM how near
     * @param coming how long coming takes, and going; at most half of the whole
     */
    public record Visit(Span when, double nearM, Duration coming) {

        /** Throws {@link IllegalArgumentException} where coming and going take longer than the visit. */
        public Visit {
            if (coming.isNegative() || coming.multipliedBy(2).compareTo(when.length()) > 0) {
                throw new IllegalArgumentException("coming takes 0 to half of " + when.length() + ", not " + coming);
            }
        }
    }

    public DistanceModel {
        visits = List.copyOf(visits);
    }

    /** Nobody there. */
    public static DistanceModel empty(double emptyM) {
        return new DistanceModel(emptyM, List.of());
    }

    /** And somebody walks through: in the sensor's way for that long. */
    public DistanceModel passing(Span when, double nearM) {
        return and(new Visit(when, nearM, Duration.ZERO));
    }

    /** And somebody leans over: slowly there, stays, slowly back. */
    public DistanceModel leaning(Span when, double nearM, Duration coming) {
        return and(new Visit(when, nearM, coming));
    }

    private DistanceModel and(Visit visit) {
        List<Visit> all = new ArrayList<>(visits);
        all.add(visit);
        return new DistanceModel(emptyM, all);
    }

    @Override
    public int channels() {
        return 1;
    }

    @Override
    public boolean sample(long timeNs, double[] metres) {
        metres[0] = emptyM;
        for (Visit visit : visits) {
            if (visit.when().contains(timeNs)) {
                metres[0] = Math.min(metres[0], distanceM(timeNs, visit));
            }
        }
        return true;
    }

    private double distanceM(long timeNs, Visit visit) {
        long comingNs = visit.coming().toNanos();
        long inNs = timeNs - visit.when().from().toNanos();
        long nearestEdgeNs = Math.min(inNs, visit.when().endNs() - timeNs);
        double there = comingNs == 0 ? 1 : Math.min(1, (double) nearestEdgeNs / comingNs);
        return emptyM + there * (visit.nearM() - emptyM);
    }
}
