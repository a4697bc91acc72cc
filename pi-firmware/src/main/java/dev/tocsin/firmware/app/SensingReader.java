package dev.tocsin.firmware.app;

import dev.tocsin.firmware.app.SensingConfig.DeskPlan;
import dev.tocsin.firmware.app.SensingConfig.WarningPlan;
import dev.tocsin.firmware.app.SensingConfig.WatchPlan;
import dev.tocsin.firmware.board.BoardProfile;
import dev.tocsin.firmware.board.LocalWarning;
import dev.tocsin.firmware.board.SampleRecording;
import dev.tocsin.firmware.board.sensor.SensorSpec;
import dev.tocsin.sdk.config.TomlTable;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.Channel;
import dev.tocsin.sdk.model.Evidence;
import dev.tocsin.sdk.sensing.Sensor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads {@code [detectors.NAME]}, {@code [desk.NAME]} and {@code [warning]}. A detector's {@code sensor} is an input of the
 * board, other than a button's, one of its profile's {@code [sensors.NAME]}, or a sensor of the desk, which may stand in for
 * one of these.
 */
final class SensingReader {

    /** What a contact measures. */
    static final List<Channel> CONTACT = List.of(new Channel("contact", "1", 1));

    private static final Duration LONGEST_WARNING = Duration.ofMinutes(30);

    private final TomlTable top;
    private final Path folder;
    private final BoardProfile profile;
    private final boolean isDesk;

    SensingReader(TomlTable top, Path folder, BoardProfile profile, boolean isDesk) {
        this.top = top;
        this.folder = folder;
        this.profile = profile;
        this.isDesk = isDesk;
    }

    /** Without a profile nothing can be said of its sensors. */
    static void skip(TomlTable top) {
        List.of("detectors", "desk", "warning").forEach(top::skip);
    }

    SensingConfig read() {
        Map<String, DeskPlan> desk = desk(top.table("desk"));
        Map<String, List<Channel>> sensors = new LinkedHashMap<>();
        Set<String> contacts = new LinkedHashSet<>(profile.inputs().keySet());
        contacts.removeAll(ButtonDevice.INPUTS);
        contacts.forEach(input -> sensors.put(input, CONTACT));
        profile.sensors().values().stream()
                .filter(spec -> !spec.type().channels().isEmpty())
                .forEach(spec -> sensors.put(spec.name(), channels(spec)));
        if (isDesk) {
            standIns(desk);
        }
        desk.forEach((name, plan) -> sensors.put(name, plan.channels()));
        return new SensingConfig(desk, watches(top.table("detectors"), sensors, contacts), warning(top));
    }

    /** A desk has no buses: what is on one is typed, unless {@code [desk.NAME]} says otherwise, and is silent until then. */
    private void standIns(Map<String, DeskPlan> desk) {
        profile.sensors().values().stream()
                .filter(spec -> !spec.type().channels().isEmpty())
                .forEach(spec -> desk.putIfAbsent(spec.name(), new DeskPlan(channels(spec), Optional.empty())));
    }

    private static List<Channel> channels(SensorSpec spec) {
        return spec.type().channels().stream()
                .flatMap(text -> Channels.of(text).stream())
                .toList();
    }

    private Map<String, DeskPlan> desk(TomlTable tables) {
        Map<String, DeskPlan> plans = new LinkedHashMap<>();
        for (String name : tables.keys()) {
            TomlTable t = tables.table(name);
            List<Channel> channels = channels(t);
            Optional<SampleRecording> recording = recording(t, channels.size());
            if (!isDesk) {
                tables.problem(
                        name,
                        "desk." + name + " is a sensor of a desk, and this is none",
                        "hardware = \"desk\" under [board], or a sensor of the board's profile");
            } else if (profile.inputs().containsKey(name)) {
                tables.problem(
                        name,
                        "the board has an input " + name + " too",
                        "a name of its own, by which detectors find it");
            } else if (!channels.isEmpty()) {
                plans.put(name, new DeskPlan(channels, recording));
            }
        }
        return plans;
    }

