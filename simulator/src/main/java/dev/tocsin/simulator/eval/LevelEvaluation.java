package dev.tocsin.simulator.eval;

import dev.tocsin.sdk.detect.WaterLevel;
import dev.tocsin.simulator.eval.LevelPlay.Told;
import dev.tocsin.simulator.eval.WaterRecordings.Series;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * What the water level detector made of recorded gauges, beside a plain count of crossings that shares no code with it, and of
 * the same gauges with spikes, gaps and frozen stretches put in.
 *
 * @param scores for each series
 * @param skipped recordings of the manifest that are not there
 */
public record LevelEvaluation(List<Score> scores, int skipped) {

    private static final double WARNING_QUANTILE = 0.9;
    private static final double DANGER_QUANTILE = 0.99;
    private static final int LATE_ROWS = 3;
    private static final int APART = 4;
    private static final double LEAST_SPIKE_M = 3;
    private static final double MOST_SPIKE_M = 10;
    private static final double SPIKE_SHARE = 0.01;
    private static final int GAPS = 10;
    private static final int LONGEST_GAP = 48;
    private static final int STRETCHES = 3;

    public LevelEvaluation {
        scores = List.copyOf(scores);
    }

    /**
     * What to evaluate with.
     *
     * @param warningM metres; empty for the series' quantile 0.9
     * @param dangerM metres; empty for the series' quantile 0.99
     * @param fastestMPerHour what the detector is told of the water
     * @param frozen and after how long a gauge is frozen
     * @param runs how many times disturbances are drawn for each series
     * @param seed draws them
     */
    public record Options(
            OptionalDouble warningM,
            OptionalDouble dangerM,
            double fastestMPerHour,
            Duration frozen,
            int runs,
            long seed) {}

    /**
     * Figures of crossings.
     *
     * @param crossings as the plain count has them, of both levels
     * @param found told at their row or the next
     * @param standing crossed again within the hysteresis, while the alarm stands
     * @param late told two or three rows after
     * @param missed not told
     * @param wrong told while the water was below the level, and in the row before as well
     * @param longestDelay of those found or late, rows
     */
    public record Count(int crossings, int found, int standing, int late, int missed, int wrong, int longestDelay) {
        Count plus(Count o) {
            return new Count(
                    crossings + o.crossings,
                    found + o.found,
                    standing + o.standing,
                    late + o.late,
                    missed + o.missed,
                    wrong + o.wrong,
                    Math.max(longestDelay, o.longestDelay));
        }
    }

    /**
     * One series.
     *
     * @param gaps rows that come more than the detector's gap after the one above
     * @param recorded as it was recorded
     * @param disturbed with disturbances, all runs
     * @param spikes how many were put in, all runs
     * @param holes and gaps
     * @param stretches and frozen stretches, each a day longer than the limit or more
     * @param frozenTold how many of these were told as frozen
     * @param frozenRecorded frozen faults in the recording itself
     */
    public record Score(
            Series series,
            WaterLevel.Settings settings,
            int gaps,
            Count recorded,
            Count disturbed,
            int spikes,
            int holes,
            int stretches,
            int frozenTold,
            int frozenRecorded) {}

    /** Whether there was anything to find. */
    public boolean isEmpty() {
        return scores.stream().allMatch(s -> s.recorded().crossings() == 0);
    }

    /** Plays them all. */
    public static LevelEvaluation of(WaterRecordings recordings, Options options) {
        List<Score> scores = new ArrayList<>();
        for (Series series : recordings.series()) {
            if (series.timesNs().length > 0) {
                scores.add(score(series, options));
            }
        }
        return new LevelEvaluation(scores, recordings.skipped());
    }

    private static Score score(Series series, Options options) {
        double[] levels = Arrays.stream(series.rows()).mapToDouble(r -> r[0]).toArray();
        double warningM = options.warningM().orElseGet(() -> quantile(levels, WARNING_QUANTILE));
        double dangerM = options.dangerM().orElseGet(() -> Math.max(warningM, quantile(levels, DANGER_QUANTILE)));
        WaterLevel.Settings settings = WaterLevel.Settings.river(warningM, dangerM)
                .fastest(options.fastestMPerHour())
                .frozenAfter(options.frozen());
        LevelPlay play = LevelPlay.of(series.timesNs(), levels, settings);
        Disturbed all = new Disturbed();
        SplittableRandom random = new SplittableRandom(options.seed());
        for (int run = 0; run < options.runs(); run++) {
            disturb(series.timesNs(), levels, settings, random.split(), all);
        }
        return new Score(
                series,
                settings,
                gaps(series.timesNs(), settings.gap().toNanos()),
                count(levels, levels, play, settings),
                all.count,
                all.spikes,
                all.holes,
                all.stretches,
                all.frozenTold,
                play.frozen());
    }

