package dev.tocsin.simulator.eval;

import dev.tocsin.sdk.detect.Detection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What the fall detector made of recordings.
 *
 * @param all of all
 * @param byDataset of each dataset
 * @param byPlacement of each placement's profile
 * @param byActivity of each dataset and activity
 * @param bySubject of each dataset and subject
 * @param afterImpact from the greatest |a| within the label to the decision
 * @param afterStart from the labelled start to the decision
 * @param dailyHours how long the daily activities are together
 * @param falseAlarms alarms in daily activities
 * @param besideFalls alarms in recordings of falls, but not at the fall
 * @param mistakes each miss and each false alarm
 * @param toldAgain how often a fall that stood was told again without a second one
 * @param restored falls after which somebody was seen up again
 * @param lateBlocks blocks of samples that came late and were put where they belong
 * @param skipped files of the manifest that are not there
 */
public record FallEvaluation(
        FallScore all,
        SortedMap<String, FallScore> byDataset,
        SortedMap<String, FallScore> byPlacement,
        SortedMap<Group, FallScore> byActivity,
        SortedMap<Group, FallScore> bySubject,
        Optional<Delay> afterImpact,
        Optional<Delay> afterStart,
        double dailyHours,
        int falseAlarms,
        int besideFalls,
        List<Mistake> mistakes,
        int toldAgain,
        int restored,
        int lateBlocks,
        int skipped) {

    /** What every figure must be shown with. */
    public static final String CAVEAT = "The recordings are adults who fall on mattresses on purpose:"
            + " the figures are theirs, and not those of pupils on stone.";

    public FallEvaluation {
        mistakes = List.copyOf(mistakes);
    }

    /** A dataset's activity or subject. */
    public record Group(String dataset, String name) implements Comparable<Group> {
        @Override
        public int compareTo(Group other) {
            return Comparator.comparing(Group::dataset)
                    .thenComparing(Group::name)
                    .compare(this, other);
        }
    }

    /** A distribution, s; percentiles by nearest rank. */
    public record Delay(double medianS, double p95S, double maxS) {

        static Optional<Delay> of(List<Double> values) {
            List<Double> sorted = values.stream().sorted().toList();
            return sorted.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Delay(at(sorted, 0.5), at(sorted, 0.95), sorted.getLast()));
        }

        private static double at(List<Double> sorted, double share) {
            return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
        }
    }

    /**
     * A miss or a false alarm.
     *
     * @param alarm the false alarm; empty for a miss
     */
    public record Mistake(FallManifest.Row row, Optional<Detection> alarm) {}

    /** Counts them. */
    static FallEvaluation of(List<FallTrial> trials, int skipped) {
        double dailyS = 0;
        int falseAlarms = 0;
        int besideFalls = 0;
        int toldAgain = 0;
        int restored = 0;
        int lateBlocks = 0;
        List<Double> afterImpact = new ArrayList<>();
        List<Double> afterStart = new ArrayList<>();
        List<Mistake> mistakes = new ArrayList<>();
        for (FallTrial trial : trials) {
            if (!trial.row().isFall()) {
                dailyS += trial.durationS();
                falseAlarms += trial.falseAlarms().size();
            } else {
                besideFalls += trial.falseAlarms().size();
                if (!trial.isRight()) {
                    mistakes.add(new Mistake(trial.row(), Optional.empty()));
                }
            }
            trial.falseAlarms().forEach(alarm -> mistakes.add(new Mistake(trial.row(), Optional.of(alarm))));
            toldAgain += trial.toldAgain();
            restored += trial.restored();
            lateBlocks += trial.lateBlocks();
            add(afterImpact, trial.delayAfterImpactS());
            add(afterStart, trial.delayAfterStartS());
        }
        return new FallEvaluation(
                FallScore.of(trials),
                by(trials, t -> t.row().dataset()),
                by(trials, t -> t.row().profile().name()),
                by(trials, t -> new Group(t.row().dataset(), t.row().activity())),
                by(trials, t -> new Group(t.row().dataset(), t.row().subject())),
                Delay.of(afterImpact),
                Delay.of(afterStart),
                dailyS / 3600,
                falseAlarms,
                besideFalls,
                mistakes,
                toldAgain,
                restored,
                lateBlocks,
                skipped);
    }

    /** Alarms in an hour of daily activity; empty where there is none. */
    public OptionalDouble falsePerHour() {
        return dailyHours > 0 ? OptionalDouble.of(falseAlarms / dailyHours) : OptionalDouble.empty();
    }

    static <K extends Comparable<K>> SortedMap<K, FallScore> by(List<FallTrial> trials, Function<FallTrial, K> key) {
        SortedMap<K, List<FallTrial>> groups = new TreeMap<>();
        trials.forEach(t ->
                groups.computeIfAbsent(key.apply(t), k -> new ArrayList<>()).add(t));
        SortedMap<K, FallScore> scores = new TreeMap<>();
        groups.forEach((k, group) -> scores.put(k, FallScore.of(group)));
        return scores;
    }

    private static void add(List<Double> values, OptionalDouble value) {
        value.ifPresent(values::add);
    }
}
