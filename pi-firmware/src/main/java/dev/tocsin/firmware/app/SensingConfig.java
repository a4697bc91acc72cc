package dev.tocsin.firmware.app;

import dev.tocsin.firmware.board.SampleRecording;
import dev.tocsin.sdk.detect.Detector;
import dev.tocsin.sdk.detect.Findings;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.Channel;
import dev.tocsin.sdk.sensing.Sensor;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What a device watches: its {@code [detectors.NAME]}, the sensors of a desk, and whom it warns on the spot.
 *
 * @param desk sensors of a desk by name, in the file's order
 * @param watches detectors, in the file's order
 * @param warning when to warn on the spot
 */
public record SensingConfig(Map<String, DeskPlan> desk, List<WatchPlan> watches, WarningPlan warning) {

    /** A device that watches nothing. */
    public static final SensingConfig NONE = new SensingConfig(Map.of(), List.of(), WarningPlan.USUAL);

    /** Keeps the order. */
    public SensingConfig {
        desk = Collections.unmodifiableMap(new LinkedHashMap<>(desk));
        watches = List.copyOf(watches);
    }

    /**
     * A sensor of a desk.
     *
     * @param recording what it plays from its start on; empty where a program or a person drives it
     */
    public record DeskPlan(List<Channel> channels, Optional<SampleRecording> recording) {
        /** Keeps the order. */
        public DeskPlan {
            channels = List.copyOf(channels);
        }
    }

    /**
     * A detector on a sensor.
     *
     * @param name its own, by which its faults and evidence go
     * @param source name of an input of the board, or of a sensor of the desk
     * @param sensor what the watch is told of it
     * @param making makes the detector
     */
    public record WatchPlan(String name, String source, Sensor sensor, Function<Findings, ? extends Detector> making) {}

    /**
     * When to warn on the spot.
     *
     * @param kinds for these alarms
     * @param onlyWorse of these, only when it has become worse than it was when it was raised
     * @param longest how long after the last cause
     */
    public record WarningPlan(Set<AlarmKind> kinds, Set<AlarmKind> onlyWorse, Duration longest) {

        /** At an edge and at water, at once, for at most two minutes. */
        public static final WarningPlan USUAL = new WarningPlan(
                Set.of(AlarmKind.FALL_RISK, AlarmKind.WATER_INTRUSION, AlarmKind.DROWNING, AlarmKind.WATER_LEVEL),
                Set.of(),
                Duration.ofMinutes(2));

        /** Copies. */
        public WarningPlan {
            kinds = Set.copyOf(kinds);
            onlyWorse = Set.copyOf(onlyWorse);
        }
    }
}
