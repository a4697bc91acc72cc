package dev.tocsin.simulator.county;

import dev.tocsin.firmware.app.SensingConfig;
import dev.tocsin.firmware.app.SensingConfig.WarningPlan;
import dev.tocsin.firmware.app.SensingConfig.WatchPlan;
import dev.tocsin.sdk.detect.ChannelMap;
import dev.tocsin.sdk.detect.Detector;
import dev.tocsin.sdk.detect.DrowningGuard;
import dev.tocsin.sdk.detect.EdgeGuard;
import dev.tocsin.sdk.detect.FallDetector;
import dev.tocsin.sdk.detect.FallProfile;
import dev.tocsin.sdk.detect.Findings;
import dev.tocsin.sdk.detect.ImmersionGuard;
import dev.tocsin.sdk.detect.SampleGate;
import dev.tocsin.sdk.detect.SensorLimits;
import dev.tocsin.sdk.detect.WaterLevel;
import dev.tocsin.sdk.model.Channel;
import dev.tocsin.sdk.sensing.Sensor;
import dev.tocsin.simulator.board.VirtualSensor;
import dev.tocsin.simulator.scenario.DeviceKind;
import dev.tocsin.simulator.scenario.Fleet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a device of a kind has besides its buttons: a sensor, and what watches it, each detector behind a gate.
 *
 * @param profile the board's name
 * @param name the sensor's
 * @param part what it is like
 * @param watches as in the firmware's configuration
 */
public record SensorKit(String profile, String name, VirtualSensor.Part part, List<WatchPlan> watches) {

    /** At a window or a parapet: nobody may be nearer than this for long. */
    public static final EdgeGuard.Settings EDGE = EdgeGuard.Settings.parapet();

    /** By open water, worn: in the water is told, and motionless in it. */
    public static final DrowningGuard.Settings WATER = DrowningGuard.Settings.freshWater();

    /** So long before something is played to a sensor it samples at its rate, so that windows are full… */
    public static final Duration LEAD = Duration.ofSeconds(8);

    /** …and so long after it, so that what is over is seen to be over. */
    public static final Duration TAIL = Duration.ofSeconds(20);

    /** This sensor reads fractions of a millimetre, so that it hardly repeats itself; one of whole centimetres would. */
    private static final Duration SAME_DISTANCE = Duration.ofSeconds(60);

    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final double RANGE_G = 16;
    private static final double WORN_RANGE_G = 8;
    /** Of the probe a short, of the accelerometer beyond its range. */
    private static final double WORN_RAIL = 9;

    private static final double RANGE_M = 8;
    /** What stands opposite an edge guard. */
    private static final double OPPOSITE_M = 4;

    private static final double DRY_OHM = 2e6;
    private static final double NOISE_G = 0.01;
    private static final VirtualSensor.Channel LEVEL_AXIS = new VirtualSensor.Channel(0, NOISE_G, false);
    private static final VirtualSensor.Channel UPRIGHT_AXIS = new VirtualSensor.Channel(1, NOISE_G, false);
    private static final List<Channel> AXES =
            List.of(new Channel("ax", "g", 0.001), new Channel("ay", "g", 0.001), new Channel("az", "g", 0.001));

    /** A gauge that repeats itself for so many readings is stuck: its own noise is above its resolution. */
    private static final int STUCK_READINGS = 30;

    private static final double GAUGE_NOISE_M = 0.003;

    /**
     * What a device of this kind has; nothing if it is a button.
     *
     * @param gauge the levels of a gauge
     * @param levelM where the water is at first, m
     */
    static Optional<SensorKit> of(DeviceKind kind, Fleet.Gauge gauge, double levelM) {
        return switch (kind) {
            case BUTTON -> Optional.empty();
            case FALL -> Optional.of(wrist());
            case EDGE -> Optional.of(edge());
            case WATER -> Optional.of(worn());
            case LEVEL -> Optional.of(level(gauge, levelM));
        };
    }

