package dev.tocsin.sdk.detect;

import dev.tocsin.sdk.model.AlarmKind;
import java.time.Duration;
import java.util.Locale;

/**
 * Watches a water gauge. One channel, the level in metres above the gauge's zero, at whatever times it is read.
 *
 * <p><b>Model.</b> {@code WATER_LEVEL} raised when the water rises fast or stands at the warning level, updated at the warning
 * level after a fast rise, and at the danger level; restored when it is below the warning level by the hysteresis and no
 * longer rises fast. Below danger by the hysteresis nothing is told, for the warning stands; if it comes to danger again,
 * that is told again: it is worse than what was just before.
 *
 * <p><b>Spikes.</b> Water has a fastest rise, a gauge's spike has none. A reading that the water cannot have reached waits for
 * the next to agree, so a spike of one reading never warns and a real crossing is told within one reading (the rate-of-change
 * and spike tests of QARTOD, <i>Manual for Real-Time Quality Control of Water Level Data</i>, version 2.1, 2021, made
 * decidable on line). A gauge with too many doubtful readings has the fault {@value #SPIKES}; three in a row must agree then.
 * Water that rises faster than was thought possible is told with the third reading of its rise, as long as it rises evenly.
 *
 * <p><b>Read fast.</b> Readings that come faster than the gauge's period, two thirds of {@link Settings#gap} and a minute at
 * most, count once a period, as their median: waves and a converter that is disturbed for some samples are no water.
 *
 * <p><b>Frozen.</b> A gauge that reads the same, bit for bit, for {@link Settings#frozen} has the fault {@value #FROZEN} (the
 * flat line test there). What was raised stays; nothing is raised.
 *
 * <p><b>False alarms.</b> A spike within what the water can do between two readings cannot be told from water: read more
 * often. So that a jump within one period stays doubtful, {@link Settings#fastestMPerHour} times the period should be less
 * than from the usual level to the warning. Two readings in a row that agree and are both wrong are believed.
 */
public final class WaterLevel implements Detector {

    /** The cause for a gauge that jumps. */
    public static final String SPIKES = "spikes";

    /** The cause for a gauge that reads the same for too long. */
    public static final String FROZEN = "frozen";

    private static final int RISING = 1;
    private static final int WARNING = 2;
    private static final int DANGER = 3;
    private static final double STILL_RISING = 0.5;
    private static final int FEWEST_SAME = 3;
    private static final long LONGEST_PERIOD_NS = 60_000_000_000L;
    private static final double NS_PER_HOUR = 3.6e12;

    private final Settings settings;
    private final Ladder ladder;
    private final LevelPace pace;
    private final LevelFilter filter;
    private final RiseMeter meter;
    private final Condition spikes;
    private final Condition frozen;
    private final long frozenNs;

    private boolean isStarted;
    private long lastNs;
    private double lastM = Double.NaN;
    private int same;
    private long sameSinceNs;
    private boolean isRising;
    private boolean isWarning;
    private boolean isDanger;

    /** Below the warning level. */
    public WaterLevel(Settings settings, Findings findings) {
        this.settings = settings;
        ladder = new Ladder(AlarmKind.WATER_LEVEL, findings);
        pace = new LevelPace(Math.min(settings.gap().toNanos() / 3 * 2, LONGEST_PERIOD_NS));
        filter = new LevelFilter(
                settings.stepM(), settings.fastestMPerHour(), settings.gap().toNanos());
        meter = new RiseMeter(settings.riseOver().toNanos());
        long clearNs = settings.gap().toNanos() * 2;
        spikes = new Condition(SPIKES, clearNs, findings);
        frozen = new Condition(FROZEN, 0, findings);
        frozenNs = settings.frozen().toNanos();
    }

    @Override
    public int channels() {
        return 1;
    }

    @Override
    public void sample(long timeNs, double[] values) {
        if (!Double.isFinite(values[0]) || (isStarted && timeNs <= lastNs)) {
            return;
        }
        isStarted = true;
        lastNs = timeNs;
        watchForFrost(timeNs, values[0]);
        double levelM = pace.see(timeNs, values[0]);
        if (!Double.isNaN(levelM)) {
            take(timeNs, levelM);
        }
    }

    private void take(long timeNs, double levelM) {
        LevelFilter.Verdict verdict = filter.see(timeNs, levelM);
        if (spikes.begins(timeNs, filter.isDoubtful())) {
            spikes.tell(filter.spikes() + " readings were not where the water can be, the last at "
                    + String.format(Locale.ROOT, "%.2f m", levelM));
        }
        if (verdict == LevelFilter.Verdict.TAKEN) {
            double riseMPerHour = meter.see(timeNs, levelM);
            if (filter.highestM() > levelM) {
                decide(timeNs, filter.highestM(), riseMPerHour);
            }
            decide(timeNs, levelM, riseMPerHour);
        }
    }

    /** Nothing ends by time alone: no reading says nothing of the water. Silence is told by the {@link SampleGate}. */
    @Override
    public void step(long nowNs) {}

