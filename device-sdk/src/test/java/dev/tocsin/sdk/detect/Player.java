package dev.tocsin.sdk.detect;

import java.util.function.DoubleUnaryOperator;

/** Plays samples at a rate, with a step a second as a device does. */
final class Player {

    private final Detector detector;
    private final long periodNs;
    private long nowNs;
    private long nextStepNs;

    Player(Detector detector, double hertz) {
        this.detector = detector;
        this.periodNs = Math.round(1e9 / hertz);
    }

    /** One channel, the same for so many seconds. */
    Player plays(double seconds, double value) {
        return plays(seconds, t -> value);
    }

    /** One channel as a function of seconds since the start of this part. */
    Player plays(double seconds, DoubleUnaryOperator value) {
        long startNs = nowNs;
        double[] sample = new double[1];
        while (nowNs - startNs < Math.round(seconds * 1e9)) {
            sample[0] = value.applyAsDouble((nowNs - startNs) / 1e9);
            gives(sample);
        }
        return this;
    }

    /** One sample of several channels. */
    Player gives(double... sample) {
        steps();
        detector.sample(nowNs, sample);
        nowNs += periodNs;
        return this;
    }

    /** No samples. */
    Player pauses(double seconds) {
        nowNs += Math.round(seconds * 1e9);
        steps();
        return this;
    }

    private void steps() {
        while (nextStepNs <= nowNs) {
            detector.step(nextStepNs);
            nextStepNs += 1_000_000_000;
        }
        detector.step(nowNs);
    }

    long nowNs() {
        return nowNs;
    }
}
