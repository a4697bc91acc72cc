package dev.tocsin.simulator.eval;

import java.util.Collection;
import java.util.OptionalDouble;

/**
 * Figures of some recordings.
 *
 * @param tp falls that were recognised
 * @param fn falls that were missed
 * @param fp daily activities with an alarm
 * @param tn daily activities without
 */
public record FallScore(int tp, int fn, int fp, int tn) {

    static FallScore of(Collection<FallTrial> trials) {
        int tp = 0;
        int fn = 0;
        int fp = 0;
        int tn = 0;
        for (FallTrial trial : trials) {
            boolean isFall = trial.row().isFall();
            boolean isRight = trial.isRight();
            tp += isFall && isRight ? 1 : 0;
            fn += isFall && !isRight ? 1 : 0;
            fp += !isFall && !isRight ? 1 : 0;
            tn += !isFall && isRight ? 1 : 0;
        }
        return new FallScore(tp, fn, fp, tn);
    }

    /** Of both together. */
    FallScore plus(FallScore other) {
        return new FallScore(tp + other.tp, fn + other.fn, fp + other.fp, tn + other.tn);
    }

    /** How many falls there are. */
    public int falls() {
        return tp + fn;
    }

    /** How many daily activities there are. */
    public int adl() {
        return fp + tn;
    }

    /** The share of falls that were recognised; empty without falls. */
    public OptionalDouble sensitivity() {
        return falls() == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) tp / falls());
    }

    /** The share of daily activities without an alarm; empty without activities. */
    public OptionalDouble specificity() {
        return adl() == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) tn / adl());
    }

    /** The mean of sensitivity and specificity; whichever there is where one is missing. */
    double balanced() {
        double sensitivity = sensitivity().orElseGet(() -> specificity().orElse(0));
        return (sensitivity + specificity().orElse(sensitivity)) / 2;
    }
}
