package dev.tocsin.sdk.detect;

import dev.tocsin.sdk.model.AlarmState;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A fall detector, a sensor that samples made-up motions for it, and what it found. */
final class FallRig implements Findings {

    static final double RATE_HZ = 50;

    final FallDetector detector;
    final List<Detection> found = new ArrayList<>();
    final List<FallPhase> phases = new ArrayList<>();

    private final double[] values = new double[3];

    FallRig(FallProfile profile) {
        detector = new FallDetector(profile, this);
    }

    /** What can be wrong on the way from the motion to the detector. */
    interface Wire {
        /** Takes a sample, and passes on as many as it likes. */
        void pass(double timeS, double[] feels, FallRig rig);
    }

    FallRig play(Motion motion) {
        return play(motion, RATE_HZ, (timeS, feels, rig) -> rig.sample(timeS, feels));
    }

    FallRig play(Motion motion, double rateHz, Wire wire) {
        for (int i = 0; i / rateHz < motion.endS(); i++) {
            wire.pass(i / rateHz, motion.at(i / rateHz), this);
        }
        return this;
    }

    void sample(double timeS, double... feels) {
        System.arraycopy(feels, 0, values, 0, 3);
        detector.sample(Math.round(timeS * 1e9), values);
        if (phases.isEmpty() || phases.getLast() != detector.phase()) {
            phases.add(detector.phase());
        }
    }

    List<AlarmState> states() {
        return found.stream().map(Detection::state).toList();
    }

    @Override
    public void found(Detection detection) {
        found.add(detection);
    }

    @Override
    public void health(String cause, boolean isStanding, String text) {
        throw new AssertionError("a fall detector tells no health: " + cause);
    }

    /** Leaves out what lies between. */
    static Wire gap(double fromS, double toS) {
        return (timeS, feels, rig) -> {
            if (timeS < fromS || timeS >= toS) {
                rig.sample(timeS, feels);
            }
        };
    }

    /** Cuts each axis off. */
    static Wire clipped(double atG) {
        return (timeS, feels, rig) -> rig.sample(
                timeS,
                Math.clamp(feels[0], -atG, atG),
                Math.clamp(feels[1], -atG, atG),
                Math.clamp(feels[2], -atG, atG));
    }

    /** Each sample has the time of the burst that it came with: ten a second, a millisecond apart. */
    static Wire bursts() {
        return (timeS, feels, rig) -> {
            double burstS = Math.ceil(timeS * 10) / 10;
            rig.sample(burstS + (timeS - burstS + 0.1) / 100, feels);
        };
    }

    /** A garbage sample before each good one, of every kind in turn. */
    static Wire garbage(long seed) {
        double[] kinds = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e300, -33, Double.MAX_VALUE};
        SplittableRandom random = new SplittableRandom(seed);
        return (timeS, feels, rig) -> {
            double[] bad = feels.clone();
            bad[random.nextInt(3)] = kinds[random.nextInt(kinds.length)];
            rig.sample(timeS, bad);
            rig.sample(timeS, feels);
        };
    }
}
