package dev.tocsin.firmware.app;

import dev.tocsin.firmware.app.BesideSensors.Listeners;
import dev.tocsin.firmware.app.DetectorPlan.Made;
import dev.tocsin.firmware.app.DetectorTypes.Around;
import dev.tocsin.sdk.config.TomlTable;
import dev.tocsin.sdk.detect.Detector;
import dev.tocsin.sdk.detect.DistanceZone;
import dev.tocsin.sdk.detect.EdgeGuard;
import dev.tocsin.sdk.detect.Findings;
import dev.tocsin.sdk.detect.SampleGate;
import dev.tocsin.sdk.detect.SensorLimits;
import dev.tocsin.sdk.detect.WaterGuard;
import dev.tocsin.sdk.model.Channel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Detectors that look across a zone with a distance sensor, and their keys. */
final class ZoneTypes {

    private static final List<String> UNITS = List.of("m");
    private static final Duration NONE = Duration.ZERO;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration LONGEST_VANISH = Duration.ofSeconds(2);

    /** What the gate lets through: no sensor reaches as far; what lies beyond its range is no echo to the detector, and no garbage. */
    private static final SensorLimits LIMITS = SensorLimits.distance(1_000);

    private ZoneTypes() {}

    static Optional<Function<Findings, ? extends Detector>> edge(TomlTable t, List<Channel> channels, Around around) {
        EdgeGuard.Settings usual = EdgeGuard.Settings.parapet();
        Keys keys = Keys.read(t, usual.zone());
        double climbM = t.optionalNumber("on-edge").orElse(usual.climbM());
        Duration dwell = t.duration("dwell", usual.zoneDwell(), NONE, MINUTE);
        Duration climbDwell = t.duration("climb-dwell", usual.inputDwell(), NONE, Duration.ofSeconds(10));
        Duration vanish = t.duration("vanish", usual.vanish(), NONE, LONGEST_VANISH);
        Duration restore = t.duration("restores", usual.restore(), NONE, HOUR);
        Duration usualHold = restore.compareTo(usual.overHold()) > 0 ? restore : usual.overHold();
        Duration overHold = t.duration("over-restores", usualHold, NONE, Duration.ofHours(24));
        Optional<String> climb = ContactKeys.read(t, "climb", around.contacts());
        Optional<String> over = ContactKeys.read(t, "over", around.contacts());
        Optional<String> bypass = ContactKeys.read(t, "bypass", around.contacts());
        Duration longest = t.duration("bypass-for", usual.longestBypass(), MINUTE, Duration.ofHours(12));
        return DetectorPlan.of(t, channels, UNITS, () -> {
            EdgeGuard.Settings settings = new EdgeGuard.Settings(
                    keys.zone(usual.zone()),
                    climbM,
                    dwell,
                    usual.climbDwell(),
                    climbDwell,
                    usual.overDwell(),
                    vanish,
                    restore,
                    overHold,
                    longest);
            return findings -> {
                EdgeGuard guard = new EdgeGuard(settings, findings);
                return new Made(
                        new SampleGate(LIMITS, guard, findings),
                        new Listeners()
                                .contact(climb, guard::climb)
                                .contact(over, guard::over)
                                .contact(
                                        bypass,
                                        ContactKeys.onChange((timeNs, isActive) ->
                                                guard.bypass(timeNs, isActive ? timeNs + longest.toNanos() : timeNs))));
            };
        });
    }

    static Optional<Function<Findings, ? extends Detector>> waterZone(
            TomlTable t, List<Channel> channels, Around around) {
        WaterGuard.Settings usual = WaterGuard.Settings.bank();
        Keys keys = Keys.read(t, usual.zone());
        double waterM = t.optionalNumber("at-water").orElse(usual.waterM());
        Duration dwell = t.duration("dwell", usual.dwell(), NONE, MINUTE);
        Duration restore = t.duration("restores", usual.restore(), NONE, HOUR);
        Duration usualHold = restore.compareTo(usual.waterHold()) > 0 ? restore : usual.waterHold();
        Duration waterHold = t.duration("water-restores", usualHold, NONE, Duration.ofHours(24));
        Optional<String> beam = ContactKeys.read(t, "beam", around.contacts());
        Duration beamDwell = t.duration("beam-dwell", usual.beamDwell(), NONE, Duration.ofSeconds(10));
        boolean isBeamRequired = t.bool("beam-required", false);
        if (isBeamRequired && !t.has("beam")) {
            t.problem("beam-required", "there is no beam that could agree", "beam = an input of the board");
        }
        return DetectorPlan.of(t, channels, UNITS, () -> {
            WaterGuard.Settings settings = new WaterGuard.Settings(
                    keys.zone(usual.zone()),
                    waterM,
                    dwell,
                    usual.waterDwell(),
                    beamDwell,
                    restore,
                    waterHold,
                    isBeamRequired);
            return findings -> {
                WaterGuard guard = new WaterGuard(settings, findings);
                return new Made(new SampleGate(LIMITS, guard, findings), new Listeners().contact(beam, guard::beam));
            };
        });
    }

    /**
     * The keys of a {@link DistanceZone}.
     *
     * @param insideM where the zone ends
     * @param nearestM the least that the sensor measures
     * @param farthestM the end of its range
     * @param timeOutM what it reads for a time-out besides what no sensor can measure; not-a-number if nothing
     * @param isOpen whether nothing stands opposite
     * @param gap between two readings that belong together
     */
    private record Keys(
            double insideM, double nearestM, double farthestM, double timeOutM, boolean isOpen, Duration gap) {

        static Keys read(TomlTable t, DistanceZone usual) {
            return new Keys(
                    t.optionalNumber("zone").orElse(usual.insideM()),
                    t.optionalNumber("nearest").orElse(usual.nearestM()),
                    t.optionalNumber("farthest").orElse(usual.farthestM()),
                    t.optionalNumber("time-out").orElse(usual.sentinelM()),
                    t.bool("open", usual.isOpen()),
                    t.duration("gap", usual.gap(), NONE, MINUTE));
        }

        /** Throws {@link IllegalArgumentException} outside the ranges. */
        DistanceZone zone(DistanceZone usual) {
            return new DistanceZone(
                    nearestM,
                    insideM,
                    usual.hysteresisM(),
                    farthestM,
                    timeOutM,
                    isOpen,
                    gap,
                    usual.dirtyShare(),
                    usual.blocked(),
                    usual.obstructed());
        }
    }
}
