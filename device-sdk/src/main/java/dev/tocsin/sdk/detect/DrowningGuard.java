package dev.tocsin.sdk.detect;

import dev.tocsin.sdk.model.AlarmKind;
import java.time.Duration;
import java.util.Locale;

/**
 * Worn in or near the water: a wet probe and an accelerometer. Four channels: ohms, then acceleration along three axes in g.
 *
 * <p><b>Model.</b> In the water and still for {@link Settings#stillFor}: {@code DROWNING} raised; for
 * {@link Settings#worseFor} longer: updated. Restored when out of the water, or when moving for {@link Settings#movingFor}.
 * Where nobody is to be in the water at all, let an {@link ImmersionGuard} watch the same probe behind a gate of its own: a
 * broken accelerometer must not keep it from seeing the water.
 *
 * <p><b>What it sees, and what not.</b> Persons who drown struggle at the surface for 20 to 60 s (F. Pia, <i>Observations on
 * the Drowning of Nonswimmers</i>, Journal of Physical Education, 1974) or mill backwards, and all of those who were
 * observed were motionless within 2 min (A. Carballo-Fazanes, J. Bierens and others, <i>The Visible Behaviour of Drowning
 * Persons</i>, Int. J. Environ. Res. Public Health 17(18):6930, 2020). This detector sees the motionless part, of somebody who
 * goes under without a struggle or after it; a struggle looks like swimming and is not told. No recording of a drowning
 * exists in public: its figures are from models.
 *
 * <p><b>False alarms.</b> Swimmers' wrists move; those who float on their back, hold on to the wall or stand in the water
 * with a wet wrist are still, and are raised after {@link Settings#stillFor}. Where people bathe, give them longer, or wear
 * the probe where only who is under water has it wet: at the neck. A probe alone or stillness alone raises nothing; a dead
 * accelerometer, which does not read 1 g, is not still. <b>Faults</b>: {@code fouled}.
 */
public final class DrowningGuard implements Detector {

    private static final int STILL = 1;
    private static final int LONG_STILL = 2;
    private static final double NS_PER_S = 1e9;

    private final WetProbe probe;
    private final Stillness stillness;
    private final Ladder ladder;
    private final Persistence still;
    private final Persistence longStill;
    private final Persistence moving;

    /** Dry and moving. */
    public DrowningGuard(Settings settings, Findings findings) {
        probe = new WetProbe(settings.probe(), findings);
        stillness = new Stillness(settings.stillG());
        ladder = new Ladder(AlarmKind.DROWNING, findings);
        long gapNs = settings.probe().gap().toNanos();
        still = new Persistence(settings.stillFor().toNanos(), gapNs);
        longStill =
                new Persistence(settings.stillFor().plus(settings.worseFor()).toNanos(), gapNs);
        moving = new Persistence(settings.movingFor().toNanos(), gapNs);
    }

    @Override
    public int channels() {
        return 4;
    }

    @Override
    public void sample(long timeNs, double[] values) {
        probe.sample(timeNs, values[0]);
        boolean isStill = stillness.sample(timeNs, values[1], values[2], values[3]);
        boolean isWetAndStill = isStill && probe.isWet();
        still.see(timeNs, isWetAndStill);
        longStill.see(timeNs, isWetAndStill);
        moving.see(timeNs, !isStill);
        decide(timeNs);
    }

    @Override
    public void step(long nowNs) {
        probe.step(nowNs);
        still.step(nowNs);
        longStill.step(nowNs);
        moving.step(nowNs);
    }

    private void decide(long nowNs) {
        if (ladder.rung() < LONG_STILL && longStill.isHeld()) {
            ladder.climb(LONG_STILL, longStill.sinceNs(), nowNs, text(nowNs, longStill));
        } else if (ladder.rung() < STILL && still.isHeld()) {
            ladder.climb(STILL, still.sinceNs(), nowNs, text(nowNs, still));
        } else if (ladder.rung() > 0 && !probe.isWet()) {
            restore(probe.drySinceNs(), nowNs, "out of the water");
        } else if (ladder.rung() > 0 && moving.isHeld()) {
            restore(moving.sinceNs(), nowNs, "moves again");
        }
    }

    private String text(long nowNs, Persistence held) {
        return String.format(
                Locale.ROOT,
                "in the water and still for %.1f s: %.0f µS, moves by %.2f g",
                (nowNs - held.sinceNs()) / NS_PER_S,
                probe.overDryUs(),
                stillness.deviationG());
    }

    private void restore(long edgeNs, long nowNs, String text) {
        still.reset();
        longStill.reset();
        ladder.restore(edgeNs, nowNs, text);
    }

    /**
     * How wet, how still, how long.
     *
     * @param probe the wet probe
     * @param stillG a standard deviation below this is still, 0.005 to 0.5 g. Swimming wrists are above 0.2 g; a body that
     *     drifts in small waves (0.1 m high, 2 s) is moved by up to 0.05 g: 0.07 g
     * @param stillFor for so long, in all, 2 s to 5 min. The rule for lifeguards is to see within 10 s and to be there within
     *     20 more (J. Ellis, <i>National Pool and Waterpark Lifeguard Training</i>, the 10/20 rule): 10 s
     * @param worseFor so much longer, 0 to 5 min
     * @param movingFor moving for so long, in all, ends it, 0.5 s to 5 min
     */
    public record Settings(
            ProbeSettings probe, double stillG, Duration stillFor, Duration worseFor, Duration movingFor) {

        private static final Duration LONGEST = Duration.ofMinutes(5);

        /** Throws {@link IllegalArgumentException} outside the ranges. */
        public Settings {
            Checks.within("stillG", stillG, 0.005, 0.5);
            Checks.within("stillFor", stillFor, Duration.ofSeconds(2), LONGEST);
            Checks.within("worseFor", worseFor, Duration.ZERO, LONGEST);
            Checks.within("movingFor", movingFor, Duration.ofMillis(500), LONGEST);
        }

        /** In fresh water. */
        public static Settings freshWater() {
            return new Settings(
                    ProbeSettings.FRESH_WATER,
                    0.07,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(5));
        }
    }
}
