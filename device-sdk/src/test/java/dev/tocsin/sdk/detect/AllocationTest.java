package dev.tocsin.sdk.detect;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing is allocated for a sample. */
class AllocationTest {

    private static final int SAMPLES = 50_000;
    private static final long PERIOD_NS = 10_000_000;

    /** What the measurement itself may take, far less than a byte a sample. */
    private static final long MOST_BYTES = 4_096;

    @ParameterizedTest
    @MethodSource("dev.tocsin.sdk.detect.GarbageTest#detectors")
    void a_sample_allocates_nothing(GarbageTest.Guarded guarded) {
        Detector detector = guarded.with(new Found());
        double[][] samples = quiet(guarded.name(), detector.channels());
        play(detector, samples, 0);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        play(detector, samples, SAMPLES);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(MOST_BYTES);
    }

    private static void play(Detector detector, double[][] samples, long from) {
        for (int i = 0; i < SAMPLES; i++) {
            long nowNs = (from + i) * PERIOD_NS;
            detector.sample(nowNs, samples[i % samples.length]);
            detector.step(nowNs);
        }
    }

    private static double[][] quiet(String name, int channels) {
        SplittableRandom random = new SplittableRandom(2);
        double rest = switch (name) {
            case "immersion", "drowning" -> 1e6;
            case "level" -> 1;
            case "fire" -> 0.5;
            default -> 5;
        };
        double[][] samples = new double[997][channels];
        for (double[] sample : samples) {
            sample[0] = rest + 0.001 * random.nextDouble();
            for (int c = 1; c < channels; c++) {
                sample[c] = 0.5 + 0.3 * random.nextDouble();
            }
        }
        return samples;
    }
}
