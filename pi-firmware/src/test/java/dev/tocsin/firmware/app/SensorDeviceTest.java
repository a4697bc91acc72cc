package dev.tocsin.firmware.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tocsin.firmware.board.DeskSensor;
import dev.tocsin.firmware.board.LocalWarning;
import dev.tocsin.firmware.board.Pi4jBoard;
import dev.tocsin.sdk.TocsinRuntime;
import dev.tocsin.sdk.coap.NioNetwork;
import dev.tocsin.sdk.crypto.PlatformEntropy;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.AlarmState;
import dev.tocsin.sdk.port.DatagramNetwork;
import dev.tocsin.sdk.session.AlarmStatus;
import dev.tocsin.sdk.system.EventLoop;
import dev.tocsin.sdk.system.SystemClock;
import dev.tocsin.sdk.testkit.MemoryStorage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a desk board, a real disk and a network where nobody answers: what a device with sensors must do all by itself. */
class SensorDeviceTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private static final String BOARD = """
            name = "post"
            title = "A post at the water"
            model = "raspberry-pi-4"
            [inputs.gate]
            bcm = 5
            header = 29
            pull = "up"
            active-low = true
            [inputs.beam]
            bcm = 6
            header = 31
            pull = "up"
            [outputs.ready]
            bcm = 23
            header = 16
            [outputs.warning]
            bcm = 24
            header = 18
            [outputs.beacon]
            bcm = 25
            header = 22
            """;

    private static final String SENSING = """
            [desk.rail]
            channels = ["distance m"]
            [detectors.gate-open]
            type = "threshold"
            sensor = "gate"
            kind = "gate"
            limit = 1
            holds = "100ms"
            restores = "100ms"
            silent-after = "1h"
            [detectors.reach]
            type = "threshold"
            sensor = "rail"
            kind = "fall_risk"
            side = "below"
            limit = 0.5
            holds = "0ms"
            restores = "0ms"
            silent-after = "1h"
            """;

    @TempDir
    private Path folder = Path.of("");

    private final EventLoop loop = new EventLoop("test-loop");
    private final NioNetwork real = newNetwork();
    private final List<Boolean> sirenAtAlarms = new CopyOnWriteArrayList<>();
    private final Map<AlarmId, AlarmStatus> alarms = new ConcurrentHashMap<>();
    private final TocsinRuntime runtime = TocsinRuntime.of(new TocsinRuntime.Parts(
            loop,
            loop,
            new SystemClock(),
            new PlatformEntropy(),
            this::open,
            journal -> new MemoryStorage(loop))); // a disk that is slow for once would be told as a fault
    private Pi4jBoard.Desk desk = unopened();
    private SensorDevice device = unopened();

    @BeforeEach
    void start() throws Exception {
        TestConfigs.write(folder, "audible", "journal");
        Files.writeString(folder.resolve("post.toml"), BOARD);
        device = open(SENSING);
        device.device().onAlarm(status -> alarms.put(status.alarm().id(), status));
        await().atMost(SOON).until(() -> device.device().armed().isDone());
    }

    @AfterEach
    void stop() throws IOException {
        device.close();
        loop.execute(loop::shutdown);
        loop.awaitEnd(SOON);
        real.close();
    }

    /** Plain CoAP, so that the test can tell an alarm's datagram from others. */
    private SensorDevice open(String sensing) throws IOException {
        Path file = folder.resolve("device.toml");
        Files.writeString(
                file,
                Files.readString(file)
                                .replaceAll("(?m)^(certificate|key|trust) = .*\n", "")
                                .replace("[board]\n", "plain = true\n[board]\nprofile = \"post.toml\"\n")
                                .replace("coaps://", "coap://")
                        + sensing);
        FirmwareConfig config = FirmwareConfig.load(file).orThrow();
        desk = Pi4jBoard.onDesk(config.profile(), runtime.clock()::nanoTime, runtime);
        return SensorDevice.open(config, desk.board(), Map.of(), runtime);
    }

    /** Looks at the siren whenever a datagram with an alarm leaves. */
    private DatagramNetwork.Socket open(InetSocketAddress bind, DatagramNetwork.Receiver receiver) throws IOException {
        DatagramNetwork.Socket socket = real.open(bind, receiver);
        return new DatagramNetwork.Socket() {
            @Override
            public InetSocketAddress localAddress() {
                return socket.localAddress();
            }

            @Override
            public void send(InetSocketAddress to, byte[] data, int offset, int length) {
                if (new String(data, offset, length, StandardCharsets.ISO_8859_1).contains("vnd.tocsin.alarm")) {
                    sirenAtAlarms.add(isOn(LocalWarning.WARNING));
                }
                socket.send(to, data, offset, length);
            }

            @Override
            public void close() {
                socket.close();
            }
        };
    }

    private boolean isOn(String output) {
        return desk.controls().isOn(output);
    }

    private DeskSensor rail() {
        return Objects.requireNonNull(device.desk().get("rail"));
    }

    private Collection<String> told() {
        return alarms.values().stream()
                .map(s -> s.alarm().kind() + " " + s.alarm().state())
                .toList();
    }

    @Test
    void the_siren_is_on_before_the_first_datagram_leaves_and_off_when_it_is_over() {
        rail().set(2.0);
        rail().set(0.4);
        await().atMost(SOON).until(() -> !sirenAtAlarms.isEmpty());
        assertThat(sirenAtAlarms.getFirst())
                .as("the siren, when the alarm left")
                .isTrue();
        assertThat(isOn(LocalWarning.WARNING)).isTrue();

        rail().set(2.0);
        await().atMost(SOON).until(() -> !isOn(LocalWarning.WARNING));
        assertThat(isOn(LocalWarning.BEACON)).isFalse();
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(told()).containsExactlyInAnyOrder("FALL_RISK RAISED", "FALL_RISK RESTORED"));
    }

    @Test
    void a_contact_of_the_board_is_a_sensor_and_warns_nobody_on_the_spot() {
        desk.controls().press("gate");
        await().atMost(SOON).untilAsserted(() -> assertThat(told()).containsExactly("GATE RAISED"));
        assertThat(isOn(LocalWarning.WARNING)).isFalse();
        desk.controls().release("gate");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(told()).containsExactlyInAnyOrder("GATE RAISED", "GATE RESTORED"));
        AlarmStatus raised = alarms.values().stream()
                .filter(s -> s.alarm().state() == AlarmState.RAISED)
                .findFirst()
                .orElseThrow();
        assertThat(alarms.values())
                .anySatisfy(s ->
                        assertThat(s.alarm().about()).contains(raised.alarm().id()));
        assertThat(raised.alarm().text()).isEqualTo("1.00, limit >= 1.00");
    }

    @Test
    void what_is_wrong_with_a_sensor_is_a_fault_of_the_device_and_the_others_go_on() {
        rail().trouble("bus", "no answer");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(alarms.values()).anySatisfy(s -> {
                    assertThat(s.alarm().kind()).isEqualTo(AlarmKind.FAULT);
                    assertThat(s.alarm().text()).isEqualTo("reach-bus: reach: no answer");
                }));
        desk.controls().press("gate");
        await().atMost(SOON).untilAsserted(() -> assertThat(told()).contains("GATE RAISED"));
        rail().well("bus");
        await().atMost(SOON).untilAsserted(() -> assertThat(told()).contains("FAULT RESTORED"));
    }

    @Test
    void a_device_without_button_and_without_detector_is_refused() {
        FirmwareConfig whole =
                FirmwareConfig.load(folder.resolve("device.toml")).orThrow();
        FirmwareConfig none =
                new FirmwareConfig(whole.device(), whole.profile(), whole.hardware(), whole.annunciation());
        assertThatThrownBy(() -> SensorDevice.open(none, desk.board(), Map.of(), runtime))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("there is nothing to raise an alarm");
    }

    @Test
    void a_recording_is_played_from_the_start() throws Exception {
        Files.writeString(folder.resolve("rail.csv"), "t_s,distance\n0,2\n0.1,0.4\n0.2,2\n");
        reopen(SENSING.replace("[detectors.gate-open]", "recording = \"rail.csv\"\n[detectors.gate-open]"));
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(told()).containsExactlyInAnyOrder("FALL_RISK RAISED", "FALL_RISK RESTORED"));
    }

    @Test
    void a_beam_beside_a_distance_sensor_warns_on_the_spot() throws Exception {
        reopen("""
                [desk.bank]
                channels = ["distance m"]
                [detectors.shore]
                type = "water-zone"
                sensor = "bank"
                dwell = "200ms"
                beam = "beam"
                """);
        assertThat(isOn(LocalWarning.WARNING)).isFalse();
        desk.controls().press("beam");
        await().atMost(SOON).untilAsserted(() -> assertThat(told()).contains("WATER_INTRUSION RAISED"));
        assertThat(isOn(LocalWarning.WARNING)).isTrue();
    }

    @Test
    void what_is_wrong_with_a_sensor_beside_a_detector_s_own_is_told_with_its_name() throws Exception {
        reopen("""
                [desk.wrist]
                channels = ["x g", "y g", "z g"]
                [desk.probe]
                channels = ["probe ohm"]
                [detectors.wearer]
                type = "drowning"
                sensor = "wrist"
                probe = "probe"
                """);
        Objects.requireNonNull(device.desk().get("probe")).trouble("bus", "no answer");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(alarms.values())
                        .anySatisfy(
                                s -> assertThat(s.alarm().text()).isEqualTo("wearer-probe-bus: wearer: no answer")));
    }

    /** With other sensors, and nothing in its journal. */
    private void reopen(String sensing) throws Exception {
        device.close();
        alarms.clear();
        TestConfigs.write(folder, "audible", "journal-2");
        device = open(sensing);
        device.device().onAlarm(status -> alarms.put(status.alarm().id(), status));
    }

    private static NioNetwork newNetwork() {
        try {
            return new NioNetwork();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings({"NullAway", "DataFlowIssue", "TypeParameterUnusedInFormals"}) // set before each test
    private static <T> T unopened() {
        return null;
    }
}