    private static List<Channel> channels(TomlTable t) {
        List<Channel> channels = new ArrayList<>();
        for (String text : t.strings("channels")) {
            Channels.of(text)
                    .ifPresentOrElse(
                            channels::add,
                            () -> t.problem(
                                    "channels",
                                    "\"" + text + "\" is no channel",
                                    "a name and a unit, like \"x g\"; units: " + String.join(", ", Channels.UNITS)));
        }
        if (channels.isEmpty() || channels.size() > Evidence.MAX_CHANNELS) {
            t.problem(
                    "channels",
                    channels.size() + " channels",
                    "1 to " + Evidence.MAX_CHANNELS + ", like channels = [\"distance m\"]");
            return List.of();
        }
        return channels;
    }

    private Optional<SampleRecording> recording(TomlTable t, int channels) {
        Optional<String> file = t.optionalString("recording");
        if (file.isEmpty() || channels == 0) {
            return Optional.empty();
        }
        return switch (SampleRecording.read(folder.resolve(file.get()), channels)) {
            case SampleRecording.Reading.Read(SampleRecording recording) -> Optional.of(recording);
            case SampleRecording.Reading.Malformed(String problem) -> {
                t.problem("recording", problem, "CSV: t_s, then the sensor's channels");
                yield Optional.empty();
            }
        };
    }

    private static List<WatchPlan> watches(TomlTable tables, Map<String, List<Channel>> sensors, Set<String> contacts) {
        List<WatchPlan> plans = new ArrayList<>();
        for (String name : tables.keys()) {
            TomlTable t = tables.table(name);
            if (name.isBlank() || name.getBytes(StandardCharsets.UTF_8).length > Evidence.MAX_SENSOR_BYTES) {
                tables.problem(
                        name, "a detector's name is too long", "at most " + Evidence.MAX_SENSOR_BYTES + " bytes");
                continue;
            }
            String source = t.string("sensor");
            List<Channel> channels = sensors.getOrDefault(source, List.of());
            if (channels.isEmpty() && !source.isEmpty()) {
                t.problem(
                        "sensor",
                        "sensor = \"" + source + "\" is none that this device has",
                        sensors.isEmpty()
                                ? "an input of the board's profile"
                                : TomlTable.hintFor(source, sensors.keySet()));
            }
            Duration before = t.duration("evidence-before", Sensor.BEFORE, Duration.ZERO, Sensor.LONGEST);
            Duration after = t.duration("evidence-after", Sensor.AFTER, Duration.ZERO, Sensor.LONGEST);
            DetectorTypes.read(t, channels, new DetectorTypes.Around(contacts, sensors))
                    .filter(making -> !channels.isEmpty())
                    .ifPresent(making ->
                            plans.add(new WatchPlan(name, source, new Sensor(name, channels, before, after), making)));
        }
        return plans;
    }

    private WarningPlan warning(TomlTable from) {
        boolean isAsked = from.has("warning");
        TomlTable t = from.table("warning");
        List<AlarmKind> kinds = t.choices("kinds", AlarmKind.class, List.copyOf(WarningPlan.USUAL.kinds()));
        List<AlarmKind> onlyWorse = t.choices("only-worse", AlarmKind.class, List.of());
        Duration longest = t.duration("for", WarningPlan.USUAL.longest(), Duration.ofSeconds(1), LONGEST_WARNING);
        if (isAsked && Collections.disjoint(profile.outputs().keySet(), LocalWarning.OUTPUTS)) {
            from.problem(
                    "warning",
                    "board profile " + profile.name() + " has nothing to warn with",
                    "add [outputs.warning] (siren, voice) or [outputs.beacon] (lamp) there");
        }
        return new WarningPlan(new LinkedHashSet<>(kinds), new LinkedHashSet<>(onlyWorse), longest);
    }
}
