package dev.tocsin.firmware.app;

import dev.tocsin.firmware.app.BesideSensors.Listeners;
import dev.tocsin.firmware.app.DetectorPlan.Made;
import dev.tocsin.firmware.app.DetectorTypes.Around;
import dev.tocsin.sdk.config.TomlTable;
import dev.tocsin.sdk.detect.Detector;
import dev.tocsin.sdk.detect.DrowningGuard;
import dev.tocsin.sdk.detect.Findings;
import dev.tocsin.sdk.detect.ImmersionGuard;
import dev.tocsin.sdk.detect.ProbeSettings;
import dev.tocsin.sdk.detect.SampleGate;
import dev.tocsin.sdk.detect.SensorLimits;
import dev.tocsin.sdk.detect.WaterLevel;
import dev.tocsin.sdk.model.Channel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;

/** Detectors with a probe in the water or a gauge over it, and their keys. */
final class WaterTypes {

    private static final Duration NONE = Duration.ZERO;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration LEAST_GAP = Duration.ofSeconds(1);

    private WaterTypes() {}

    static Optional<Function<Findings, ? extends Detector>> immersion(TomlTable t, List<Channel> channels) {
        Optional<ProbeSettings> probe = probe(t);
        DividedProbe.Keys divider = DividedProbe.Keys.read(t);
        return DetectorPlan.of(t, channels, List.of(divider.unit()), () -> {
            ProbeSettings settings = probe.orElseThrow();
            DividedProbe divided = divider.probe();
            return findings -> {
                Detector gated = new SampleGate(SensorLimits.probe(), new ImmersionGuard(settings, findings), findings);
                return new Made(divider.isThere() ? divided.before(gated) : gated);
            };
        });
    }

    /** Probe and acceleration in one sensor's samples, or the probe on another part. */
    static Optional<Function<Findings, ? extends Detector>> drowning(
            TomlTable t, List<Channel> channels, Around around) {
        DrowningGuard.Settings usual = DrowningGuard.Settings.freshWater();
        Optional<ProbeSettings> probe = probe(t);
        double stillG = t.optionalNumber("still").orElse(usual.stillG());
        Duration stillFor = t.duration("still-for", usual.stillFor(), NONE, Duration.ofMinutes(5));
        Optional<String> apart = t.optionalString("probe");
        Optional<Integer> from = apart.flatMap(name -> probeChannel(t, name, around));
        DividedProbe.Keys divider = DividedProbe.Keys.read(t);
        if (apart.isEmpty() && divider.isThere()) {
            t.problem("pull-up", "a probe in volts is on another part", "probe = \"the sensor that it is on\"");
        }
        List<String> units = apart.isPresent() ? List.of("g", "g", "g") : List.of("ohm", "g", "g", "g");
        return DetectorPlan.of(t, channels, units, () -> {
            DrowningGuard.Settings settings = new DrowningGuard.Settings(
                    probe.orElseThrow(), stillG, stillFor, usual.worseFor(), usual.movingFor());
            DividedProbe divided = divider.probe();
            DoubleUnaryOperator toOhm = divider.isThere() ? divided::ohm : value -> value;
            int channel = apart.isPresent() ? from.orElseThrow() : 0;
            return findings -> {
                Detector gated = new SampleGate(
                        SensorLimits.worn(DetectorTypes.ACCELERATION_RANGE_G),
                        new DrowningGuard(settings, findings),
                        findings);
                if (apart.isEmpty()) {
                    return new Made(gated);
                }
                ApartProbe both = new ApartProbe(gated);
                return new Made(
                        both,
                        new Listeners()
                                .sensor(
                                        apart.get(),
                                        (timeNs, values) -> both.probe(timeNs, toOhm.applyAsDouble(values[channel]))));
            };
        });
    }

    private static Optional<Integer> probeChannel(TomlTable t, String sensor, Around around) {
        List<Channel> channels = around.sensors().getOrDefault(sensor, List.of());
        if (channels.isEmpty()) {
            t.problem(
                    "probe",
                    "probe = \"" + sensor + "\" is no sensor that this device has",
                    TomlTable.hintFor(sensor, around.sensors().keySet()));
        }
        return DetectorPlan.beside(t, "probe", "probe-channel", channels, t.has("pull-up") ? "V" : "ohm");
    }

    /** Its keys are fresh water's where they are left out; empty if it has noted a problem. */
    private static Optional<ProbeSettings> probe(TomlTable t) {
        ProbeSettings usual = ProbeSettings.FRESH_WATER;
        double wetUs = t.optionalNumber("wet").orElse(usual.wetUs());
        double fouledUs = t.optionalNumber("fouled").orElse(Math.min(usual.fouledUs(), wetUs));
        Duration wetFor = t.duration("wet-for", usual.wetFor(), NONE, MINUTE);
        try {
            return Optional.of(
                    new ProbeSettings(wetUs, wetFor, usual.dryFor(), usual.creepUsPerHour(), fouledUs, usual.gap()));
        } catch (IllegalArgumentException e) {
            t.problem(t.has("wet") ? "wet" : "type", String.valueOf(e.getMessage()), "microsiemens; fresh water: 50");
            return Optional.empty();
        }
    }

    static Optional<Function<Findings, ? extends Detector>> level(TomlTable t, List<Channel> channels) {
        Optional<Double> warningM = t.optionalNumber("warning");
        Optional<Double> dangerM = t.optionalNumber("danger");
        for (String key : List.of("warning", "danger")) {
            if (!t.has(key)) {
                t.problem(key, "a level needs a warning and a danger level", key + " = 2.5, metres");
            }
        }
        WaterLevel.Settings usual = WaterLevel.Settings.river(0, 0);
        double hysteresisM = t.optionalNumber("hysteresis").orElse(usual.hysteresisM());
        double fastest = t.optionalNumber("fastest").orElse(usual.fastestMPerHour());
        double rise = t.optionalNumber("rise").orElse(Double.POSITIVE_INFINITY);
        Duration riseOver = t.duration("rise-over", usual.riseOver(), MINUTE, Duration.ofHours(24));
        Duration period = t.duration("period", MINUTE, Duration.ofMillis(100), Duration.ofHours(6));
        Duration frozen = t.duration("frozen-after", usual.frozen(), MINUTE, Duration.ofDays(90));
        double lowestM = t.optionalNumber("lowest").orElse(-1.0);
        double highestM = t.optionalNumber("highest").orElse(20.0);
        double scale = t.optionalNumber("scale").orElse(1.0);
        double offset = t.optionalNumber("offset").orElse(0.0);
        return DetectorPlan.of(t, channels, List.of(t.has("scale") ? "V" : "m"), scale, offset, () -> {
            SettingKeys.requireWithin("warning", warningM.orElseThrow(), lowestM, highestM);
            SettingKeys.requireWithin("danger", dangerM.orElseThrow(), lowestM, highestM);
            Duration late = period.multipliedBy(3).dividedBy(2);
            WaterLevel.Settings settings = new WaterLevel.Settings(
                    warningM.orElseThrow(),
                    dangerM.orElseThrow(),
                    hysteresisM,
                    rise,
                    riseOver,
                    fastest,
                    usual.stepM(),
                    late.compareTo(LEAST_GAP) < 0 ? LEAST_GAP : late,
                    frozen);
            SensorLimits limits = SensorLimits.gauge(lowestM, highestM, period, frozen);
            return findings -> new Made(new SampleGate(limits, new WaterLevel(settings, findings), findings));
        });
    }
}
