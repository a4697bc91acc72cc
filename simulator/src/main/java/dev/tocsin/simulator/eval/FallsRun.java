package dev.tocsin.simulator.eval;

import dev.tocsin.sdk.detect.FallProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntConsumer;

/**
 * Plays all recordings of a manifest, one after the other: only one is in memory.
 *
 * @param evaluation by the shipped profiles
 * @param tunings by leaving subjects out, one a placement; empty unless asked for
 */
public record FallsRun(FallEvaluation evaluation, List<FallTuning> tunings) {

    /** Joggers' wrists have a median of 1.5 g; a wrong unit is wrong by ten or more. */
    private static final double LEAST_REST_G = 0.3;

    private static final double MOST_REST_G = 3;

    /** Labels were made by hand, s. */
    private static final double LABEL_S = 0.5;

    public FallsRun {
        tunings = List.copyOf(tunings);
    }

    /** The recordings with a miss or a false alarm, each once. */
    public List<FallManifest.Row> mistaken() {
        return evaluation.mistakes().stream()
                .map(FallEvaluation.Mistake::row)
                .distinct()
                .toList();
    }

    /** How it went. */
    public sealed interface Result {
        /** All were played. */
        record Played(FallsRun run) implements Result {}

        /** A recording cannot be used; says file, line and what would be right. */
        record Unusable(String why) implements Result {}
    }

    /**
     * Plays them. Blocks.
     *
     * @param wet the recordings' column that says where the sensor is under water
     * @param leaveOut whether to leave subjects out, too
     * @param progress is told how many are done
     */
    public static Result play(FallManifest manifest, Optional<String> wet, boolean leaveOut, IntConsumer progress) {
        List<FallTrial> trials = new ArrayList<>();
        SortedMap<String, Grid> grids = new TreeMap<>();
        for (FallManifest.Row row : manifest.rows()) {
            switch (MotionTrace.read(row.path(), row.unitG(), wet)) {
                case MotionTrace.Reading.Malformed(String why) -> {
                    return new Result.Unusable(why);
                }
                case MotionTrace.Reading.Read(MotionTrace trace) -> {
                    Optional<String> doubt = doubt(row, trace);
                    if (doubt.isPresent()) {
                        return new Result.Unusable(doubt.get());
                    }
                    trials.add(FallTrial.of(row, trace, row.profile()));
                    if (leaveOut) {
                        grids.computeIfAbsent(row.profile().name(), k -> new Grid(row.profile()))
                                .play(row, trace);
                    }
                }
            }
            progress.accept(trials.size());
        }
        return new Result.Played(new FallsRun(
                FallEvaluation.of(trials, manifest.skipped()),
                grids.values().stream().map(Grid::tuning).toList()));
    }

    /** What does not fit between a recording and its line in the manifest. */
    private static Optional<String> doubt(FallManifest.Row row, MotionTrace trace) {
        double restG = trace.medianG();
        if (!(restG >= LEAST_REST_G && restG <= MOST_REST_G)) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "%s: half of |a| is above %.3g g, as its unit is given; a sensor at rest has 1 g, and %.1f to %.1f must"
                            + " be: is the unit right?",
                    row.path(),
                    restG,
                    LEAST_REST_G,
                    MOST_REST_G));
        }
        double firstS = trace.samples().getFirst().timeS();
        double lastS = trace.samples().getLast().timeS();
        return row.fall()
                .filter(f -> f.startS() < firstS - LABEL_S || f.endS() > lastS + LABEL_S)
                .map(f -> row.at() + "the fall is labelled from " + f.startS() + " to " + f.endS()
                        + " s; it must be within the recording, " + firstS + " to " + lastS + " s");
    }

    private static final class Grid {
        private final List<FallProfile> profiles;
        private final List<List<FallTrial>> trials = new ArrayList<>();

        Grid(FallProfile shipped) {
            profiles = FallTuning.grid(shipped);
            profiles.forEach(p -> trials.add(new ArrayList<>()));
        }

        void play(FallManifest.Row row, MotionTrace trace) {
            for (int i = 0; i < profiles.size(); i++) {
                trials.get(i).add(FallTrial.of(row, trace, profiles.get(i)));
            }
        }

        FallTuning tuning() {
            return FallTuning.of(profiles, trials);
        }
    }
}