    private static double quantile(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return Math.round(sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))] * 100) / 100.0;
    }

    private static int gaps(long[] timesNs, long gapNs) {
        int gaps = 0;
        for (int i = 1; i < timesNs.length; i++) {
            gaps += timesNs[i] - timesNs[i - 1] > gapNs ? 1 : 0;
        }
        return gaps;
    }

    /** The water's own levels say what was to be found; where a spike stands instead, the row counts as the one before. */
    private static Count count(double[] water, double[] known, LevelPlay play, WaterLevel.Settings settings) {
        Count warning = count(water, known, play, settings.warningM(), 1, settings.hysteresisM());
        Count danger = count(water, known, play, settings.dangerM(), 2, settings.hysteresisM());
        int wrong = 0;
        for (Told told : play.told()) {
            double levelM = told.level() == 2 ? settings.dangerM() : settings.warningM();
            boolean isBelow = water[told.row()] < levelM && (told.row() == 0 || water[told.row() - 1] < levelM);
            wrong += told.level() > 0 && isBelow ? 1 : 0;
        }
        return warning.plus(danger).plus(new Count(0, 0, 0, 0, 0, wrong, 0));
    }

    private static Count count(
            double[] water, double[] known, LevelPlay play, double levelM, int level, double hysteresisM) {
        Count count = new Count(0, 0, 0, 0, 0, 0, 0);
        for (int row : PlainCrossings.up(known, levelM)) {
            int delay = play.delay(row, level, LATE_ROWS);
            boolean isStanding = delay < 0 && play.stands(row, level, water, levelM - hysteresisM);
            count = count.plus(new Count(
                    1,
                    delay >= 0 && delay <= 1 ? 1 : 0,
                    isStanding ? 1 : 0,
                    delay > 1 ? 1 : 0,
                    delay < 0 && !isStanding ? 1 : 0,
                    0,
                    delay));
        }
        return count;
    }

    private static final class Disturbed {
        private Count count = new Count(0, 0, 0, 0, 0, 0, 0);
        private int spikes;
        private int holes;
        private int stretches;
        private int frozenTold;
    }

    private static void disturb(
            long[] timesNs, double[] levels, WaterLevel.Settings settings, SplittableRandom random, Disturbed all) {
        int n = levels.length;
        double[] base = levels.clone();
        boolean[] isTaken = new boolean[n];
        for (int i = 0; i < STRETCHES; i++) {
            all.stretches += freeze(timesNs, base, isTaken, settings.frozen(), random) ? 1 : 0;
        }
        boolean[] isGone = new boolean[n];
        for (int i = 0; i < GAPS && n > 4 * LONGEST_GAP; i++) {
            int from = random.nextInt(1, n - LONGEST_GAP);
            int length = random.nextInt(1, LONGEST_GAP + 1);
            if (isFree(isTaken, from - APART, from + length + APART)) {
                Arrays.fill(isGone, from, from + length, true);
                Arrays.fill(isTaken, from, from + length, true);
                all.holes++;
            }
        }
        double[] spiked = base.clone();
        double[] known = base.clone();
        for (int i = 0; i < SPIKE_SHARE * n; i++) {
            int at = random.nextInt(1, n);
            if (isFree(isTaken, at - APART, at + APART)) {
                isTaken[at] = true;
                double sizeM = random.nextDouble(LEAST_SPIKE_M, MOST_SPIKE_M);
                spiked[at] += random.nextInt(4) == 0 ? -sizeM : sizeM;
                known[at] = base[at - 1];
                all.spikes++;
            }
        }
        int[] kept = IntStream.range(0, n).filter(i -> !isGone[i]).toArray();
        LevelPlay play =
                LevelPlay.of(Arrays.stream(kept).mapToLong(i -> timesNs[i]).toArray(), picked(spiked, kept), settings);
        all.count = all.count.plus(count(picked(base, kept), picked(known, kept), play, settings));
        all.frozenTold += play.frozen();
    }

    private static boolean freeze(
            long[] timesNs, double[] base, boolean[] isTaken, Duration frozen, SplittableRandom random) {
        long lengthNs = frozen.plusDays(1 + random.nextInt(3)).toNanos();
        int from = random.nextInt(1, base.length);
        int to = from;
        while (to < base.length && timesNs[to] - timesNs[from] <= lengthNs) {
            to++;
        }
        if (to == base.length || !isFree(isTaken, from - APART, to + APART)) {
            return false;
        }
        Arrays.fill(base, from, to, base[from]);
        Arrays.fill(isTaken, from, to, true);
        return true;
    }

    private static boolean isFree(boolean[] isTaken, int from, int to) {
        for (int i = Math.max(0, from); i < Math.min(isTaken.length, to); i++) {
            if (isTaken[i]) {
                return false;
            }
        }
        return true;
    }

    private static double[] picked(double[] values, int[] rows) {
        return Arrays.stream(rows).mapToDouble(i -> values[i]).toArray();
    }
}
