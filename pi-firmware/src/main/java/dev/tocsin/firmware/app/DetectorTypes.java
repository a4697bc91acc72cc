package dev.tocsin.firmware.app;

import dev.tocsin.firmware.app.BesideSensors.Listeners;
import dev.tocsin.firmware.app.DetectorPlan.Made;
import dev.tocsin.sdk.config.TomlTable;
import dev.tocsin.sdk.detect.Detector;
import dev.tocsin.sdk.detect.FallDetector;
import dev.tocsin.sdk.detect.FallProfile;
import dev.tocsin.sdk.detect.Findings;
import dev.tocsin.sdk.detect.SampleGate;
import dev.tocsin.sdk.detect.SensorLimits;
import dev.tocsin.sdk.detect.SwitchGuard;
import dev.tocsin.sdk.model.Channel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The types of detectors that a configuration can name, each with its keys; what a key leaves out is as the detector's own
 * settings have it. All stand behind a {@link SampleGate}. A new type: a line in {@link #READERS}, and its keys.
 */
final class DetectorTypes {

    /** Reads one type's keys; empty if it has noted a problem. */
    @FunctionalInterface
    private interface Reader {
        Optional<Function<Findings, ? extends Detector>> read(TomlTable t, List<Channel> channels, Around around);
    }

    /**
     * What a detector may listen to besides its own sensor.
     *
     * @param contacts the board's inputs
     * @param sensors everything with samples, these inputs too, with its channels
     */
    record Around(Set<String> contacts, Map<String, List<Channel>> sensors) {}

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
    static final double ACCELERATION_RANGE_G = 16;
    private static final double LEAST_RANGE_G = 2; // below it an impact is garbage to the gate
    private static final double MOST_RANGE_G = 400;

    private DetectorTypes() {}

    private static Map<String, Reader> readers() {
        Map<String, Reader> readers = new LinkedHashMap<>();
        readers.put("fall", DetectorTypes::fall);
        readers.put("edge", ZoneTypes::edge);
        readers.put("water-zone", ZoneTypes::waterZone);
        readers.put("immersion", (t, channels, around) -> WaterTypes.immersion(t, channels));
        readers.put("drowning", WaterTypes::drowning);
        readers.put("level", (t, channels, around) -> WaterTypes.level(t, channels));
        readers.put("switch", DetectorTypes::contact);
        readers.put("threshold", (t, channels, around) -> ThresholdKeys.read(t, channels));
        return readers;
    }

    /**
     * What makes the detector that a table describes; empty if it has noted a problem.
     *
     * @param channels the sensor's; empty where it is not known
     */
    static Optional<Function<Findings, ? extends Detector>> read(TomlTable t, List<Channel> channels, Around around) {
        String type = t.string("type");
        Reader reader = READERS.get(type);
        if (reader != null) {
            return reader.read(t, channels, around);
        }
        if (!type.isEmpty()) {
            t.problem("type", "type = \"" + type + "\" is no detector", TomlTable.hintFor(type, READERS.keySet()));
        }
        t.keys(); // what belongs to it is not known
        return Optional.empty();
    }

    private static Optional<Function<Findings, ? extends Detector>> fall(
            TomlTable t, List<Channel> channels, Around around) {
        Optional<Placement> worn = t.choice("worn", Placement.class);
        double rangeG = t.optionalNumber("range").orElse(ACCELERATION_RANGE_G);
        Optional<String> wet = ContactKeys.read(t, "wet", around.contacts());
        return DetectorPlan.of(t, channels, List.of("g", "g", "g"), () -> {
            SettingKeys.requireWithin("range", rangeG, LEAST_RANGE_G, MOST_RANGE_G);
            FallProfile profile = worn.orElseThrow().profile;
            SensorLimits limits = SensorLimits.acceleration(rangeG);
            return findings -> {
                FallDetector detector = new FallDetector(profile, findings);
                return new Made(
                        new SampleGate(limits, detector, findings),
                        new Listeners().contact(wet, new WetContact(detector::immersed, findings)));
            };
        });
    }

    /** A contact of the board, or a supervised loop that a converter reads in volts. */
    private static Optional<Function<Findings, ? extends Detector>> contact(
            TomlTable t, List<Channel> channels, Around around) {
        Optional<SwitchKeys> keys = SwitchKeys.read(t, around.contacts());
        boolean isLoop = keys.filter(SwitchKeys::isLoop).isPresent();
        if (channels.size() > 1 && keys.isPresent() && !isLoop && !t.has("channel")) {
            t.problem(
                    "sensor",
                    "the sensor has " + channels.size() + " channels, and not each is a contact",
                    "channel = one of "
                            + String.join(
                                    ", ", channels.stream().map(Channel::name).toList()));
            return Optional.empty();
        }
        double scale = keys.map(SwitchKeys::scale).orElse(1.0);
        return DetectorPlan.of(t, channels, List.of(isLoop ? "V" : "1"), scale, 0, () -> {
            SwitchKeys k = keys.orElseThrow();
            return findings -> {
                SwitchGuard guard = new SwitchGuard(k.settings(), findings);
                return new Made(
                        new SampleGate(SensorLimits.loop(), guard, findings),
                        new Listeners().contact(k.release(), (timeNs, isActive) -> {
                            if (isActive) {
                                guard.release(timeNs + k.releaseFor().toNanos());
                            }
                        }));
            };
        });
    }
}
