package dev.tocsin.simulator.eval;

import dev.tocsin.sdk.detect.Detection;
import dev.tocsin.sdk.detect.Detector;
import dev.tocsin.sdk.detect.DrowningGuard;
import dev.tocsin.sdk.detect.ImmersionGuard;
import dev.tocsin.sdk.detect.ProbeSettings;
import dev.tocsin.sdk.detect.SampleGate;
import dev.tocsin.sdk.detect.SensorLimits;
import dev.tocsin.sdk.detect.WaterGuard;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.simulator.board.DistanceModel;
import dev.tocsin.simulator.board.ProbeModel;
import dev.tocsin.simulator.board.SampleSource;
import dev.tocsin.simulator.board.Span;
import dev.tocsin.simulator.check.DistributionRecorder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Events by the water that are made from models, each drawn from the seed and its number. Nothing of this was recorded.
 *
 * <p>Samples: ten a second (distance, probe) or twenty-five (worn), each up to 20 % of the period early or late, one in a
 * hundred missing. Distance: noise of 2 cm, one reading in fifty a time-out. Probe: the dry resistance 1 to 5 megaohm, under
 * water 1 to 15 kiloohm.
 */
final class WaterModels {

    static final double BANK_M = 6;
    static final double WET_OHM_MOST = 15_000;

    private static final double NOISE_M = 0.02;
    private static final double TIME_OUT = 0.02;
    private static final double MISSING = 0.01;
    private static final double JITTER = 0.2;
    private static final int PROBE_HZ = 10;
    private static final int WORN_HZ = 25;
    private static final double NS_PER_S = 1e9;
    private static final double BEFORE_S = 5;

    private WaterModels() {}

    /** Plays events of one kind, and says how many were raised and how soon. */
    static WaterEvaluation.Modelled play(String name, int events, long seed, Event event, Counting counting) {
        DistributionRecorder delay = new DistributionRecorder();
        int found = 0;
        int early = 0;
        for (int i = 0; i < events; i++) {
            SplittableRandom random = new SplittableRandom(seed + 0x9E3779B97F4A7C15L * i);
            Outcome outcome = event.play(random);
            if (outcome.early()) {
                early++;
            } else if (outcome.delayNs() >= 0) {
                found++;
                delay.record(outcome.delayNs());
            }
            counting.done(i + 1, events);
        }
        return new WaterEvaluation.Modelled(name, events, found, events - found - early, early, delay.distribution());
    }

    /** Plays one. */
    interface Event {
        Outcome play(SplittableRandom random);
    }

    /** Is told how far it is. */
    interface Counting {
        void done(int events, int of);
    }

    /**
     * What came of an event.
     *
     * @param delayNs from its start to the alarm; -1 for none
     * @param early whether something was raised before it began
     */
    record Outcome(long delayNs, boolean early) {
        static Outcome of(Alarms alarms, long startNs) {
            if (alarms.raised().isEmpty()) {
                return new Outcome(-1, false);
            }
            Detection first = alarms.raised().getFirst();
            return new Outcome(first.decidedNs() - startNs, first.decidedNs() < startNs);
        }
    }

    /** Somebody walks in within 0.5 to 3 s, to 0.3 to 2.7 m, stays for 3 to 60 s, and goes; one in three in rain. */
    static Outcome intrusion(SplittableRandom random) {
        Alarms alarms = new Alarms(AlarmKind.WATER_INTRUSION);
        Detector detector =
                guarded(new WaterGuard(WaterGuard.Settings.bank(), alarms), SensorLimits.distance(8), alarms);
        double nearM = random.nextDouble(0.3, 2.7);
        double coming = random.nextDouble(0.5, 3);
        double stay = random.nextDouble(3, 60);
        Span visit = Span.ofSeconds(BEFORE_S, 2 * coming + stay);
        SampleSource source =
                DistanceModel.empty(BANK_M).leaning(visit, nearM, Duration.ofNanos(Math.round(coming * NS_PER_S)));
        double drops = random.nextInt(3) == 0 ? random.nextDouble(0.02, 0.15) : 0;
        long insideNs = Math.round(
                (BEFORE_S + coming * (BANK_M - WaterGuard.Settings.bank().zone().insideM()) / (BANK_M - nearM))
                        * NS_PER_S);
        distance(detector, source, 0, BEFORE_S + 2 * coming + stay, drops, random);
        return Outcome.of(alarms, insideNs);
    }

    /** Under water for 5 to 120 s; one in three in rain, with waves that uncover the probe for up to a fifth of the time. */
    static Outcome immersion(SplittableRandom random) {
        Alarms alarms = new Alarms(AlarmKind.WATER_INTRUSION);
        Detector detector =
                guarded(new ImmersionGuard(ProbeSettings.FRESH_WATER, alarms), SensorLimits.probe(), alarms);
        double length = random.nextDouble(5, 120);
        SampleSource source = probe(random, waves(random, BEFORE_S, length, 0.2));
        probe(detector, source, 0, BEFORE_S + length, random);
        return Outcome.of(alarms, Math.round(BEFORE_S * NS_PER_S));
    }