    /** 50 Hz, as the recordings that the detector was made with. */
    private static SensorKit wrist() {
        return new SensorKit(
                "wall-button",
                "wrist",
                new VirtualSensor.Part(
                        List.of(LEVEL_AXIS, LEVEL_AXIS, UPRIGHT_AXIS), Duration.ofMillis(20), IDLE, false, RANGE_G),
                List.of(watch(
                        "wrist",
                        new Sensor("wrist", AXES),
                        findings -> new SampleGate(
                                SensorLimits.acceleration(RANGE_G),
                                new FallDetector(FallProfile.WRIST, findings),
                                findings))));
    }

    private static SensorKit edge() {
        return new SensorKit(
                "parapet-guard",
                "edge",
                new VirtualSensor.Part(
                        List.of(new VirtualSensor.Channel(OPPOSITE_M, 0.005, false)),
                        Duration.ofMillis(100),
                        IDLE,
                        false,
                        RANGE_M),
                List.of(watch(
                        "edge",
                        new Sensor("edge", List.of(new Channel("distance", "m", 0.001))),
                        findings -> new SampleGate(
                                SensorLimits.distance(RANGE_M, SAME_DISTANCE),
                                new EdgeGuard(EDGE, findings),
                                findings))));
    }

    /** Two gates on one sensor: a broken accelerometer does not keep the probe from being believed. */
    private static SensorKit worn() {
        List<Channel> channels = List.of(new Channel("ohm", "ohm", 100), AXES.get(0), AXES.get(1), AXES.get(2));
        return new SensorKit(
                "water-edge-guard",
                "worn",
                new VirtualSensor.Part(
                        List.of(new VirtualSensor.Channel(DRY_OHM, 0.01, true), LEVEL_AXIS, LEVEL_AXIS, UPRIGHT_AXIS),
                        Duration.ofMillis(40),
                        IDLE,
                        false,
                        WORN_RAIL),
                List.of(
                        watch(
                                "worn",
                                new Sensor("worn-probe", channels),
                                findings -> new ChannelMap(
                                        List.of(new ChannelMap.Input(0)),
                                        new SampleGate(
                                                SensorLimits.probe(),
                                                new ImmersionGuard(WATER.probe(), findings),
                                                findings))),
                        watch(
                                "worn",
                                new Sensor("worn", channels),
                                findings -> new SampleGate(
                                        SensorLimits.worn(WORN_RANGE_G),
                                        new DrowningGuard(WATER, findings),
                                        findings))));
    }

    private static SensorKit level(Fleet.Gauge gauge, double levelM) {
        Duration period = gauge.period();
        double lowestM = Math.min(gauge.warningM(), levelM) - 20;
        double highestM = gauge.dangerM() + 20;
        WaterLevel.Settings settings = new WaterLevel.Settings(
                gauge.warningM(),
                gauge.dangerM(),
                0.05,
                Double.POSITIVE_INFINITY,
                Duration.ofHours(3),
                gauge.fastestMPerHour(),
                0.02,
                period.multipliedBy(3).dividedBy(2),
                Duration.ofDays(7));
        return new SensorKit(
                "water-edge-guard",
                "level",
                new VirtualSensor.Part(
                        List.of(new VirtualSensor.Channel(levelM, GAUGE_NOISE_M, false)),
                        period,
                        period,
                        true,
                        highestM),
                List.of(watch(
                        "level",
                        new Sensor(
                                "level",
                                List.of(new Channel("level", "m", 0.001)),
                                Duration.ofMinutes(5),
                                Duration.ofMinutes(1)),
                        findings -> new SampleGate(
                                SensorLimits.gauge(lowestM, highestM, period, period.multipliedBy(STUCK_READINGS)),
                                new WaterLevel(settings, findings),
                                findings))));
    }

    /** The firmware's configuration. */
    SensingConfig config() {
        return new SensingConfig(Map.of(), watches, WarningPlan.USUAL);
    }

    /** @param sensor by whose name faults and evidence go */
    private static WatchPlan watch(String source, Sensor sensor, Function<Findings, ? extends Detector> making) {
        return new WatchPlan(sensor.name(), source, sensor, making);
    }
}
