package dev.tocsin.sdk.detect;

import java.util.Locale;

/**
 * What the detector measured at the impact that it looked at last: for plots and for people who ask why. A view, changed by
 * the detector; read on its thread. Not a number until there was an impact.
 */
public final class FallCues {

    private double weightlessG = Double.NaN;
    private double impactG = Double.NaN;
    private double turnDeg = Double.NaN;
    private double stillG = Double.NaN;
    private double calmG = Double.NaN;
    private double sum = Double.NaN;

    FallCues() {}

    void set(FallProfile profile, double weightless, double impact, double turn, double still, double calm) {
        weightlessG = weightless;
        impactG = impact;
        turnDeg = turn;
        stillG = still;
        calmG = calm;
        boolean isPossible = profile.impact().isMet(impact)
                && profile.turn().isMet(turn)
                && profile.still().isMet(still);
        sum = !isPossible
                ? 0
                : profile.weightless().of(weightless)
                        + profile.impact().of(impact)
                        + profile.turn().of(turn)
                        + profile.still().of(still)
                        + profile.calm().of(calm);
    }

    /** The least mean of |a| over 0.1 s in the second before the impact, g. */
    public double weightlessG() {
        return weightlessG;
    }

    /** The greatest |a|, g. */
    public double impactG() {
        return impactG;
    }

    /** By how much gravity turned, degrees; not a number where it is not known what was before. */
    public double turnDeg() {
        return turnDeg;
    }

    /** How much the acceleration varied afterwards, g. */
    public double stillG() {
        return stillG;
    }

    /** How much it varied before, g; not a number where that is not known. */
    public double calmG() {
        return calmG;
    }

    /** All of it together, 0 to 1; 0 where impact, turn or stillness are missing. */
    public double sum() {
        return sum;
    }

    /** In words. Allocates. */
    public String text() {
        return String.format(
                Locale.ROOT,
                "impact %.1f g after %.2f g, turned by %.0f deg, then still within %.2f g; certainty %.2f",
                impactG,
                weightlessG,
                turnDeg,
                stillG,
                sum);
    }
}
