package dev.tocsin.firmware.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tocsin.sdk.Device;
import dev.tocsin.sdk.TocsinRuntime;
import dev.tocsin.sdk.coap.CoapNode;
import dev.tocsin.sdk.coap.CoapService;
import dev.tocsin.sdk.coap.NioNetwork;
import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.crypto.PlatformEntropy;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.port.Transport.Content;
import dev.tocsin.sdk.port.Transport.Post;
import dev.tocsin.sdk.port.Transport.Retransmission;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a start finds of the program before it, and whom it tells. {@link FirmwareProcessTest} has it of real processes. */
@Timeout(120)
class LastLifeTest {

    private static final long SECOND_NS = 1_000_000_000;

    @TempDir
    private Path folder = Path.of("");

    private Map<String, String> systemd() {
        return Map.of("RUNTIME_DIRECTORY", folder + ":/run/another");
    }

    @Test
    void the_mark_is_there_from_the_start_until_it_stops_as_told() {
        LastLife life = LastLife.begin(systemd(), 0);
        assertThat(folder.resolve("running")).exists();
        life.end();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void without_a_folder_in_memory_nothing_is_done_and_a_folder_that_is_not_there_holds_up_nothing() {
        LastLife.begin(Map.of(), 0).end();
        LastLife.begin(Map.of("RUNTIME_DIRECTORY", folder.resolve("gone").toString()), 0)
                .end();
        assertThat(folder).isEmptyDirectory();
    }

    private final List<String> said = new CopyOnWriteArrayList<>();

    /** A program was killed; these are deeds of the next. */
    private void afterOneThatWasKilled(Consumer<Device> deeds) throws Exception {
        LastLife.begin(systemd(), 0);
        try (TocsinRuntime runtime = TocsinRuntime.start();
                Centre centre = new Centre(runtime);
                Device device = runtime.open(config(centre).device())) {
            device.onRemark(said::add);
            deeds.accept(device);
        }
    }

    private LastLife tells(Device device, long atS) {
        LastLife life = LastLife.begin(systemd(), atS * SECOND_NS);
        life.tell(device);
        return life;
    }

    private void awaitRightAgain(int times) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> count("right again: the program did not stop as told") == times);
    }

    @Test
    void the_fault_stands_until_a_centre_has_it() throws Exception {
        afterOneThatWasKilled(device -> {
            tells(device, 0);
            awaitRightAgain(1);
            assertThat(count("fault: ")).isEqualTo(1);
            await().atMost(Duration.ofSeconds(30)).until(() -> device.indication() == Indication.ARMED);
        });
    }

    @Test
    void a_program_that_fails_time_and_again_tells_so_once_an_hour_and_how_often() throws Exception {
        afterOneThatWasKilled(device -> {
            tells(device, 1);
            awaitRightAgain(1);
            for (int s = 2; s < 3_600; s += 600) {
                tells(device, s);
            }
            tells(device, 3_602);
            awaitRightAgain(2);
            assertThat(faults()).hasSize(2).last().asString().endsWith("; 7 times since this was told");
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_the_program_before_raised_and_could_not_tell_is_told_right_again_by_the_next(boolean killed)
            throws Exception {
        try (TocsinRuntime runtime = TocsinRuntime.start();
                Centre centre = new Centre(runtime)) {
            centre.away = true;
            LastLife.begin(systemd(), 0); // and was killed
            try (Device device = runtime.open(config(centre).device())) {
                AtomicBoolean kept = new AtomicBoolean();
                device.onAlarm(
                        status -> kept.compareAndSet(false, status.keptNs().isPresent()));
                LastLife life = tells(device, 1);
                await().atMost(Duration.ofSeconds(30)).untilTrue(kept);
                if (!killed) {
                    life.end();
                }
            }
            centre.away = false;
            try (Device device = runtime.open(config(centre).device(), opening -> {
                opening.onRemark(said::add);
                tells(opening, 9); // before a centre can have answered
            })) {
                awaitRightAgain(1);
                await().atMost(Duration.ofSeconds(30)).until(() -> device.indication() == Indication.ARMED);
            }
        }
    }

    @Test
    void an_orderly_restart_neither_counts_nor_begins_the_hour_anew() throws Exception {
        afterOneThatWasKilled(device -> {
            LastLife orderly = tells(device, 1);
            awaitRightAgain(1);
            orderly.end();
            tells(device, 2); // and was killed
            tells(device, 3); // and was killed
            tells(device, 3_602);
            awaitRightAgain(2);
            assertThat(faults()).hasSize(2).last().asString().endsWith("; 2 times since this was told");
        });
    }

    private List<String> faults() {
        return said.stream().filter(s -> s.startsWith("fault: ")).toList();
    }

    private long count(String start) {
        return said.stream().filter(s -> s.startsWith(start)).count();
    }

    /** One that receipts everything. */
    private static final class Centre implements AutoCloseable {

        private final NioNetwork network = new NioNetwork(NioNetwork.CENTRE_RECEIVE_BUFFER_BYTES);
        private final ScheduledExecutorService pool = Executors.newScheduledThreadPool(1);
        private final ScriptedCentre centre;
        private final CoapService service;
        private volatile boolean away;

        Centre(TocsinRuntime runtime) throws IOException {
            centre = new ScriptedCentre("police", runtime.clock());
            service = new CoapService(CoapNode.centre(
                    network,
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    Optional.empty(),
                    pool,
                    runtime.clock(),
                    new PlatformEntropy()));
            for (String path : List.of("alarm", "heartbeat", "report")) {
                service.handle(path, (request, reply) -> answer(path, request, reply));
            }
            service.start();
        }

        private synchronized void answer(String path, CoapService.Request request, CoapService.Reply reply) {
            if (away) {
                return;
            }
            Post post = new Post("here", path, Content.PROTOBUF, request.payload(), Retransmission.RFC_7252);
            if (centre.take(post) instanceof ScriptedCentre.Reply.Says says) {
                reply.respond(says.code(), Content.PROTOBUF, says.payload());
            }
        }

        @Override
        public void close() throws IOException {
            service.close();
            network.close();
            pool.shutdown();
        }
    }

    private FirmwareConfig config(Centre centre) throws IOException, InvalidKeyException {
        TestConfigs.write(folder, "audible", "journal");
        Files.writeString(
                folder.resolve("receipts.pem"), Keys.publicPem(TestKeys.pem(SignatureAlgorithm.ED25519, "police")));
        Path file = folder.resolve("device.toml");
        Files.writeString(
                file,
                Files.readString(file)
                        .replaceAll("certificate = .*\nkey = .*\ntrust = .*\n", "plain = true\n")
                        .replace(
                                "coaps://127.0.0.1:9",
                                "coap://127.0.0.1:"
                                        + centre.service.localAddress().getPort()));
        return FirmwareConfig.load(file).orThrow();
    }
}
