package dev.tocsin.simulator.eval;

import dev.tocsin.sdk.detect.FallProfile;
import dev.tocsin.simulator.eval.FallEvaluation.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How well thresholds carry over to somebody they were not chosen on: each subject is left out once, the thresholds are
 * chosen on the others from a small grid, and tried on the one. Chosen is what has the best mean of sensitivity and
 * specificity; among equals the nearest to what is shipped.
 *
 * @param placement the profile's name
 * @param combinations how many the grid has
 * @param leftOut each subject, by thresholds that it had no part in
 * @param shipped the same subjects, by the thresholds that are shipped, which were chosen on all of them
 * @param chosen how often each combination was chosen, by its name
 */
public record FallTuning(
        String placement,
        int combinations,
        SortedMap<Group, FallScore> leftOut,
        SortedMap<Group, FallScore> shipped,
        SortedMap<String, Integer> chosen) {

    private static final double[] NEEDED = {0, -0.04, 0.04, -0.08, 0.08};
    private static final double[] FULL = {1, 0.8, 1.25};

    /** What the grid is, for people. */
    public static final String GRID = "needed ± 0.04, 0.08; full impact and full turn × 0.8, 1, 1.25";

    /** All combinations for a profile: itself first, then the nearer ones before the farther. */
    static List<FallProfile> grid(FallProfile profile) {
        List<FallProfile> grid = new ArrayList<>();
        for (double impact : FULL) {
            for (double turn : FULL) {
                for (double needed : NEEDED) {
                    grid.add(profile.with(
                            profile.needed() + needed,
                            profile.impact().full() * impact,
                            profile.turn().full() * turn));
                }
            }
        }
        return grid;
    }

    /**
     * Leaves each subject out once.
     *
     * @param grid the shipped profile first
     * @param trials of one placement: all recordings, for each of the grid
     */
    static FallTuning of(List<FallProfile> grid, List<List<FallTrial>> trials) {
        List<SortedMap<Group, FallScore>> bySubject = trials.stream()
                .map(of -> FallEvaluation.by(
                        of, t -> new Group(t.row().dataset(), t.row().subject())))
                .toList();
        SortedMap<Group, FallScore> leftOut = new TreeMap<>();
        SortedMap<String, Integer> chosen = new TreeMap<>();
        bySubject.getFirst().keySet().forEach(subject -> {
            int best = best(bySubject, subject);
            chosen.merge(name(grid.get(best)), 1, Integer::sum);
            bySubject.get(best).forEach((who, score) -> {
                if (who.equals(subject)) {
                    leftOut.put(who, score);
                }
            });
        });
        return new FallTuning(grid.getFirst().name(), grid.size(), leftOut, bySubject.getFirst(), chosen);
    }

    private static int best(List<SortedMap<Group, FallScore>> bySubject, Group without) {
        int best = 0;
        double most = -1;
        for (int i = 0; i < bySubject.size(); i++) {
            FallScore others = new FallScore(0, 0, 0, 0);
            for (Map.Entry<Group, FallScore> one : bySubject.get(i).entrySet()) {
                others = one.getKey().equals(without) ? others : others.plus(one.getValue());
            }
            if (others.balanced() > most) {
                most = others.balanced();
                best = i;
            }
        }
        return best;
    }

    /** All of some scores together. */
    public static FallScore sum(SortedMap<Group, FallScore> scores) {
        return scores.values().stream().reduce(new FallScore(0, 0, 0, 0), FallScore::plus);
    }

    private static String name(FallProfile profile) {
        return String.format(
                Locale.ROOT,
                "needed %.2f, impact %.1f g, turn %.0f deg",
                profile.needed(),
                profile.impact().full(),
                profile.turn().full());
    }
}
