package dev.tocsin.firmware.app;

import dev.tocsin.firmware.app.SensingConfig.WarningPlan;
import dev.tocsin.firmware.app.SensingConfig.WatchPlan;
import dev.tocsin.firmware.board.Board;
import dev.tocsin.firmware.board.ContactSource;
import dev.tocsin.firmware.board.DeskSensor;
import dev.tocsin.firmware.board.LocalWarning;
import dev.tocsin.firmware.board.sensor.SampleSink;
import dev.tocsin.firmware.board.sensor.SensorSource;
import dev.tocsin.sdk.Device;
import dev.tocsin.sdk.TocsinRuntime;
import dev.tocsin.sdk.detect.Detection;
import dev.tocsin.sdk.detect.Detector;
import dev.tocsin.sdk.model.AlarmState;
import dev.tocsin.sdk.sensing.Watch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What leads from a device's sensors to its detectors, and from these to the siren on the spot. A source may have several
 * detectors. Belongs to the event loop.
 */
final class SensorWiring {

    private final SensingConfig config;
    private final Board board;
    private final TocsinRuntime runtime;
    private final LocalWarning warning;
    private final Map<String, DeskSensor> desk = new LinkedHashMap<>();
    private final Map<String, ? extends SensorSource> parts;
    private final Map<String, SensorSource> sources = new LinkedHashMap<>();
    private final List<Watch> watches = new ArrayList<>();

    /**
     * Nothing is listened to yet.
     *
     * @param parts the sensors of the board's profile by name, not started; a sensor of the desk takes the place of one
     */
    SensorWiring(SensingConfig config, Board board, Map<String, ? extends SensorSource> parts, TocsinRuntime runtime) {
        this.config = config;
        this.parts = new LinkedHashMap<>(parts);
        this.board = board;
        this.runtime = runtime;
        this.warning =
                new LocalWarning(board, runtime.timers(), config.warning().longest());
        config.desk()
                .forEach((name, plan) -> desk.put(
                        name,
                        new DeskSensor(plan.channels().size(), runtime, runtime.timers(), runtime.clock()::nanoTime)));
    }

    /** Sensors of a desk, to be driven by a program or a person. */
    Map<String, DeskSensor> desk() {
        return Collections.unmodifiableMap(desk);
    }

    /** Connects a device that has not started. */
    void connect(Device device) {
        Map<String, List<SampleSink>> bySource = new LinkedHashMap<>();
        for (WatchPlan plan : config.watches()) {
            Map<String, BesideSensors.Listener> beside = new LinkedHashMap<>();
            Watch watch = Watch.open(device, runtime, plan.sensor(), findings -> {
                Detector detector = plan.making().apply(findings);
                if (detector instanceof BesideSensors listening) {
                    beside.putAll(listening.listeners());
                }
                return detector;
            });
            beside.forEach((source, listener) -> bySource.computeIfAbsent(source, s -> new ArrayList<>())
                    .add(new ToListener(source, listener, watch)));
            watch.onDetection(detection -> warn(plan.name(), detection));
            watches.add(watch);
            bySource.computeIfAbsent(plan.source(), s -> new ArrayList<>()).add(new ToWatch(watch));
        }
        bySource.forEach((name, to) -> {
            SensorSource source = source(name);
            sources.put(name, source);
            source.start(new All(to));
        });
        config.desk()
                .forEach((name, plan) -> plan.recording().ifPresent(recording -> {
                    DeskSensor sensor = desk.get(name);
                    if (sensor != null) {
                        sensor.play(recording);
                    }
                }));
    }

    /** Stops listening and warning. */
    void close() {
        sources.values().forEach(SensorSource::close);
        watches.forEach(Watch::close);
        warning.close();
    }

    private SensorSource source(String name) {
        SensorSource part = desk.containsKey(name) ? desk.get(name) : parts.get(name);
        return part != null ? part : new ContactSource(board, name, runtime.timers(), runtime.clock()::nanoTime);
    }

    private void warn(String watch, Detection detection) {
        WarningPlan plan = config.warning();
        String cause = watch + " " + detection.kind();
        if (detection.state() == AlarmState.RESTORED) {
            warning.over(cause);
        } else if (plan.kinds().contains(detection.kind())
                && (detection.state() == AlarmState.UPDATED || !plan.onlyWorse().contains(detection.kind()))) {
            warning.warn(cause);
        }
    }

    /** Hands a source's samples to all that want them. */
    private record All(List<SampleSink> sinks) implements SampleSink {
        @Override
        public void sample(long timeNs, double[] values) {
            for (int i = 0; i < sinks.size(); i++) {
                sinks.get(i).sample(timeNs, values);
            }
        }

        @Override
        public void trouble(String cause, String text) {
            sinks.forEach(sink -> sink.trouble(cause, text));
        }

        @Override
        public void well(String cause) {
            sinks.forEach(sink -> sink.well(cause));
        }
    }

    private record ToWatch(Watch watch) implements SampleSink {
        @Override
        public void sample(long timeNs, double[] values) {
            watch.sample(timeNs, values);
        }

        @Override
        public void trouble(String cause, String text) {
            watch.trouble(cause, text);
        }

        @Override
        public void well(String cause) {
            watch.well(cause);
        }
    }

    /** What is wrong with a sensor beside a detector's own is told as the detector's, with that sensor's name. */
    private record ToListener(String source, BesideSensors.Listener listener, Watch watch) implements SampleSink {
        @Override
        public void sample(long timeNs, double[] values) {
            try {
                listener.sample(timeNs, values);
            } catch (RuntimeException e) { // the others that hear this sensor go on
                watch.trouble(source + "-detector", "the detector threw " + e);
            }
        }

        @Override
        public void trouble(String cause, String text) {
            watch.trouble(source + "-" + cause, text);
        }

        @Override
        public void well(String cause) {
            watch.well(source + "-" + cause);
        }
    }
}
