package dev.tocsin.simulator.eval;

import dev.tocsin.sdk.detect.Detection;
import dev.tocsin.sdk.detect.FallProfile;
import dev.tocsin.sdk.model.AlarmState;
import dev.tocsin.simulator.eval.FallManifest.Interval;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the detector made of one recording. A fall is recognised where an alarm's impact lies within what was labelled, half a
 * second around it allowed; where nothing was labelled, any alarm is its. Told again while an alarm stands counts as well: it is seen for what it is.
 *
 * @param alarms falls that were raised, or told again
 * @param restored how many times somebody was up again
 * @param peakS when |a| was greatest within the label, or within all where there is none; empty in a daily activity
 * @param durationS how long it is
 * @param lateBlocks how many blocks of samples came late
 */
record FallTrial(
        FallManifest.Row row,
        List<Detection> alarms,
        int restored,
        OptionalDouble peakS,
        double durationS,
        int lateBlocks) {

    /** Labels were made by hand, s. */
    private static final double TOLERANCE_S = 0.5;

    FallTrial {
        alarms = List.copyOf(alarms);
    }

    /** Plays it. */
    static FallTrial of(FallManifest.Row row, MotionTrace trace, FallProfile profile) {
        List<Detection> found = FallPlay.of(trace, profile);
        OptionalDouble peak = OptionalDouble.empty();
        if (row.isFall()) {
            peak = row.fall()
                    .map(f -> trace.peakS(f.startS() - TOLERANCE_S, f.endS() + TOLERANCE_S))
                    .orElseGet(() -> trace.peakS(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
        }
        int restored = (int)
                found.stream().filter(d -> d.state() == AlarmState.RESTORED).count();
        return new FallTrial(row, FallPlay.falls(found), restored, peak, trace.durationS(), trace.lateBlocks());
    }

    /** The first alarm that is the fall's own. */
    Optional<Detection> recognised() {
        return alarms.stream().filter(this::isOwn).findFirst();
    }

    /** Alarms that are no fall's; whoever lies already and is told again is not alarmed falsely. */
    List<Detection> falseAlarms() {
        return alarms.stream()
                .filter(a -> a.state() == AlarmState.RAISED && !isOwn(a))
                .toList();
    }

    /** How often somebody who lay already was told to have fallen again, where nobody labelled a fall. */
    int toldAgain() {
        return (int) alarms.stream()
                .filter(a -> a.state() == AlarmState.UPDATED && !isOwn(a))
                .count();
    }

    /** Whether all is as it should be: a fall that is recognised, a daily activity without an alarm. */
    boolean isRight() {
        return row.isFall() ? recognised().isPresent() : alarms.isEmpty();
    }

    /** From the greatest |a| to the decision, s. */
    OptionalDouble delayAfterImpactS() {
        Optional<Detection> alarm = recognised();
        return alarm.isPresent() && peakS.isPresent()
                ? OptionalDouble.of(alarm.get().decidedNs() / 1e9 - peakS.getAsDouble())
                : OptionalDouble.empty();
    }

    /** From the labelled start to the decision, s. */
    OptionalDouble delayAfterStartS() {
        return recognised()
                .flatMap(alarm -> row.fall().map(f -> alarm.decidedNs() / 1e9 - f.startS()))
                .map(OptionalDouble::of)
                .orElse(OptionalDouble.empty());
    }

    private boolean isOwn(Detection alarm) {
        if (!row.isFall()) {
            return false;
        }
        Optional<Interval> fall = row.fall();
        double impactS = alarm.edgeNs() / 1e9;
        return fall.isEmpty()
                || (impactS >= fall.get().startS() - TOLERANCE_S
                        && impactS <= fall.get().endS() + TOLERANCE_S);
    }
}
