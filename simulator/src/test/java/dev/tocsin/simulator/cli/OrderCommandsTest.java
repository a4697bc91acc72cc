package dev.tocsin.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tocsin.firmware.app.FirmwareConfig;
import dev.tocsin.firmware.app.SensorDevice;
import dev.tocsin.firmware.board.DeskSensor;
import dev.tocsin.firmware.board.Pi4jBoard;
import dev.tocsin.sdk.TocsinRuntime;
import dev.tocsin.sdk.model.Mode;
import dev.tocsin.sdk.session.AlarmStatus;
import dev.tocsin.sdk.session.Indication;
import dev.tocsin.sdk.system.SystemClock;
import dev.tocsin.simulator.lab.LabCentres;
import dev.tocsin.simulator.lab.Laboratory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code tocsin order} and {@code orders}, as a person types them, with real centres, DTLS sockets and firmware. */
final class OrderCommandsTest {

    private static final String BUTTON = "school-001/button-1";
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path home = Path.of("");
    private List<Path> configs = List.of();

    @BeforeEach
    void laboratory() throws IOException {
        Laboratory lab = Laboratory.create(
                folder.resolve("lab"), new Laboratory.Plan(ports(), List.of(BUTTON), "60s"), new SystemClock());
        home = Objects.requireNonNull(lab.devices().get(BUTTON));
        Path toml = home.resolve("device.toml");
        Files.writeString(toml, Files.readString(toml) + """

                [desk.rail]
                channels = ["distance m"]

                [detectors.reach]
                type = "edge"
                sensor = "rail"
                zone = 1.5
                on-edge = 0.5
                """);
        configs = lab.centres().stream().map(Laboratory.LabCentre::config).toList();
    }

    private static Map<String, Integer> ports() throws IOException {
        Map<String, Integer> ports = new LinkedHashMap<>();
        try (DatagramSocket a = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                DatagramSocket b = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            ports.put("police", a.getLocalPort());
            ports.put("education", b.getLocalPort());
        }
        return ports;
    }

    private String config(String centre) {
        return folder.resolve("lab").resolve(centre).resolve("centre.yaml").toString();
    }

    private int tocsin(String centre, String... words) {
        String[] all = java.util.Arrays.copyOf(words, words.length + 2);
        all[words.length] = "--config";
        all[words.length + 1] = config(centre);
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .execute(all);
    }

    private int order(String centre, String... words) {
        String[] all = new String[words.length + 6];
        all[0] = "order";
        all[1] = BUTTON;
        System.arraycopy(words, 0, all, 2, words.length);
        System.arraycopy(new String[] {"--by", "Li", "--wait", "60s"}, 0, all, words.length + 2, 4);
        return tocsin(centre, all);
    }

