package dev.tocsin.firmware.app;

import dev.tocsin.sdk.config.TomlTable;
import dev.tocsin.sdk.detect.ChannelMap;
import dev.tocsin.sdk.detect.Detector;
import dev.tocsin.sdk.detect.DistanceZone;
import dev.tocsin.sdk.detect.DrowningGuard;
import dev.tocsin.sdk.detect.EdgeGuard;
import dev.tocsin.sdk.detect.FallDetector;
import dev.tocsin.sdk.detect.FallProfile;
import dev.tocsin.sdk.detect.Findings;
import dev.tocsin.sdk.detect.ImmersionGuard;
import dev.tocsin.sdk.detect.ProbeSettings;
import dev.tocsin.sdk.detect.SampleGate;
import dev.tocsin.sdk.detect.SensorLimits;
import dev.tocsin.sdk.detect.SwitchGuard;
import dev.tocsin.sdk.detect.WaterGuard;
import dev.tocsin.sdk.detect.WaterLevel;
import dev.tocsin.sdk.model.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The types of detectors that a configuration can name, each with its keys; what a key leaves out is as the detector's own
 * settings have it. All stand behind a {@link SampleGate}. A new type: a line in {@link #READERS}, and its keys.
 */
final class DetectorTypes {

    /** Reads one type's keys; empty if it has noted a problem. */
    @FunctionalInterface
    private interface Reader {
        Optional<Function<Findings, ? extends Detector>> read(
                TomlTable t, List<Channel> channels, Set<String> contacts);
    }

    /** Makes a gated detector for a sensor's channels. */
    private record Plan(SensorLimits limits, Function<Findings, Made> making, UnaryOperator<Detector> converter) {
        Plan(SensorLimits limits, Function<Findings, Made> making) {
            this(limits, making, gated -> gated);
        }
    }

    /** A detector, and what listens to contacts for it. */
    private record Made(Detector detector, ContactKeys.Listeners beside) {
        Made(Detector detector) {
            this(detector, new ContactKeys.Listeners());
        }
    }

    /** Where a fall detector is. */
    @SuppressWarnings("ImmutableEnumChecker") // profiles are records of numbers
    enum Placement {
        WAIST(FallProfile.WAIST),
        WRIST(FallProfile.WRIST),
        RAIL(FallProfile.RAIL);

        private final FallProfile profile;

        Placement(FallProfile profile) {
            this.profile = profile;
        }
    }

    private static final Map<String, Reader> READERS = readers();
    private static final double ACCELERATION_RANGE_G = 16;
    private static final double LEAST_RANGE_G = 2; // below it an impact is garbage to the gate
    private static final double MOST_RANGE_G = 400;
    private static final Duration NONE = Duration.ZERO;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private DetectorTypes() {}

    private static Map<String, Reader> readers() {
        Map<String, Reader> readers = new LinkedHashMap<>();
        readers.put("fall", DetectorTypes::fall);
        readers.put("edge", DetectorTypes::edge);
        readers.put("water-zone", DetectorTypes::waterZone);
        readers.put("immersion", DetectorTypes::immersion);
        readers.put("drowning", DetectorTypes::drowning);
        readers.put("level", DetectorTypes::level);
        readers.put("switch", DetectorTypes::contact);
        readers.put("threshold", (t, channels, contacts) -> ThresholdKeys.read(t, channels));
        return readers;
    }

    /**
     * What makes the detector that a table describes; empty if it has noted a problem.
     *
     * @param channels the sensor's; empty where it is not known
     * @param contacts the board's inputs that may tell it something besides
     */
    static Optional<Function<Findings, ? extends Detector>> read(
            TomlTable t, List<Channel> channels, Set<String> contacts) {
        String type = t.string("type");
        Reader reader = READERS.get(type);
        if (reader != null) {
            return reader.read(t, channels, contacts);
        }
        if (!type.isEmpty()) {
            t.problem("type", "type = \"" + type + "\" is no detector", TomlTable.hintFor(type, READERS.keySet()));
        }
        t.keys(); // what belongs to it is not known
        return Optional.empty();
    }

    private static Optional<Function<Findings, ? extends Detector>> fall(
            TomlTable t, List<Channel> channels, Set<String> contacts) {
        Optional<Placement> worn = t.choice("worn", Placement.class);
        double rangeG = t.optionalNumber("range").orElse(ACCELERATION_RANGE_G);
        Optional<String> wet = ContactKeys.read(t, "wet", contacts);
        return made(t, channels, List.of("g", "g", "g"), 1, 0, () -> {
                    SettingKeys.requireWithin("range", rangeG, LEAST_RANGE_G, MOST_RANGE_G);
                    FallProfile profile = worn.orElseThrow().profile;
                    return new Plan(SensorLimits.acceleration(rangeG), findings -> {
                        FallDetector detector = new FallDetector(profile, findings);
                        return new Made(
                                detector,
                                new ContactKeys.Listeners().with(wet, (timeNs, isWet) -> detector.immersed(isWet)));
                    });
                })
                .filter(making -> worn.isPresent());
    }

    private static Optional<Function<Findings, ? extends Detector>> edge(
            TomlTable t, List<Channel> channels, Set<String> contacts) {
        EdgeGuard.Settings usual = EdgeGuard.Settings.parapet();
        ZoneKeys keys = ZoneKeys.read(t, usual.zone());
        double climbM = t.optionalNumber("on-edge").orElse(usual.climbM());
        Duration dwell = t.duration("dwell", usual.zoneDwell(), NONE, MINUTE);
        Duration restore = t.duration("restores", usual.restore(), NONE, Duration.ofHours(1));
        Optional<String> climb = ContactKeys.read(t, "climb", contacts);
        Optional<String> over = ContactKeys.read(t, "over", contacts);
        Optional<String> bypass = ContactKeys.read(t, "bypass", contacts);
        Duration longest = t.duration("bypass-for", usual.longestBypass(), MINUTE, Duration.ofHours(12));
        return made(t, channels, List.of("m"), 1, 0, () -> {
            DistanceZone zone = keys.zone(usual.zone());
            Duration overHold = restore.compareTo(usual.overHold()) > 0 ? restore : usual.overHold();
            EdgeGuard.Settings settings = new EdgeGuard.Settings(
                    zone,
                    climbM,
                    dwell,
                    usual.climbDwell(),
                    usual.overDwell(),
                    usual.vanish(),
                    restore,
                    overHold,
                    longest);
            return new Plan(ZoneKeys.limits(), findings -> {
                EdgeGuard guard = new EdgeGuard(settings, findings);
                return new Made(
                        guard,
                        new ContactKeys.Listeners()
                                .with(climb, guard::climb)
                                .with(over, guard::over)
                                .with(
                                        bypass,
                                        ContactKeys.onChange((timeNs, isActive) ->
                                                guard.bypass(timeNs, isActive ? timeNs + longest.toNanos() : timeNs))));
            });
        });
    }

    private static Optional<Function<Findings, ? extends Detector>> waterZone(
            TomlTable t, List<Channel> channels, Set<String> contacts) {
        WaterGuard.Settings usual = WaterGuard.Settings.bank();
        ZoneKeys keys = ZoneKeys.read(t, usual.zone());
        double waterM = t.optionalNumber("at-water").orElse(usual.waterM());
        Duration dwell = t.duration("dwell", usual.dwell(), NONE, MINUTE);
        Duration restore = t.duration("restores", usual.restore(), NONE, Duration.ofHours(1));
        Optional<String> beam = ContactKeys.read(t, "beam", contacts);
        boolean isBeamRequired = t.bool("beam-required", false);
        if (isBeamRequired && !t.has("beam")) {
            t.problem("beam-required", "there is no beam that could agree", "beam = an input of the board");
        }
        return made(t, channels, List.of("m"), 1, 0, () -> {
            DistanceZone zone = keys.zone(usual.zone());
            WaterGuard.Settings settings =
                    new WaterGuard.Settings(zone, waterM, dwell, usual.waterDwell(), restore, isBeamRequired);
            return new Plan(ZoneKeys.limits(), findings -> {
                WaterGuard guard = new WaterGuard(settings, findings);
                return new Made(guard, new ContactKeys.Listeners().with(beam, guard::beam));
            });
        });
    }

    private static Optional<Function<Findings, ? extends Detector>> immersion(
            TomlTable t, List<Channel> channels, Set<String> contacts) {
        Optional<ProbeSettings> probe = probe(t);
        boolean isDivided = t.has("pull-up");
        double pullUpOhm = t.optionalNumber("pull-up").orElse(1.0);
        double supplyV = isDivided ? t.optionalNumber("supply").orElse(SwitchKeys.SUPPLY_V) : 1;
        return made(t, channels, List.of(isDivided ? "V" : "ohm"), 1, 0, () -> {
            ProbeSettings settings = probe.orElseThrow();
            DividedProbe.requireAboveZero("pull-up", pullUpOhm);
            DividedProbe.requireAboveZero("supply", supplyV);
            return new Plan(
                    SensorLimits.probe(),
                    findings -> new Made(new ImmersionGuard(settings, findings)),
                    gated -> isDivided ? new DividedProbe(supplyV, pullUpOhm, gated) : gated);
        });
    }

    private static Optional<Function<Findings, ? extends Detector>> drowning(
            TomlTable t, List<Channel> channels, Set<String> contacts) {
        DrowningGuard.Settings usual = DrowningGuard.Settings.openWater();
        Optional<ProbeSettings> probe = probe(t);
        double stillG = t.optionalNumber("still").orElse(usual.stillG());
        Duration stillFor = t.duration("still-for", usual.stillFor(), NONE, Duration.ofMinutes(5));
        boolean isBathing = t.bool("bathing", false);
        return made(t, channels, List.of("ohm", "g", "g", "g"), 1, 0, () -> {
            DrowningGuard.Settings settings = new DrowningGuard.Settings(
                    probe.orElseThrow(), stillG, stillFor, usual.worseFor(), usual.movingFor(), !isBathing);
            return new Plan(
                    SensorLimits.worn(ACCELERATION_RANGE_G),
                    findings -> new Made(new DrowningGuard(settings, findings)));
        });
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

    private static Optional<Function<Findings, ? extends Detector>> level(
            TomlTable t, List<Channel> channels, Set<String> contacts) {
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
        return made(t, channels, List.of(t.has("scale") ? "V" : "m"), scale, offset, () -> {
            SettingKeys.requireWithin("warning", warningM.orElseThrow(), lowestM, highestM);
            SettingKeys.requireWithin("danger", dangerM.orElseThrow(), lowestM, highestM);
            WaterLevel.Settings settings = new WaterLevel.Settings(
                    warningM.orElseThrow(),
                    dangerM.orElseThrow(),
                    hysteresisM,
                    rise,
                    riseOver,
                    fastest,
                    usual.stepM(),
                    period.multipliedBy(3).dividedBy(2).compareTo(Duration.ofSeconds(1)) < 0
                            ? Duration.ofSeconds(1)
                            : period.multipliedBy(3).dividedBy(2),
                    frozen);
            return new Plan(
                    SensorLimits.gauge(lowestM, highestM, period, frozen),
                    findings -> new Made(new WaterLevel(settings, findings)));
        });
    }

    /** A contact of the board, or a supervised loop that a converter reads in volts. */
    private static Optional<Function<Findings, ? extends Detector>> contact(
            TomlTable t, List<Channel> channels, Set<String> contacts) {
        Optional<SwitchKeys> keys = SwitchKeys.read(t, contacts);
        if (channels.size() > 1 && keys.filter(k -> !k.isLoop()).isPresent() && !t.has("channel")) {
            t.problem(
                    "sensor",
                    "the sensor has " + channels.size() + " channels, and not each is a contact",
                    "channel = one of "
                            + String.join(
                                    ", ", channels.stream().map(Channel::name).toList()));
            return Optional.empty();
        }
        return made(
                t,
                channels,
                List.of(keys.filter(SwitchKeys::isLoop).isPresent() ? "V" : "1"),
                keys.map(SwitchKeys::scale).orElse(1.0),
                0,
                () -> {
                    SwitchGuard.Settings settings =
                            keys.map(SwitchKeys::settings).orElseThrow();
                    return new Plan(SensorLimits.loop(), findings -> {
                        SwitchGuard guard = new SwitchGuard(settings, findings);
                        long releaseNs = keys.orElseThrow().releaseFor().toNanos();
                        return new Made(
                                guard,
                                new ContactKeys.Listeners()
                                        .with(keys.orElseThrow().release(), (timeNs, isActive) -> {
                                            if (isActive) {
                                                guard.release(timeNs + releaseNs);
                                            }
                                        }));
                    });
                });
    }

    /**
     * The detector behind its gate, on the channels that have these units.
     *
     * @param scale what values are multiplied with, and {@code offset} added to them
     * @param plan throws {@link IllegalArgumentException} where settings are out of their ranges
     */
    private static Optional<Function<Findings, ? extends Detector>> made(
            TomlTable t, List<Channel> channels, List<String> units, double scale, double offset, Supplier<Plan> plan) {
        try {
            Plan made = plan.get();
            Optional<List<ChannelMap.Input>> inputs = inputs(t, channels, units, scale, offset);
            return inputs.map(in -> findings -> {
                Made one = made.making().apply(findings);
                Detector gated = made.converter().apply(new SampleGate(made.limits(), one.detector(), findings));
                return new BesideContacts(
                        new ChannelMap(in, gated), one.beside().byInput());
            });
        } catch (IllegalArgumentException e) {
            String what = String.valueOf(e.getMessage());
            t.problem(SettingKeys.keyOf(t, what), what, "see docs/detectors for the ranges");
            t.skip("channel");
            return Optional.empty();
        } catch (NoSuchElementException e) { // something is missing, and a problem is noted
            t.skip("channel");
            return Optional.empty();
        }
    }

    /** For each unit the next channel that has it; the key "channel" names the first where there is a choice. */
    private static Optional<List<ChannelMap.Input>> inputs(
            TomlTable t, List<Channel> channels, List<String> units, double scale, double offset) {
        Optional<String> named = t.optionalString("channel");
        if (channels.isEmpty()) {
            return Optional.empty();
        }
        List<String> names = channels.stream().map(Channel::name).toList();
        if (named.isPresent() && !names.contains(named.get())) {
            t.problem("channel", "the sensor has no channel " + named.get(), TomlTable.hintFor(named.get(), names));
            return Optional.empty();
        }
        List<ChannelMap.Input> inputs = new ArrayList<>();
        boolean[] taken = new boolean[channels.size()];
        for (String unit : units) {
            int from = named.isPresent() && inputs.isEmpty() ? names.indexOf(named.get()) : 0;
            int found = -1;
            for (int i = from; i < channels.size() && found < 0; i++) {
                found = !taken[i] && channels.get(i).unit().equals(unit) ? i : -1;
            }
            if (found < 0) {
                t.problem(
                        "sensor",
                        "the detector wants " + String.join(", ", units) + ", and the sensor has "
                                + String.join(
                                        ", ",
                                        channels.stream()
                                                .map(c -> c.name() + " in " + c.unit())
                                                .toList()),
                        "another sensor, or channel = the first that it is to use");
                return Optional.empty();
            }
            taken[found] = true;
            inputs.add(new ChannelMap.Input(found, scale, offset));
        }
        return Optional.of(inputs);
    }
}
