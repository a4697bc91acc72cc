package dev.tocsin.sdk.detect;

import dev.tocsin.sdk.model.AlarmKind;
import java.util.Locale;

/**
 * A wet probe by itself: worn by somebody who has no business in the water, or fixed where only a body displaces the water to.
 * One channel, ohms. {@code WATER_INTRUSION} raised when wet, restored when dry.
 *
 * <p>Not {@code DROWNING}: a wet probe says that somebody is in the water, not that they are drowning; for that see
 * {@link DrowningGuard}, which needs their movement. Model, rain and splash: see {@link ProbeSettings}.
 *
 * <p><b>False alarms.</b> Rain and splash do not last; a probe that was left in a bucket, or a wrist under a tap for more
 * than {@link ProbeSettings#wetFor}, is immersed and is raised. <b>Faults</b>: {@code fouled}.
 */
public final class ImmersionGuard implements Detector {

    private static final double NS_PER_S = 1e9;

    private final WetProbe probe;
    private final Ladder ladder;

    /** Dry. */
    public ImmersionGuard(ProbeSettings settings, Findings findings) {
        probe = new WetProbe(settings, findings);
        ladder = new Ladder(AlarmKind.WATER_INTRUSION, findings);
    }

    @Override
    public int channels() {
        return 1;
    }

    @Override
    public void sample(long timeNs, double[] values) {
        probe.sample(timeNs, values[0]);
        if (probe.isWet() && ladder.rung() == 0) {
            ladder.climb(
                    1,
                    probe.wetSinceNs(),
                    timeNs,
                    String.format(
                            Locale.ROOT,
                            "in the water: %.0f µS for %.1f s",
                            probe.overDryUs(),
                            (timeNs - probe.wetSinceNs()) / NS_PER_S));
        } else if (!probe.isWet() && ladder.rung() > 0) {
            ladder.restore(probe.drySinceNs(), timeNs, "out of the water");
        }
    }

    @Override
    public void step(long nowNs) {
        probe.step(nowNs);
    }
}
