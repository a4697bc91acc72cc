package dev.tocsin.sdk.detect;

/**
 * What the voltage of a supervised loop says, as a ratio of the supply, 0 to 1.
 *
 * <p><b>Model.</b> The loop goes from the converter's input to ground; a pull-up goes to the supply. With a resistor at the end
 * of the line and another across each contact (double end of line) the loop has four levels: shorted 0, at rest, in alarm,
 * cut 1. So whoever cuts or bridges the wire is told from a contact that opens. EN 50131 asks intruder systems to notice
 * tampering with the interconnections (EN 50131-1, 8.8, per public summaries); panels do it in this way (DSC, <i>PowerSeries Neo
 * HS2016 Installation Manual</i>, figure 2-9 and after: 5.6 kΩ). Between two levels the limit lies half way, and who is within
 * {@link #marginRatio} of a limit stays what they were.
 *
 * @param shortBelow under this ratio the loop is shorted, 0 to 1; 0 where that cannot be told
 * @param middle the limit between rest and alarm, from {@code shortBelow} up
 * @param openAbove over this ratio the loop is cut, from {@code middle} up to 1.1; over 1 where that cannot be told
 * @param isAlarmAbove whether the alarm lies above the middle, as with a contact that opens, or below it
 * @param marginRatio 0 to 0.2
 */
public record LoopBands(double shortBelow, double middle, double openAbove, boolean isAlarmAbove, double marginRatio) {

    /** A bare contact, 0 at rest and 1 in alarm: neither cut nor short can be told. */
    public static final LoopBands CONTACT = new LoopBands(0, 0.5, 1.1, true, 0.1);

    /** What the loop is. */
    public enum State {
        /** At rest. */
        NORMAL,
        /** The contact is in alarm. */
        ALARM,
        /** Bridged. */
        SHORT,
        /** Cut. */
        OPEN
    }

    /** Throws {@link IllegalArgumentException} outside the ranges. */
    public LoopBands {
        Checks.within("shortBelow", shortBelow, 0, 1);
        Checks.within("middle", middle, shortBelow, 1);
        Checks.within("openAbove", openAbove, middle, 1.1);
        Checks.within("marginRatio", marginRatio, 0, 0.2);
    }

    /**
     * A contact that opens in alarm: gates, beams, tamper switches. In alarm its own resistor adds to that at the end.
     *
     * @param pullUpOhm to the supply, above 0
     * @param endOhm at the end of the line, above 0; the loop at rest
     * @param alarmOhm across the contact, above 0
     */
    public static LoopBands opening(double pullUpOhm, double endOhm, double alarmOhm) {
        double rest = ratio(pullUpOhm, endOhm);
        double alarm = ratio(pullUpOhm, endOhm + alarmOhm);
        return new LoopBands(rest / 2, (rest + alarm) / 2, (alarm + 1) / 2, true, margin(rest, alarm));
    }

    /**
     * A contact that closes in alarm: smoke and gas detectors. In alarm its own resistor lies beside that at the end.
     *
     * @param pullUpOhm to the supply, above 0
     * @param endOhm at the end of the line, above 0; the loop at rest
     * @param alarmOhm in series with the contact, above 0
     */
    public static LoopBands closing(double pullUpOhm, double endOhm, double alarmOhm) {
        double rest = ratio(pullUpOhm, endOhm);
        double alarm = ratio(pullUpOhm, endOhm * alarmOhm / (endOhm + alarmOhm));
        return new LoopBands(alarm / 2, (rest + alarm) / 2, (rest + 1) / 2, false, margin(rest, alarm));
    }

    private static double ratio(double pullUpOhm, double loopOhm) {
        Checks.above("pull-up, ohm", pullUpOhm, "nothing", 0);
        Checks.above("resistor, ohm", loopOhm, "nothing", 0);
        return loopOhm / (pullUpOhm + loopOhm);
    }

    private static double margin(double rest, double alarm) {
        return Math.abs(alarm - rest) / 8;
    }

    /** What a ratio says, if the loop was {@code before}. */
    State of(double ratio, State before) {
        return isNearALimit(ratio) ? before : of(ratio);
    }

    private State of(double ratio) {
        if (ratio < shortBelow) {
            return State.SHORT;
        }
        if (ratio > openAbove) {
            return State.OPEN;
        }
        return ratio > middle == isAlarmAbove ? State.ALARM : State.NORMAL;
    }

    private boolean isNearALimit(double ratio) {
        return isNear(ratio, middle)
                || (shortBelow > 0 && isNear(ratio, shortBelow))
                || (openAbove <= 1 && isNear(ratio, openAbove));
    }

    private boolean isNear(double ratio, double limit) {
        return Math.abs(ratio - limit) < marginRatio;
    }
}