    private void watchForFrost(long timeNs, double levelM) {
        if (Double.doubleToRawLongBits(levelM) == Double.doubleToRawLongBits(lastM)) {
            same++;
        } else {
            same = 1;
            sameSinceNs = timeNs;
            lastM = levelM;
        }
        boolean isFrozen = same >= FEWEST_SAME && timeNs - sameSinceNs >= frozenNs;
        if (frozen.begins(timeNs, isFrozen)) {
            frozen.tell(String.format(
                    Locale.ROOT, "reads %.3f m for %.1f h", levelM, (timeNs - sameSinceNs) / NS_PER_HOUR));
        }
    }

    private void decide(long nowNs, double levelM, double riseMPerHour) {
        double hysteresisM = settings.hysteresisM();
        isDanger = levelM >= settings.dangerM() - (isDanger ? hysteresisM : 0);
        isWarning = levelM >= settings.warningM() - (isWarning ? hysteresisM : 0);
        isRising = riseMPerHour >= settings.riseMPerHour() * (isRising ? STILL_RISING : 1);
        if (frozen.isStanding()) {
            return;
        }
        int rung = isDanger ? DANGER : isWarning ? WARNING : isRising ? RISING : 0;
        if (rung > ladder.rung()) {
            ladder.climb(rung, filter.edgeNs(), nowNs, text(rung, levelM, riseMPerHour));
        } else if (rung == 0 && ladder.rung() > 0) {
            ladder.restore(filter.edgeNs(), nowNs, String.format(Locale.ROOT, "at %.2f m", levelM));
        } else {
            ladder.descend(rung);
        }
    }

    private String text(int rung, double levelM, double riseMPerHour) {
        return switch (rung) {
            case DANGER -> String.format(Locale.ROOT, "danger: at %.2f m, danger %.2f m", levelM, settings.dangerM());
            case WARNING ->
                String.format(Locale.ROOT, "warning: at %.2f m, warning %.2f m", levelM, settings.warningM());
            default -> String.format(Locale.ROOT, "rises by %.2f m/h, at %.2f m", riseMPerHour, levelM);
        };
    }

    /**
     * The levels and the gauge.
     *
     * @param warningM metres above the gauge's zero, -20 to 100
     * @param dangerM at least {@code warningM}, up to 100
     * @param hysteresisM this far below a level it is over, 0 to 5 m; more than waves and the gauge's noise
     * @param riseMPerHour a rise this fast is a warning by itself, above 0; {@link Double#POSITIVE_INFINITY} for never. By
     *     rivers below a reservoir 0.5 m/h: a bank of 30 cm is gone in half an hour
     * @param riseOver measured over, 1 min to 24 h
     * @param fastestMPerHour faster the water never goes, up or down, above 0. For the tide at Halifax and a storm surge
     *     1.2 m/h; for a small river 0.5 m/h; for a mountain creek or below a sluice 20 m/h
     * @param stepM and that much more between any two readings, 0 to 5 m: waves and noise
     * @param gap readings further apart than this do not belong together, 1 s to 7 days; one and a half periods of the gauge
     * @param frozen the same reading for this long is a frozen gauge, 1 min to 90 days: tides 6 h, a low river 7 days
     */
    public record Settings(
            double warningM,
            double dangerM,
            double hysteresisM,
            double riseMPerHour,
            Duration riseOver,
            double fastestMPerHour,
            double stepM,
            Duration gap,
            Duration frozen) {

        /** Throws {@link IllegalArgumentException} outside the ranges. */
        public Settings {
            Checks.within("warningM", warningM, -20, 100);
            Checks.within("dangerM", dangerM, warningM, 100);
            Checks.within("hysteresisM", hysteresisM, 0, 5);
            Checks.above("riseMPerHour", riseMPerHour, "nothing", 0);
            Checks.within("riseOver", riseOver, Duration.ofMinutes(1), Duration.ofHours(24));
            Checks.above("fastestMPerHour", fastestMPerHour, "nothing", 0);
            Checks.within("stepM", stepM, 0, 5);
            Checks.within("gap", gap, Duration.ofSeconds(1), Duration.ofDays(7));
            Checks.within("frozen", frozen, Duration.ofMinutes(1), Duration.ofDays(90));
        }

        /** An hourly gauge of a river that rises 0.5 m/h at most. */
        public static Settings river(double warningM, double dangerM) {
            return new Settings(
                    warningM,
                    dangerM,
                    0.05,
                    Double.POSITIVE_INFINITY,
                    Duration.ofHours(3),
                    0.5,
                    0.02,
                    Duration.ofMinutes(90),
                    Duration.ofDays(7));
        }

        /** The same with another fastest rise. */
        public Settings fastest(double newFastestMPerHour) {
            return new Settings(
                    warningM, dangerM, hysteresisM, riseMPerHour, riseOver, newFastestMPerHour, stepM, gap, frozen);
        }

        /** The same that also warns of a fast rise. */
        public Settings rise(double newRiseMPerHour, Duration newRiseOver) {
            return new Settings(
                    warningM, dangerM, hysteresisM, newRiseMPerHour, newRiseOver, fastestMPerHour, stepM, gap, frozen);
        }

        /** The same with another time until the gauge counts as frozen. */
        public Settings frozenAfter(Duration newFrozen) {
            return new Settings(
                    warningM, dangerM, hysteresisM, riseMPerHour, riseOver, fastestMPerHour, stepM, gap, newFrozen);
        }
    }
}