    /** Struggles in the water for 2 to 60 s, then motionless under it for 20 to 60 s, in waves that move it a little. */
    static Outcome drowning(SplittableRandom random) {
        Alarms alarms = new Alarms(AlarmKind.DROWNING);
        Detector detector =
                guarded(new DrowningGuard(DrowningGuard.Settings.freshWater(), alarms), SensorLimits.worn(8), alarms);
        double struggle = random.nextDouble(2, 60);
        double still = random.nextDouble(20, 60);
        SampleSource source = probe(random, List.of(Span.ofSeconds(BEFORE_S, struggle + still)));
        double stillS = BEFORE_S + struggle;
        double wavesG = random.nextDouble(0, 0.06);
        double wavesHz = random.nextDouble(0.2, 0.6);
        double strugglesG = random.nextDouble(0.3, 1.2);
        double strugglesHz = random.nextDouble(0.8, 2.5);
        worn(detector, source, BEFORE_S + struggle + still, random, (t, g) -> {
            boolean isStill = t >= stillS;
            double swing = isStill
                    ? wavesG * Math.sin(2 * Math.PI * wavesHz * t)
                    : strugglesG * Math.sin(2 * Math.PI * strugglesHz * t);
            g[0] = 0.2 + 0.01 * random.nextGaussian();
            g[1] = 0.1 + 0.01 * random.nextGaussian();
            g[2] = 0.97 + swing + 0.01 * random.nextGaussian();
        });
        return Outcome.of(alarms, Math.round(stillS * NS_PER_S));
    }

    /** Acceleration in g at a second. */
    interface Motion {
        void at(double seconds, double[] g);
    }

    static Detector guarded(Detector detector, SensorLimits limits, Alarms alarms) {
        return new SampleGate(limits, detector, alarms);
    }

    static ProbeModel probe(SplittableRandom random, List<Span> wet) {
        return new ProbeModel(random.nextDouble(1e6, 5e6), random.nextDouble(1_000, WET_OHM_MOST), wet, 0);
    }

    private static List<Span> waves(SplittableRandom random, double from, double length, double most) {
        double share = random.nextInt(3) == 0 ? random.nextDouble(most) : 0;
        double period = random.nextDouble(1, 4);
        List<Span> wet = new ArrayList<>();
        for (double t = 0; t < length; t += period) {
            wet.add(Span.ofSeconds(from + t, Math.min(period * (1 - share), length - t)));
        }
        return wet;
    }

    /** Distances with noise, time-outs and drops in the beam. */
    static void distance(
            Detector detector,
            SampleSource source,
            double fromS,
            double lengthS,
            double drops,
            SplittableRandom random) {
        double[] sample = new double[1];
        for (double t = fromS; t < fromS + lengthS; t += 1.0 / PROBE_HZ) {
            long timeNs = jittered(t, PROBE_HZ, random);
            if (random.nextDouble() < MISSING) {
                detector.step(timeNs);
                continue;
            }
            boolean unused = source.sample(timeNs, sample);
            sample[0] += NOISE_M * random.nextGaussian();
            if (drops > 0 && random.nextDouble() < drops) {
                sample[0] = random.nextBoolean() ? 0 : sample[0] * random.nextDouble();
            } else if (random.nextDouble() < TIME_OUT) {
                sample[0] = 0;
            }
            detector.sample(timeNs, sample);
            detector.step(timeNs);
        }
    }

    static void probe(Detector detector, SampleSource source, double fromS, double lengthS, SplittableRandom random) {
        double[] sample = new double[1];
        for (double t = fromS; t < fromS + lengthS; t += 1.0 / PROBE_HZ) {
            long timeNs = jittered(t, PROBE_HZ, random);
            if (random.nextDouble() >= MISSING) {
                boolean unused = source.sample(timeNs, sample);
                detector.sample(timeNs, sample);
            }
            detector.step(timeNs);
        }
    }

    private static void worn(
            Detector detector, SampleSource source, double lengthS, SplittableRandom random, Motion motion) {
        double[] sample = new double[4];
        double[] ohm = new double[1];
        double[] g = new double[3];
        for (double t = 0; t < lengthS; t += 1.0 / WORN_HZ) {
            long timeNs = jittered(t, WORN_HZ, random);
            if (random.nextDouble() >= MISSING) {
                boolean unused = source.sample(timeNs, ohm);
                motion.at(timeNs / NS_PER_S, g);
                sample[0] = ohm[0];
                System.arraycopy(g, 0, sample, 1, 3);
                detector.sample(timeNs, sample);
            }
            detector.step(timeNs);
        }
    }

    private static long jittered(double seconds, int hertz, SplittableRandom random) {
        return Math.max(0, Math.round((seconds + JITTER / hertz * (2 * random.nextDouble() - 1)) * NS_PER_S));
    }
}
