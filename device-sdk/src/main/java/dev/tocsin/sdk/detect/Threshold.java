package dev.tocsin.sdk.detect;

import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.AlarmState;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

/**
 * One channel against one limit: a contact loop (0 open, 1 closed), a float switch, a voltage. It raises when the value has been
 * beyond the limit for {@link Settings#holds}, and restores when it has been back by the hysteresis for {@link
 * Settings#restores}; a single sample on the other side begins the time anew, so that chatter and a lone wild value raise
 * nothing.
 *
 * <p>Any unit. What is not a number says nothing, neither for nor against.
 */
public final class Threshold implements Detector {

    /** On which side of the limit it is bad. */
    public enum Side {
        /** At the limit or above it. */
        ABOVE,
        /** At the limit or below it. */
        BELOW
    }

    /**
     * What is too much.
     *
     * @param kind the alarm
     * @param side which side of the limit is bad
     * @param limit in the channel's unit; the limit itself is bad
     * @param hysteresis how far back from the limit it is good again, in the channel's unit; 0 or more
     * @param holds how long it must be bad; 0 for the first sample
     * @param restores how long it must be good
     */
    public record Settings(
            AlarmKind kind, Side side, double limit, double hysteresis, Duration holds, Duration restores) {

        /** Refuses what cannot be compared. */
        public Settings {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(side, "side");
            if (!Double.isFinite(limit) || !(hysteresis >= 0) || Double.isInfinite(hysteresis)) {
                throw new IllegalArgumentException(
                        "a limit and a hysteresis of 0 or more, not " + limit + " and " + hysteresis);
            }
            if (holds.isNegative() || restores.isNegative()) {
                throw new IllegalArgumentException("times of 0 or more, not " + holds + " and " + restores);
            }
        }
    }

    private final Settings settings;
    private final int channel;
    private final String unit;
    private final Findings findings;
    private final long holdsNs;
    private final long restoresNs;
    private boolean raised;
    private boolean turning; // a time is running towards the other state, since…
    private long turnedNs; // …this sample
    private double value = Double.NaN;

    /**
     * A detector of one channel.
     *
     * @param channel which of a sample's values it looks at; 0 for the first
     * @param unit that channel's, for people; empty where it has none
     */
    public Threshold(Settings settings, int channel, String unit, Findings findings) {
        this.settings = settings;
        this.channel = channel;
        this.unit = unit;
        this.findings = findings;
        this.holdsNs = settings.holds().toNanos();
        this.restoresNs = settings.restores().toNanos();
    }

    @Override
    public int channels() {
        return channel + 1;
    }

    @Override
    public void sample(long timeNs, double[] values) {
        if (Double.isNaN(values[channel])) {
            return;
        }
        value = values[channel];
        if (raised ? !isGood() : !isBad()) {
            turning = false;
        } else if (!turning) {
            turning = true;
            turnedNs = timeNs;
        }
        decide(timeNs);
    }

    @Override
    public void step(long nowNs) {
        decide(nowNs);
    }

    private void decide(long nowNs) {
        if (turning && nowNs - turnedNs >= (raised ? restoresNs : holdsNs)) {
            turning = false;
            raised = !raised;
            findings.found(new Detection(
                    settings.kind(), raised ? AlarmState.RAISED : AlarmState.RESTORED, turnedNs, nowNs, text()));
        }
    }

    private String text() {
        String measured = String.format(Locale.ROOT, "%.3g", value) + (unit.isEmpty() ? "" : " " + unit);
        return measured
                + (raised ? ", limit " : ", limit was ")
                + sign()
                + String.format(Locale.ROOT, " %.3g", settings.limit());
    }

    private String sign() {
        return settings.side() == Side.ABOVE ? ">=" : "<=";
    }

    private boolean isBad() {
        return settings.side() == Side.ABOVE ? value >= settings.limit() : value <= settings.limit();
    }

    private boolean isGood() {
        return settings.side() == Side.ABOVE
                ? value < settings.limit() - settings.hysteresis()
                : value > settings.limit() + settings.hysteresis();
    }
}
