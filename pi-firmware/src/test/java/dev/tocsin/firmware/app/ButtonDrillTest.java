package dev.tocsin.firmware.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tocsin.firmware.board.Annunciator;
import dev.tocsin.firmware.board.BoardProfiles;
import dev.tocsin.firmware.board.Pi4jBoard;
import dev.tocsin.sdk.TocsinRuntime;
import dev.tocsin.sdk.coap.CoapNode;
import dev.tocsin.sdk.coap.CoapService;
import dev.tocsin.sdk.coap.NioNetwork;
import dev.tocsin.sdk.codec.DrillMessages;
import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.crypto.PlatformEntropy;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.DrillOrder;
import dev.tocsin.sdk.model.Mode;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.port.Transport.Content;
import dev.tocsin.sdk.port.Transport.Post;
import dev.tocsin.sdk.port.Transport.Retransmission;
import dev.tocsin.sdk.session.AlarmStatus;
import dev.tocsin.sdk.session.Indication;
import dev.tocsin.sdk.testkit.ScriptedCentre;
import dev.tocsin.sdk.testkit.TestKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A button on a desk board within a drill that an education centre on loopback ordered; police are not there. */
class ButtonDrillTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path folder = Path.of("");

    private final Map<AlarmId, AlarmStatus> alarms = new ConcurrentHashMap<>();
    private final TocsinRuntime runtime;
    private final NioNetwork network;
    private final ScheduledExecutorService pool = Executors.newScheduledThreadPool(1);
    private final ScriptedCentre education;
    private final CoapService service;
    private final Pi4jBoard.Desk desk;
    private final long startNs;

    ButtonDrillTest() throws IOException {
        runtime = TocsinRuntime.start();
        network = new NioNetwork(NioNetwork.CENTRE_RECEIVE_BUFFER_BYTES);
        education = new ScriptedCentre("education", runtime.clock());
        service = new CoapService(CoapNode.centre(
                network,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Optional.empty(),
                pool,
                runtime.clock(),
                new PlatformEntropy()));
        desk = Pi4jBoard.onDesk(BoardProfiles.builtIn("wall-button").orThrow(), runtime.clock()::nanoTime, runtime);
        startNs = runtime.clock().nanoTime();
    }

    @BeforeEach
    void serve() throws IOException {
        education.tellOfHeartbeat(h -> DrillMessages.sign(
                        new DrillOrder(
                                "education",
                                "fire-7",
                                h.device(),
                                h.echo(),
                                "building B",
                                Duration.ZERO,
                                Duration.ZERO,
                                Duration.ofMinutes(15),
                                "Zhang"),
                        education.signer())
                .bytes());
        for (String path : new String[] {"alarm", "heartbeat", "report"}) {
            service.handle(path, (request, reply) -> answer(path, request, reply));
        }
        service.start();
    }

    private synchronized void answer(String path, CoapService.Request request, CoapService.Reply reply) {
        Post post = new Post("here", path, Content.PROTOBUF, request.payload(), Retransmission.RFC_7252);
        if (education.take(post) instanceof ScriptedCentre.Reply.Says says) {
            reply.respond(says.code(), Content.PROTOBUF, says.payload());
        }
    }

    @AfterEach
    void close() throws IOException {
        runtime.close();
        service.close();
        network.close();
        pool.shutdown();
    }

    @Test
    void a_press_in_a_drill_is_a_drill_and_holding_it_is_live() throws IOException, InvalidKeyException {
        try (ButtonDevice button = openButton("audible")) {
            await().atMost(SOON).until(() -> button.device().indication() == Indication.IN_DRILL);
            desk.controls().set(ButtonDevice.PANIC, true);
            await().atMost(SOON).untilAsserted(() -> assertThat(modes()).containsExactly(Mode.DRILL));
            assertThat(button.device().indication()).isEqualTo(Indication.DRILL);
            await().atMost(SOON).until(() -> desk.controls().isOn(Annunciator.LAMP));

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(modes()).containsExactlyInAnyOrder(Mode.DRILL, Mode.LIVE));
            AlarmStatus live = ofMode(Mode.LIVE);
            assertThat(Duration.ofNanos(live.alarm().stages().edgeNs()
                            - ofMode(Mode.DRILL).alarm().stages().edgeNs()))
                    .isEqualTo(Duration.ofSeconds(3));
            assertThat(live.deliveries()).containsOnlyKeys("police", "education");
            assertThat(ofMode(Mode.DRILL).deliveries()).containsOnlyKeys("education");
            assertThat(live.alarm().stages().edgeNs()).isGreaterThan(startNs);
        }
    }

    @Test
    void letting_go_in_time_leaves_it_a_drill_and_pressing_again_is_live() throws IOException, InvalidKeyException {
        try (ButtonDevice button = openButton("silent")) {
            await().atMost(SOON).until(() -> button.device().indication() == Indication.IN_DRILL);
            desk.controls().set(ButtonDevice.PANIC, true);
            await().atMost(SOON).until(() -> !alarms.isEmpty());
            desk.controls().set(ButtonDevice.PANIC, false);
            await().during(Duration.ofMillis(3_500))
                    .atMost(SOON)
                    .untilAsserted(() -> assertThat(modes()).containsExactly(Mode.DRILL));
            assertThat(desk.controls().isOn(Annunciator.LAMP)).isFalse();

            desk.controls().set(ButtonDevice.PANIC, true);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(modes()).containsExactlyInAnyOrder(Mode.DRILL, Mode.LIVE));
        }
    }

    private Collection<Mode> modes() {
        return alarms.values().stream().map(s -> s.alarm().mode()).toList();
    }

    private AlarmStatus ofMode(Mode mode) {
        return alarms.values().stream()
                .filter(s -> s.alarm().mode() == mode)
                .findFirst()
                .orElseThrow();
    }

    private ButtonDevice openButton(String annunciation) throws IOException, InvalidKeyException {
        String educationKey = Keys.publicPem(TestKeys.pem(SignatureAlgorithm.ED25519, "education"));
        Files.writeString(folder.resolve("education.pem"), educationKey);
        Files.writeString(folder.resolve("alarm-key.pem"), Keys.generatePem(SignatureAlgorithm.ED25519));
        Files.writeString(folder.resolve("police.pem"), Keys.publicPem(Keys.generatePem(SignatureAlgorithm.ED25519)));
        Files.writeString(folder.resolve("device.toml"), """
                device = "school-001/button-1"
                journal = "journal"
                [keys]
                alarm = "alarm-key.pem"
                plain = true
                [board]
                hardware = "desk"
                annunciation = "%s"
                [[centres]]
                id = "police"
                addresses = ["coap://127.0.0.1:9"]
                receipt-keys = ["police.pem"]
                [[centres]]
                id = "education"
                addresses = ["coap://127.0.0.1:%d"]
                receipt-keys = ["education.pem"]
                drills = true
                """.formatted(
                        annunciation, service.localAddress().getPort()));
        ButtonDevice opened = ButtonDevice.open(
                FirmwareConfig.load(folder.resolve("device.toml")).orThrow(), desk.board(), runtime);
        opened.device().onAlarm(status -> alarms.put(status.alarm().id(), status));
        return opened;
    }
}
