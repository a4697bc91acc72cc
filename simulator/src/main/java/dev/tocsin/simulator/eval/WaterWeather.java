package dev.tocsin.simulator.eval;

import dev.tocsin.sdk.detect.Detector;
import dev.tocsin.sdk.detect.ImmersionGuard;
import dev.tocsin.sdk.detect.ProbeSettings;
import dev.tocsin.sdk.detect.SensorLimits;
import dev.tocsin.sdk.detect.WaterGuard;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.simulator.board.DistanceModel;
import dev.tocsin.simulator.board.ProbeModel;
import dev.tocsin.simulator.board.SampleSource;
import dev.tocsin.simulator.board.Span;
import dev.tocsin.simulator.eval.WaterModels.Counting;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a year brings by the water that is nobody, from models; hours in which nothing happens are not played. Assumptions,
 * not measurements:
 *
 * <ul>
 *   <li>rain in the beam: {@value #RAIN_HOURS} hours a year in showers of half an hour; 2 to 15 % of the readings are drops,
 *       half of them time-outs, half anywhere short of the bank;
 *   <li>wildlife: {@value #ANIMALS} crossings of the zone a year, 20 a day, their length log-normal with a median of 0.7 s and
 *       a shape of 0.6; one in {@value #SITS} sits down for 5 to 120 s;
 *   <li>rain on the probe: the same hours; the film between the electrodes conducts 2 to 45 % of {@code wetUs}, changing
 *       twice a second, and once in ten seconds a drop wets them wholly for 0.1 to 0.5 s;
 *   <li>splash: {@value #SPLASHES} a year, trains of 1 to 5, each wholly wet for 0.1 to 1.2 s, 1 to 3 s apart.
 * </ul>
 */
final class WaterWeather {

    static final int RAIN_HOURS = 500;
    static final int ANIMALS = 7_300;
    static final int SITS = 200;
    static final int SPLASHES = 20_000;

    private static final double SHOWER_S = 1_800;
    private static final double APART_S = 30;

    private WaterWeather() {}

    static List<WaterEvaluation.Falsely> years(int years, long seed, Counting counting) {
        List<WaterEvaluation.Falsely> all = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(seed);
        all.add(new WaterEvaluation.Falsely("zone, rain", years, rainInBeam(years, random.split(), counting)));
        all.add(new WaterEvaluation.Falsely("zone, wildlife", years, wildlife(years, random.split())));
        all.add(new WaterEvaluation.Falsely("probe, rain", years, rainOnProbe(years, random.split(), counting)));
        all.add(new WaterEvaluation.Falsely("probe, splash", years, splash(years, random.split())));
        return all;
    }

    private static int rainInBeam(int years, SplittableRandom random, Counting counting) {
        int showers = (int) (years * RAIN_HOURS * 3_600 / SHOWER_S);
        int alarms = 0;
        for (int i = 0; i < showers; i++) {
            Alarms raised = new Alarms(AlarmKind.WATER_INTRUSION);
            WaterModels.distance(
                    zone(raised),
                    DistanceModel.empty(WaterModels.BANK_M),
                    0,
                    SHOWER_S,
                    random.nextDouble(0.02, 0.15),
                    random);
            alarms += raised.raised().size();
            counting.done(i + 1, showers);
        }
        return alarms;
    }

    private static int wildlife(int years, SplittableRandom random) {
        int alarms = 0;
        for (int i = 0; i < years * ANIMALS; i++) {
            Alarms raised = new Alarms(AlarmKind.WATER_INTRUSION);
            double length = random.nextInt(SITS) == 0
                    ? random.nextDouble(5, 120)
                    : Math.min(60, 0.7 * Math.exp(0.6 * random.nextGaussian()));
            DistanceModel animal = DistanceModel.empty(WaterModels.BANK_M)
                    .passing(Span.ofSeconds(5, length), random.nextDouble(0.3, 2.9));
            WaterModels.distance(zone(raised), animal, 0, 5 + length + 5, 0, random);
            alarms += raised.raised().size();
        }
        return alarms;
    }

    private static Detector zone(Alarms alarms) {
        return WaterModels.guarded(
                new WaterGuard(WaterGuard.Settings.bank(), alarms), SensorLimits.distance(8), alarms);
    }

    private static int rainOnProbe(int years, SplittableRandom random, Counting counting) {
        int showers = (int) (years * RAIN_HOURS * 3_600 / SHOWER_S);
        int alarms = 0;
        for (int i = 0; i < showers; i++) {
            Alarms raised = new Alarms(AlarmKind.WATER_INTRUSION);
            ProbeModel probe = WaterModels.probe(random, List.of());
            WaterModels.probe(immersion(raised), new Film(probe, random), 0, SHOWER_S, random);
            alarms += raised.raised().size();
            counting.done(i + 1, showers);
        }
        return alarms;
    }

    private static int splash(int years, SplittableRandom random) {
        int alarms = 0;
        for (int i = 0; i < years * SPLASHES; i++) {
            Alarms raised = new Alarms(AlarmKind.WATER_INTRUSION);
            List<Span> wet = new ArrayList<>();
            double t = 2;
            for (int k = random.nextInt(1, 6); k > 0; k--) {
                double length = random.nextDouble(0.1, 1.2);
                wet.add(Span.ofSeconds(t, length));
                t += length + random.nextDouble(1, 3);
            }
            WaterModels.probe(immersion(raised), WaterModels.probe(random, wet), 0, t + APART_S / 10, random);
            alarms += raised.raised().size();
        }
        return alarms;
    }

    private static Detector immersion(Alarms alarms) {
        return WaterModels.guarded(new ImmersionGuard(ProbeSettings.FRESH_WATER, alarms), SensorLimits.probe(), alarms);
    }

    /** Rain on a probe: a film, and now and then a drop. */
    private static final class Film implements SampleSource {
        private static final long CHANGES_NS = 500_000_000;
        private static final double DROP = 0.05;
        private final ProbeModel probe;
        private final SplittableRandom random;
        private long untilNs;
        private double filmUs;
        private long dropFromNs;
        private long dropUntilNs;

        Film(ProbeModel probe, SplittableRandom random) {
            this.probe = probe;
            this.random = random;
        }

        @Override
        public int channels() {
            return 1;
        }

        @Override
        public boolean sample(long timeNs, double[] ohms) {
            boolean isThere = probe.sample(timeNs, ohms);
            if (timeNs >= untilNs) {
                untilNs = timeNs + CHANGES_NS;
                filmUs = ProbeSettings.FRESH_WATER.wetUs() * random.nextDouble(0.02, 0.45);
                if (random.nextDouble() < DROP) {
                    dropFromNs = timeNs;
                    dropUntilNs = timeNs + random.nextLong(100_000_000, 500_000_000);
                }
            }
            boolean isDrop = timeNs >= dropFromNs && timeNs < dropUntilNs;
            ohms[0] = isDrop ? probe.wetOhm() : 1 / (1 / ohms[0] + filmUs / 1e6);
            return isThere;
        }
    }
}
