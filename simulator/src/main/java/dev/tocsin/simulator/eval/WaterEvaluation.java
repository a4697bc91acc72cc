package dev.tocsin.simulator.eval;

import dev.tocsin.sdk.detect.Detection;
import dev.tocsin.sdk.detect.Detector;
import dev.tocsin.sdk.detect.DistanceZone;
import dev.tocsin.sdk.detect.DrowningGuard;
import dev.tocsin.sdk.detect.Findings;
import dev.tocsin.sdk.detect.SampleGate;
import dev.tocsin.sdk.detect.SensorLimits;
import dev.tocsin.sdk.detect.WaterGuard;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.simulator.check.Distribution;
import dev.tocsin.simulator.eval.WaterModels.Counting;
import dev.tocsin.simulator.eval.WaterRecordings.Series;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * What the detectors by the water made of recordings, and of models.
 *
 * @param zones recorded distance series
 * @param swims swimmers' wrists, recorded; that the probe is wet is modelled
 * @param modelled events from models
 * @param falsely years without anybody, from models
 * @param skipped recordings of the manifest that are not there
 */
public record WaterEvaluation(
        List<Zone> zones, Swims swims, List<Modelled> modelled, List<Falsely> falsely, int skipped) {

    private static final double NEAREST_M = 0.05;
    private static final double FARTHEST_M = 40;
    private static final double EMPTY_M = 3;
    private static final double WET_OHM = 4_000;
    private static final int STORMS = 1_000;

    public WaterEvaluation {
        zones = List.copyOf(zones);
        modelled = List.copyOf(modelled);
        falsely = List.copyOf(falsely);
    }

    /**
     * A recorded distance series.
     *
     * @param insideM where the zone ends
     * @param timeOuts readings without an echo, as a plain look at the numbers finds them: over 40 m, under 5 cm, zero
     * @param intrusions raised
     * @param unexplained of these: those for which a plain look finds less than half of the dwell with real readings in the
     *     zone
     * @param fromTimeOuts raised where every real reading was replaced by an empty zone and only the time-outs are left,
     *     and in storms of time-outs over an empty zone
     * @param storms how many of those
     */
    public record Zone(
            String file,
            int readings,
            double insideM,
            int timeOuts,
            int intrusions,
            int unexplained,
            int fromTimeOuts,
            int storms) {}

    /**
     * Swimmers.
     *
     * @param recordings how many
     * @param hours in all
     * @param alarms {@code DROWNING} raised, with the settings for where people bathe
     * @param whileSwimming of these: decided while a stroke was labelled
     */
    public record Swims(int recordings, double hours, int alarms, int whileSwimming) {}

    /**
     * Events from models.
     *
     * @param early raised before the event began
     */
    public record Modelled(String event, int events, int found, int missed, int early, Distribution delay) {}

    /** Alarms in years without anybody, from models. */
    public record Falsely(String cause, int years, int alarms) {
        /** A device and a year. */
        public double perDeviceYear() {
            return (double) alarms / years;
        }
    }

    /**
     * What to evaluate with.
     *
     * @param insideM where the zone of the recorded series ends
     * @param events from models, of each kind
     * @param years from models, of each kind
     */
    public record Options(double insideM, int events, int years, long seed) {}

    /** Is told what goes on. */
    public interface Watcher {
        /** Something begins. */
        void phase(String what);

        /** So much of it is done. */
        void done(int done, int of);
    }

    /** Whether no recording was there. */
    public boolean isEmpty() {
        return zones.isEmpty() && swims.recordings() == 0;
    }

    /** Plays it all. */
    public static WaterEvaluation of(WaterRecordings recordings, Options options, Watcher watcher) {
        List<Zone> zones = new ArrayList<>();
        List<Series> swims = new ArrayList<>();
        for (Series series : recordings.series()) {
            if (series.timesNs().length == 0) {
                continue;
            }
            if (series.kind().equals(WaterRecordings.DISTANCE)) {
                zones.add(zone(series, options));
            } else {
                swims.add(series);
            }
        }
        if (zones.isEmpty() && swims.isEmpty()) {
            return new WaterEvaluation(zones, new Swims(0, 0, 0, 0), List.of(), List.of(), recordings.skipped());
        }
        Counting counting = watcher::done;
        List<Modelled> modelled = new ArrayList<>();
        watcher.phase("intrusions from models");
        modelled.add(WaterModels.play("intrusion", options.events(), options.seed(), WaterModels::intrusion, counting));
        watcher.phase("immersions from models");
        modelled.add(WaterModels.play("immersion", options.events(), options.seed(), WaterModels::immersion, counting));
        watcher.phase("drownings from models");
        modelled.add(WaterModels.play("drowning", options.events(), options.seed(), WaterModels::drowning, counting));
        watcher.phase(options.years() + " years of weather and wildlife from models");
        List<Falsely> falsely = WaterWeather.years(options.years(), options.seed(), counting);
        return new WaterEvaluation(zones, swims(swims), modelled, falsely, recordings.skipped());
    }

    private static Zone zone(Series series, Options options) {
        WaterGuard.Settings settings = settings(options.insideM());
        List<Detection> raised = play(series, settings, metres -> metres);
        double emptyM = emptyM(settings);
        List<Detection> ghosts = play(series, settings, metres -> isEcho(metres) ? Double.valueOf(emptyM) : metres);
        int timeOuts = 0;
        for (double[] row : series.rows()) {
            timeOuts += isEcho(row[0]) ? 0 : 1;
        }
        int unexplained = 0;
        for (Detection detection : raised) {
            unexplained += isExplained(series, detection, settings) ? 0 : 1;
        }
        return new Zone(
                series.file(),
                series.rows().length,
                options.insideM(),
                timeOuts,
                raised.size(),
                unexplained,
                ghosts.size() + storms(settings, options.seed()),
                STORMS);
    }

    private static WaterGuard.Settings settings(double insideM) {
        DistanceZone usual = DistanceZone.upTo(1);
        DistanceZone zone = new DistanceZone(
                NEAREST_M,
                insideM,
                usual.hysteresisM(),
                FARTHEST_M,
                usual.sentinelM(),
                usual.isOpen(),
                usual.gap(),
                usual.dirtyShare(),
                usual.blocked(),
                usual.obstructed());
        return new WaterGuard.Settings(
                zone,
                0,
                Duration.ofMillis(1_500),
                Duration.ofSeconds(1),
                Duration.ZERO,
                Duration.ofSeconds(3),
                Duration.ofSeconds(3),
                false);
    }

    /** What stands opposite, behind the zone. */
    private static double emptyM(WaterGuard.Settings settings) {
        return Math.max(EMPTY_M, settings.zone().insideM() + 1);
    }

    private static boolean isEcho(double metres) {
        return metres >= NEAREST_M && metres <= FARTHEST_M;
    }

    private static List<Detection> play(Series series, WaterGuard.Settings settings, Function<Double, Double> change) {
        Alarms alarms = new Alarms(AlarmKind.WATER_INTRUSION);
        Detector detector = gated(settings, alarms);
        double[] sample = new double[1];
        for (int i = 0; i < series.rows().length; i++) {
            sample[0] = change.apply(series.rows()[i][0]);
            detector.sample(series.timesNs()[i], sample);
            detector.step(series.timesNs()[i]);
        }
        return alarms.raised();
    }

    /** What is evaluated on recorded distances. */
    static Detector zoneGuard(double insideM, Findings findings) {
        return gated(settings(insideM), findings);
    }

    /** What is evaluated on swimmers: channels as {@link #wet} makes them. */
    static Detector drowningGuard(Findings findings) {
        return new SampleGate(
                SensorLimits.worn(16), new DrowningGuard(DrowningGuard.Settings.freshWater(), findings), findings);
    }

    /** A swimmer's three axes with a wet probe before them. */
    static double[] wet(double[] axes) {
        return new double[] {WET_OHM, axes[0], axes[1], axes[2]};
    }

    private static Detector gated(WaterGuard.Settings settings, Findings alarms) {
        return new SampleGate(
                SensorLimits.distance(FARTHEST_M, Duration.ZERO), new WaterGuard(settings, alarms), alarms);
    }

    /** Of the readings between the edge and the decision, whether real ones in the zone span half of the dwell. */
    private static boolean isExplained(Series series, Detection detection, WaterGuard.Settings settings) {
        long insideNs = 0;
        for (int i = 1; i < series.rows().length; i++) {
            long atNs = series.timesNs()[i];
            double metres = series.rows()[i][0];
            boolean isReal = isEcho(metres)
                    && metres <= settings.zone().insideM() + settings.zone().hysteresisM();
            if (isReal && atNs > detection.edgeNs() && atNs <= detection.decidedNs()) {
                insideNs += atNs - series.timesNs()[i - 1];
            }
        }
        return 2 * insideNs >= settings.dwell().toNanos();
    }

    private static int storms(WaterGuard.Settings settings, long seed) {
        double[] timeOuts = {0, -1, Double.NaN, 6691.08, 0.018, Double.POSITIVE_INFINITY};
        int raised = 0;
        double emptyM = emptyM(settings);
        double[] sample = new double[1];
        for (int storm = 0; storm < STORMS; storm++) {
            SplittableRandom random = new SplittableRandom(seed + storm);
            Alarms alarms = new Alarms(AlarmKind.WATER_INTRUSION);
            Detector detector = gated(settings, alarms);
            double share = random.nextDouble(0.3, 1);
            for (int i = 0; i < 600; i++) {
                sample[0] = random.nextDouble() < share ? timeOuts[random.nextInt(timeOuts.length)] : emptyM;
                detector.sample(i * 20_000_000L, sample);
                detector.step(i * 20_000_000L);
            }
            raised += alarms.raised().size();
        }
        return raised;
    }

    private static Swims swims(List<Series> swims) {
        double hours = 0;
        int raised = 0;
        int whileSwimming = 0;
        for (Series series : swims) {
            Alarms alarms = new Alarms(AlarmKind.DROWNING);
            Detector detector = drowningGuard(alarms);
            for (int i = 0; i < series.rows().length; i++) {
                int before = alarms.raised().size();
                detector.sample(series.timesNs()[i], wet(series.rows()[i]));
                detector.step(series.timesNs()[i]);
                boolean isStroke =
                        !series.labels().isEmpty() && !series.labels().get(i).equals("null");
                whileSwimming += isStroke ? alarms.raised().size() - before : 0;
            }
            hours += series.hours();
            raised += alarms.raised().size();
        }
        return new Swims(swims.size(), hours, raised, whileSwimming);
    }
}
