package dev.tocsin.simulator.eval;

import dev.tocsin.sdk.detect.Detection;
import dev.tocsin.sdk.detect.FallDetector;
import dev.tocsin.sdk.detect.FallProfile;
import dev.tocsin.sdk.detect.Findings;
import dev.tocsin.sdk.model.AlarmState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjDoubleConsumer;

/**
 * Plays a recording through the device's own detector, sample by sample, and a second further: who recorded it did not wait
 * for the detector.
 */
final class FallPlay {

    private static final long FURTHER_NS = 1_000_000_000;

    private FallPlay() {}

    /** What was found, in order. */
    static List<Detection> of(MotionTrace trace, FallProfile profile) {
        return of(trace, profile, (detector, timeS) -> {});
    }

    /**
     * The same, watched.
     *
     * @param watcher is shown the detector after each sample, with the sample's time in seconds
     */
    static List<Detection> of(MotionTrace trace, FallProfile profile, ObjDoubleConsumer<FallDetector> watcher) {
        List<Detection> found = new ArrayList<>();
        FallDetector detector = new FallDetector(profile, new Findings() {
            @Override
            public void found(Detection detection) {
                found.add(detection);
            }

            @Override
            public void health(String cause, boolean isStanding, String text) {
                // a fall detector has none to tell
            }
        });
        double[] values = new double[detector.channels()];
        boolean isWet = false;
        for (MotionTrace.Sample sample : trace.samples()) {
            if (sample.isWet() != isWet) {
                isWet = sample.isWet();
                detector.immersed(isWet);
            }
            values[0] = sample.axG();
            values[1] = sample.ayG();
            values[2] = sample.azG();
            detector.sample(sample.timeNs(), values);
            watcher.accept(detector, sample.timeS());
        }
        detector.step(trace.samples().getLast().timeNs() + FURTHER_NS);
        watcher.accept(detector, trace.samples().getLast().timeS() + FURTHER_NS / 1e9);
        return found;
    }

    /** Only the falls: raised, and told again where somebody fell again before being up. */
    static List<Detection> falls(List<Detection> found) {
        return found.stream().filter(d -> d.state() != AlarmState.RESTORED).toList();
    }
}