    /** A device of the laboratory: the real firmware on a desk board. */
    private record Running(TocsinRuntime runtime, SensorDevice device) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            device.close();
            runtime.close();
        }
    }

    private Running start(CountDownLatch restart) throws Exception {
        FirmwareConfig config = FirmwareConfig.load(home.resolve("device.toml")).orThrow();
        TocsinRuntime runtime = TocsinRuntime.start();
        Pi4jBoard.Desk desk = Pi4jBoard.onDesk(config.profile(), runtime.clock()::nanoTime, runtime);
        SensorDevice device = SensorDevice.open(
                config, desk.board(), Map.of(), runtime, Optional.of(restart::countDown), opening -> {});
        Objects.requireNonNull(device.desk().get("rail")).set(3.0); // nobody there
        device.device().armed().get(30, TimeUnit.SECONDS);
        await().atMost(SOON).until(() -> device.device().indication() == Indication.ARMED);
        return new Running(runtime, device);
    }

    @Test
    void a_device_of_a_laboratory_obeys_each_order_over_dtls_and_both_ends_have_it_on_record() throws Exception {
        CountDownLatch restart = new CountDownLatch(1);
        try (LabCentres centres = LabCentres.start(configs)) {
            assertThat(centres.servers()).hasSize(2);
            try (Running running = start(restart)) {
                assertThat(order("education", "locate", "--for", "5s"))
                        .as("%s%s", out, err)
                        .isEqualTo(Exit.OK);
                assertThat(out.toString()).contains("done: the lamp blinks for 5s");
                await().atMost(SOON).until(() -> running.device().device().indication() == Indication.ARMED);

                assertThat(order("police", "self-test")).as("%s%s", out, err).isEqualTo(Exit.OK);
                assertThat(out.toString())
                        .contains("police has the test alarm after")
                        .contains("education has the test alarm after")
                        .contains("panic at rest");

                assertThat(order("police", "settings", "heartbeat=10s")).isEqualTo(Exit.VIOLATED);
                assertThat(out.toString()).contains("refused: police may not order settings here");

                assertThat(order("education", "settings", "heartbeat=10s", "keep-alive=5s"))
                        .as("%s%s", out, err)
                        .isEqualTo(Exit.OK);
                assertThat(out.toString()).contains("settings version 1: heartbeat 10s, keep-alive 5s");

                assertThat(order("education", "bypass", "panic", "--for", "1h")).isEqualTo(Exit.VIOLATED);
                assertThat(out.toString()).contains("no sensor panic here that could be bypassed; there is reach");
                assertThat(order("education", "bypass", "reach", "--for", "1h"))
                        .as("%s%s", out, err)
                        .isEqualTo(Exit.OK);
                assertThat(sensed(running)).isEqualTo(Mode.TEST);
                assertThat(pressed(running)).isEqualTo(Mode.LIVE);
                running.device().device().reset();
                await().atMost(SOON).until(() -> running.device().device().indication() == Indication.FAULT);

                assertThat(tocsin("education", "order", BUTTON, "reboot", "--by", "Li"))
                        .isEqualTo(Exit.OK);
                assertThat(restart.await(60, TimeUnit.SECONDS)).isTrue();
            }
            try (Running again = start(restart)) {
                await().atMost(SOON).untilAsserted(() -> {
                    assertThat(tocsin("education", "orders")).isEqualTo(Exit.OK);
                    assertThat(out.toString().lines().findFirst().orElse(""))
                            .contains("order 5  done  reboot  by Li - restarted");
                });
                assertThat(again.device().device().indication()).isEqualTo(Indication.ARMED);
            }
            assertThat(tocsin("education", "ledger", "verify"))
                    .as("%s%s", out, err)
                    .isEqualTo(Exit.OK);
            assertThat(Files.readString(folder.resolve("lab/police/ledger.db.audit.log")))
                    .as("the other centre hears of it")
                    .contains("order 5 of education (reboot, by Li) done");
        }
    }

    private static Mode sensed(Running running) {
        java.util.concurrent.atomic.AtomicReference<Mode> mode = new java.util.concurrent.atomic.AtomicReference<>();
        running.device().device().onAlarm(status -> {
            if (status.alarm().kind() == dev.tocsin.sdk.model.AlarmKind.FALL_RISK) {
                mode.set(status.alarm().mode());
            }
        });
        DeskSensor rail = Objects.requireNonNull(running.device().desk().get("rail"));
        await().atMost(SOON).until(() -> {
            rail.set(0.2);
            return mode.get() != null;
        });
        return mode.get();
    }

    private static Mode pressed(Running running) throws Exception {
        long now = running.runtime().clock().nanoTime();
        AlarmStatus status = running.device()
                .device()
                .press(new dev.tocsin.sdk.model.StageTimes(now, now))
                .receivedByAll()
                .get(30, TimeUnit.SECONDS);
        return status.alarm().mode();
    }

    @Test
    void what_cannot_be_ordered_is_said_before_anything_is_written() {
        assertThat(tocsin("education", "order", BUTTON, "locat", "--by", "Li")).isEqualTo(Exit.INVALID);
        assertThat(err.toString()).contains("nothing that can be ordered").contains("did you mean locate");
        assertThat(tocsin("education", "order", BUTTON, "settings", "heartbeat=1s", "--by", "Li"))
                .isEqualTo(Exit.INVALID);
        assertThat(err.toString()).contains("a heartbeat of 1 s: from 5 to 3600 s");
        assertThat(tocsin("education", "order", BUTTON, "settings", "hartbeat=10s", "--by", "Li"))
                .isEqualTo(Exit.INVALID);
        assertThat(err.toString()).contains("did you mean heartbeat");
        assertThat(tocsin("education", "order", BUTTON, "bypass", "reach", "--by", "Li"))
                .isEqualTo(Exit.INVALID);
        assertThat(err.toString()).contains("--for TIME, or --end");
        assertThat(tocsin("education", "order", BUTTON, "drill", "--by", "Li")).isEqualTo(Exit.INVALID);
        assertThat(err.toString()).contains("tocsin centre drill");
        assertThat(tocsin("education", "order", BUTTON, "locate", "--for", "1h", "--by", "Li"))
                .isEqualTo(Exit.INVALID);
    }

    @Test
    void a_device_that_is_not_there_is_not_ordered_and_one_that_is_away_stays_pending() throws IOException {
        try (LabCentres centres = LabCentres.start(configs)) {
            assertThat(centres.servers()).hasSize(2);
            assertThat(tocsin("education", "order", "school-001/button-2", "locate", "--by", "Li"))
                    .isEqualTo(Exit.INVALID);
            assertThat(err.toString()).contains("did you mean school-001/button-1");
            assertThat(tocsin("education", "orders")).isEqualTo(Exit.OK);
            assertThat(out.toString()).contains("nothing was ordered");
            assertThat(tocsin("education", "order", BUTTON, "reboot", "--by", "Li", "--wait", "300ms"))
                    .isEqualTo(Exit.INCONCLUSIVE);
            assertThat(tocsin("education", "orders", BUTTON)).isEqualTo(Exit.OK);
            assertThat(out.toString()).contains("order 1  pending  reboot  by Li");
        }
    }
}
