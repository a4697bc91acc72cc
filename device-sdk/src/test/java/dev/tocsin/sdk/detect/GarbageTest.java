package dev.tocsin.sdk.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a sensor says, garbage raises faults and never an alarm for a life. */
class GarbageTest {

    private static final int SEEDS = 200;
    private static final long PERIOD_NS = 50_000_000;

    /** A detector with the gate that belongs in front of it. */
    record Guarded(String name, SensorLimits limits, Function<Findings, Detector> detector) {
        @Override
        public String toString() {
            return name;
        }

        Detector with(Findings findings) {
            return new SampleGate(limits, detector.apply(findings), findings);
        }
    }

    static List<Guarded> detectors() {
        WaterLevel.Settings creek = new WaterLevel.Settings(
                2, 3, 0.05, 2, Duration.ofMinutes(10), 20, 0.05, Duration.ofSeconds(2), Duration.ofHours(6));
        return List.of(
                new Guarded("edge", SensorLimits.distance(8), f -> new EdgeGuard(EdgeGuard.Settings.parapet(), f)),
                new Guarded("water", SensorLimits.distance(8), f -> new WaterGuard(WaterGuard.Settings.bank(), f)),
                new Guarded("immersion", SensorLimits.probe(), f -> new ImmersionGuard(ProbeSettings.FRESH_WATER, f)),
                new Guarded(
                        "drowning",
                        SensorLimits.worn(8),
                        f -> new DrowningGuard(DrowningGuard.Settings.freshWater(), f)),
                new Guarded(
                        "level",
                        SensorLimits.gauge(-5, 20, Duration.ofNanos(PERIOD_NS), Duration.ofHours(6)),
                        f -> new WaterLevel(creek, f)),
                new Guarded(
                        "fire",
                        SensorLimits.loop(),
                        f -> new SwitchGuard(SwitchGuard.Settings.smoke(LoopBands.closing(4_700, 4_700, 1_000)), f)));
    }

    @ParameterizedTest
    @MethodSource("detectors")
    void wild_garbage_never_raises_an_alarm_and_is_told_as_a_fault(Guarded guarded) {
        for (int seed = 0; seed < SEEDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Found found = new Found();
            play(guarded.with(found), random, wild(random));
            assertThat(found.states()).as("seed %d", seed).isEmpty();
            assertThat(found.health).as("seed %d", seed).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("detectors")
    void after_garbage_the_detector_works_on(Guarded guarded) {
        SplittableRandom random = new SplittableRandom(4);
        Found found = new Found();
        Detector detector = guarded.with(found);
        long nowNs = play(detector, random, wild(random));
        double[] sample = new double[detector.channels()];
        for (int i = 0; i < 1_200; i++) {
            nowNs += PERIOD_NS;
            real(guarded.name(), i, random, sample);
            detector.sample(nowNs, sample);
            detector.step(nowNs);
        }
        assertThat(found.states()).isNotEmpty().allMatch(s -> s.endsWith("RAISED") || s.endsWith("UPDATED"));
    }

    private static void real(String name, int i, SplittableRandom random, double[] sample) {
        double jitter = 0.001 * random.nextDouble();
        switch (name) {
            case "edge" -> sample[0] = 1.2 + jitter;
            case "water" -> sample[0] = 1.5 + jitter;
            case "immersion" -> sample[0] = i < 400 ? 1e6 : 4_000 + jitter;
            case "drowning" -> {
                sample[0] = i < 400 ? 1e6 : 4_000;
                sample[1] = jitter;
                sample[2] = 0.1 + 0.001 * random.nextDouble();
                sample[3] = 1 + 0.001 * random.nextDouble();
            }
            case "level" -> sample[0] = 2.5 + jitter;
            default -> sample[0] = i < 400 ? 0.5 : 0.15;
        }
    }

    private static long play(Detector detector, SplittableRandom random, Garbage garbage) {
        double[] sample = new double[detector.channels()];
        long nowNs = 0;
        for (int i = 0; i < 1_200; i++) {
            nowNs += PERIOD_NS;
            for (int c = 0; c < sample.length; c++) {
                sample[c] = garbage.next();
            }
            long atNs = random.nextInt(10) == 0 ? nowNs - random.nextLong(10 * PERIOD_NS) : nowNs;
            detector.sample(atNs, sample);
            if (i % 20 == 0) {
                detector.step(nowNs);
            }
        }
        return nowNs;
    }

    interface Garbage {
        double next();
    }

    /** Bit patterns, special numbers, and numbers of any size. */
    private static Garbage wild(SplittableRandom random) {
        double[] special = {
            Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.MIN_VALUE, -0.0, Double.MAX_VALUE, -1
        };
        return () -> switch (random.nextInt(4)) {
            case 0 -> Double.longBitsToDouble(random.nextLong());
            case 1 -> special[random.nextInt(special.length)];
            case 2 -> (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(12));
            default -> random.nextDouble(-20, 100);
        };
    }
}
