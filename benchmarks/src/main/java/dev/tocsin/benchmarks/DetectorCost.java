package dev.tocsin.benchmarks;

import dev.tocsin.sdk.detect.Detection;
import dev.tocsin.sdk.detect.Detector;
import dev.tocsin.sdk.detect.DrowningGuard;
import dev.tocsin.sdk.detect.EdgeGuard;
import dev.tocsin.sdk.detect.FallDetector;
import dev.tocsin.sdk.detect.FallProfile;
import dev.tocsin.sdk.detect.Findings;
import dev.tocsin.sdk.detect.ImmersionGuard;
import dev.tocsin.sdk.detect.LoopBands;
import dev.tocsin.sdk.detect.ProbeSettings;
import dev.tocsin.sdk.detect.SampleGate;
import dev.tocsin.sdk.detect.SensorLimits;
import dev.tocsin.sdk.detect.SwitchGuard;
import dev.tocsin.sdk.detect.WaterGuard;
import dev.tocsin.sdk.detect.WaterLevel;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a sample costs, in time and in bytes, with the gate in front: quiet samples at 200 a second, as a device has them all
 * day, and a step with each.
 *
 * <pre>{@code
 * ./mvnw -q -DskipTests package
 * java -jar benchmarks/target/benchmarks.jar DetectorCost -prof gc
 * }</pre>
 *
 * <p>{@code gc.alloc.rate.norm} is bytes a sample. A new detector: a name in {@link #detector} and a case in {@link #gated}.
 */
@State(Scope.Thread)
@BenchmarkMode({Mode.Throughput, Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DetectorCost {

    private static final long PERIOD_NS = 5_000_000;
    private static final int SAMPLES = 1_024;

    /** Which detector. */
    @Param({"fall", "edge", "water", "immersion", "drowning", "level", "loop"})
    public String detector = "edge";

    private Detector gate = gated(detector);
    private final double[][] samples = new double[SAMPLES][];
    private long nowNs;
    private int next;

    /** Makes the detector and its samples. */
    @Setup
    public void make() {
        gate = gated(detector);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < SAMPLES; i++) {
            samples[i] = quiet(detector, gate.channels(), random);
        }
    }

    /** A sample and a step. */
    @Benchmark
    public long sample() {
        nowNs += PERIOD_NS;
        next = (next + 1) % SAMPLES;
        gate.sample(nowNs, samples[next]);
        gate.step(nowNs);
        return nowNs;
    }

    private static Detector gated(String name) {
        Findings nobody = new Nobody();
        return switch (name) {
            case "fall" ->
                new SampleGate(SensorLimits.acceleration(16), new FallDetector(FallProfile.WRIST, nobody), nobody);
            case "edge" ->
                new SampleGate(SensorLimits.distance(8), new EdgeGuard(EdgeGuard.Settings.parapet(), nobody), nobody);
            case "water" ->
                new SampleGate(SensorLimits.distance(8), new WaterGuard(WaterGuard.Settings.bank(), nobody), nobody);
            case "immersion" ->
                new SampleGate(SensorLimits.probe(), new ImmersionGuard(ProbeSettings.FRESH_WATER, nobody), nobody);
            case "drowning" ->
                new SampleGate(
                        SensorLimits.worn(8), new DrowningGuard(DrowningGuard.Settings.freshWater(), nobody), nobody);
            case "level" ->
                new SampleGate(
                        SensorLimits.gauge(-5, 20, Duration.ofSeconds(1), Duration.ofHours(6)),
                        new WaterLevel(WaterLevel.Settings.river(2, 3), nobody),
                        nobody);
            case "loop" ->
                new SampleGate(
                        SensorLimits.loop(),
                        new SwitchGuard(SwitchGuard.Settings.smoke(LoopBands.closing(4_700, 4_700, 1_000)), nobody),
                        nobody);
            default -> throw new IllegalArgumentException("no detector " + name);
        };
    }

    private static double[] quiet(String name, int channels, SplittableRandom random) {
        double[] sample = new double[channels];
        sample[0] = switch (name) {
                    case "immersion", "drowning" -> 1e6;
                    case "level", "fall" -> 1;
                    case "loop" -> 0.5;
                    default -> 5;
                }
                + 0.001 * random.nextDouble();
        for (int c = 1; c < channels; c++) {
            sample[c] = 0.5 + 0.3 * random.nextDouble();
        }
        return sample;
    }

    private static final class Nobody implements Findings {
        @Override
        public void found(Detection detection) {
            throw new IllegalStateException("quiet samples, and yet: " + detection);
        }

        @Override
        public void health(String cause, boolean isStanding, String text) {
            throw new IllegalStateException("sound samples, and yet: " + cause + " " + text);
        }
    }
}
