package dev.tocsin.sdk.detect;

import java.util.Objects;

/**
 * What a fall looks like from where the sensor is. A fall has an impact, a turn and stillness: each of the three must at
 * least be {@linkplain Cue#isMet met}. Weightlessness before and calm before that may be missing. All five are added
 * up, and from {@code needed} on it is a fall: a hard impact needs less of a turn, a soft one more.
 *
 * <p>Where the numbers come from: {@code docs/detectors/falls.md}. They were chosen on recordings of adults falling on
 * mattresses and hold for pupils and hard floors only as far as those are alike.
 *
 * @param name for people, such as {@code wrist}
 * @param weightless the least mean of |a| over 0.1 s within the second before the impact, g; falling, 0 to 1
 * @param impact the greatest |a|, g; rising, 1.1 to 28
 * @param turn the angle between gravity before (3 to 1 s before the impact) and after it, degrees; rising, 0 to 180
 * @param still how much the acceleration varies (standard deviation) over 1.2 s after the impact, g; falling, 0 to 4
 * @param calm how much it varied from 3 to 1 s before the impact, g; falling, 0 to 4: after running, clapping or swimming an
 *     impact says less
 * @param needed what they must add up to, 0 to 1
 * @param recovery when somebody is up again
 */
public record FallProfile(
        String name, Cue weightless, Cue impact, Cue turn, Cue still, Cue calm, double needed, Recovery recovery) {

    private static final double SUM_TOLERANCE = 1e-9;

    /**
     * On the belt. The trunk falls as a whole, so that weightlessness counts (Bourke et al. 2007, Kangas et al. 2008),
     * and it lies after a fall and stands before: the turn is the body's own. Who drops into a chair does not turn. Who writhes
     * on the floor is not up: only standing upright counts.
     */
    public static final FallProfile WAIST = new FallProfile(
            "waist",
            new Cue(0.95, 0.5, 0.30),
            new Cue(1.8, 4.0, 0.25),
            new Cue(20, 60, 0.25),
            new Cue(0.4, 0.05, 0.20),
            new Cue(1.0, 0.2, 0),
            0.60,
            new Recovery(30, 16, 3));

    /**
     * On the wrist. The arm swings, grasps and hits before the body lands: weightlessness says nothing, impacts are harder,
     * and a hand that hits a table has an impact without a turn. Calm before counts: clapping and jogging are impacts after
     * impacts. The same direction again is no sign of standing, moving on for ten seconds is, or some for minutes.
     */
    public static final FallProfile WRIST = new FallProfile(
            "wrist",
            new Cue(0.95, 0.4, 0),
            new Cue(2.0, 6.0, 0.35),
            new Cue(20, 80, 0.35),
            new Cue(0.5, 0.05, 0.18),
            new Cue(1.0, 0.2, 0.12),
            0.68,
            new Recovery(0, 0.25, 10));

    /**
     * Fixed to a rail or a fence. Nothing is worn and nothing is weightless: somebody falls against the rail or with it, and
     * it stays bent. A ball, a slammed gate or somebody who leans on it shakes it and lets it go as it was. No recording of
     * this exists; the numbers are from the geometry: 4 degrees are 7 cm at the top of a rail of 1 m; what
     * the sun does to it takes longer than the seconds that are compared.
     */
    public static final FallProfile RAIL = new FallProfile(
            "rail",
            new Cue(0.95, 0.5, 0),
            new Cue(1.5, 3.0, 0.30),
            new Cue(4, 15, 0.45),
            new Cue(0.3, 0.05, 0.25),
            new Cue(1.0, 0.2, 0),
            0.60,
            new Recovery(3, 16, 30));

    /**
     * When somebody is up again: {@code lastingS} seconds, without a break, of either sign.
     *
     * @param uprightWithinDeg how near, in degrees, gravity must come to where it was before the fall, 0 to 90; 0: no sign
     * @param movingG from where on it counts as moving, as {@code still} is measured, g, 0.05 to 16; 16: no sign
     * @param lastingS how long, seconds, 1 to 60
     */
    public record Recovery(double uprightWithinDeg, double movingG, double lastingS) {

        /** Refuses what is out of range. */
        public Recovery {
            requireWithin("uprightWithinDeg", uprightWithinDeg, 0, 90);
            requireWithin("movingG", movingG, 0.05, 16);
            requireWithin("lastingS", lastingS, 1, 60);
        }

        boolean isMovingASign() {
            return movingG < 16;
        }
    }

    /** Refuses what is out of range, a side that cannot be, and weights that do not add up to 1. */
    public FallProfile {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(recovery, "recovery");
        weightless.requireRising("weightless", false);
        weightless.requireWithin("weightless", 0, 1);
        impact.requireRising("impact", true);
        impact.requireWithin("impact", 1.1, 28);
        turn.requireRising("turn", true);
        turn.requireWithin("turn", 0, 180);
        still.requireRising("still", false);
        still.requireWithin("still", 0, 4);
        calm.requireRising("calm", false);
        calm.requireWithin("calm", 0, 4);
        requireWithin("needed", needed, 0, 1);
        double sum = weightless.weight() + impact.weight() + turn.weight() + still.weight() + calm.weight();
        if (Math.abs(sum - 1) > SUM_TOLERANCE) {
            throw new IllegalArgumentException("the weights must add up to 1, not " + sum);
        }
    }

    /** The same with other thresholds, for tuning. */
    public FallProfile with(double newNeeded, double impactFullG, double turnFullDeg) {
        return new FallProfile(
                name,
                weightless,
                new Cue(impact.none(), impactFullG, impact.weight()),
                new Cue(turn.none(), turnFullDeg, turn.weight()),
                still,
                calm,
                newNeeded,
                recovery);
    }

    private static void requireWithin(String what, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    what + " is out of range: " + value + ", wanted " + least + " to " + most);
        }
    }
}
