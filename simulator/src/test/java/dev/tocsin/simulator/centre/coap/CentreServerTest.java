package dev.tocsin.simulator.centre.coap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tocsin.sdk.coap.CoapNode;
import dev.tocsin.sdk.coap.CoapTransport;
import dev.tocsin.sdk.coap.DtlsIdentity;
import dev.tocsin.sdk.coap.NatBox;
import dev.tocsin.sdk.coap.NioNetwork;
import dev.tocsin.sdk.codec.Decoded;
import dev.tocsin.sdk.codec.EvidenceMessages;
import dev.tocsin.sdk.codec.Messages;
import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.crypto.PlatformEntropy;
import dev.tocsin.sdk.model.Answer;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.Evidence;
import dev.tocsin.sdk.model.ReceiptStage;
import dev.tocsin.sdk.model.Report;
import dev.tocsin.sdk.port.Transport.Content;
import dev.tocsin.sdk.port.Transport.Outcome;
import dev.tocsin.sdk.port.Transport.Post;
import dev.tocsin.sdk.port.Transport.Retransmission;
import dev.tocsin.sdk.system.EventLoop;
import dev.tocsin.sdk.system.SystemClock;
import dev.tocsin.sdk.testkit.TestEvidence;
import dev.tocsin.simulator.centre.TestCentre;
import dev.tocsin.simulator.centre.TestDevice;
import dev.tocsin.simulator.centre.config.CentreConfig;
import dev.tocsin.simulator.centre.ledger.EntryType;
import dev.tocsin.simulator.centre.ledger.LedgerCheck;
import dev.tocsin.simulator.centre.ledger.Outcome.Committed;
import dev.tocsin.simulator.centre.ledger.Submission;
import dev.tocsin.simulator.centre.sqlite.SqliteLedger;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The centre on real sockets: what a device meets. */
final class CentreServerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final TestDevice button = new TestDevice("school-007/button-3");
    private final NioNetwork network = newNetwork();
    private final EventLoop loop = new EventLoop("test-device");
    private final BlockingQueue<Bytes> pushed = new LinkedBlockingQueue<>();
    private Optional<CentreServer> server = Optional.empty();
    private String address = "";
    private Optional<CoapTransport> transport = Optional.empty();

    private static NioNetwork newNetwork() {
        try {
            return new NioNetwork();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void stop() throws IOException {
        transport.ifPresent(CoapTransport::close);
        server.ifPresent(CentreServer::close);
        loop.shutdown();
        network.close();
    }

    private CentreServer start(TestCentre files) {
        CentreConfig config = CentreConfig.load(files.config()).orThrow();
        CentreServer started = switch (CentreServer.start(config)) {
            case CentreServer.Starting.Started(CentreServer s) -> s;
            case CentreServer.Starting.Failed(var problems) -> throw new AssertionError(problems.toString());
            case CentreServer.Starting.Unavailable(var problem) -> throw new AssertionError(problem.toString());
        };
        server = Optional.of(started);
        address = (config.dtls().isPresent() ? "coaps" : "coap") + "://127.0.0.1:"
                + started.localAddress().getPort();
        return started;
    }

    private void startSecure() throws IOException {
        start(TestCentre.in(folder, button));
        connect(Optional.of(TestCentre.identityOf(button.id())));
    }

    private void connect(Optional<DtlsIdentity> identity) throws IOException {
        CoapTransport t = new CoapTransport(CoapNode.device(
                network,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                identity,
                loop,
                new SystemClock(),
                new PlatformEntropy()));
        transport = Optional.of(t);
        loop.execute(() -> t.serve((path, payload) -> {
            pushed.add(payload);
            return path.equals("receipt") ? 204 : 404;
        }));
    }

    private Outcome.Answered post(String path, Content content, Bytes payload) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        Post post = new Post(address, path, content, payload, Retransmission.RFC_7252);
        loop.execute(() -> transport.orElseThrow().post(post, outcome::complete));
        Outcome ended =
                outcome.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        assertThat(ended).isInstanceOf(Outcome.Answered.class);
        return (Outcome.Answered) ended;
    }

    private Outcome.Answered alarm(long sequence) {
        return post("alarm", Content.COSE_SIGN1, button.sign(button.panic(sequence)));
    }

    private static Answer answer(Bytes signed) {
        Decoded<SignedEnvelope> envelope = SignedEnvelope.read(signed);
        return Messages.readAnswer(envelope.orThrow()).orThrow();
    }

    private CentreServer running() {
        return server.orElseThrow();
    }

    /** Stops and starts again on the same port, as a restarted service does. */
    private CentreServer restart(TestCentre files) throws IOException {
        int port = running().localAddress().getPort();
        running().close();
        String config = Files.readString(files.config());
        Files.writeString(files.config(), config.replace("127.0.0.1:0", "127.0.0.1:" + port));
        return start(files);
    }

    @Test
    void after_a_restart_a_device_resumes_its_session() throws IOException {
        TestCentre files = TestCentre.in(folder, button);
        start(files);
        connect(Optional.of(TestCentre.identityOf(button.id())));
        assertThat(alarm(1).code()).isEqualTo(204);
        CentreServer after = restart(files);
        assertThat(alarm(2).code()).isEqualTo(204);
        assertThat(after.handshakes()).isEqualTo(new CoapNode.Handshakes(0, 1));
    }

    @Test
    void after_a_restart_a_device_that_was_revoked_is_not_resumed_and_its_alarm_is_refused_with_a_signature()
            throws IOException {
        TestCentre files = TestCentre.in(folder, button);
        start(files);
        connect(Optional.of(TestCentre.identityOf(button.id())));
        assertThat(alarm(1).code()).isEqualTo(204);
        Path registry = folder.resolve("registry.yaml");
        Files.writeString(
                registry,
                Files.readString(registry).replace("    spot: corridor\n", "    spot: corridor\n    revoked: true\n"));
        CentreServer after = restart(files);
        assertThat(answer(alarm(2).payload())).isInstanceOf(Answer.Refusal.class);
        assertThat(after.handshakes()).isEqualTo(new CoapNode.Handshakes(1, 0));
    }

    @Test
    void a_centre_that_shall_not_keep_sessions_has_no_file_of_them_and_makes_full_handshakes() throws IOException {
        TestCentre files = TestCentre.in(folder, button);
        Files.writeString(files.config(), Files.readString(files.config()) + "keep-sessions: false\n");
        Files.writeString(folder.resolve("police.db.sessions"), "secrets of before it was turned off");
        start(files);
        connect(Optional.of(TestCentre.identityOf(button.id())));
        assertThat(alarm(1).code()).isEqualTo(204);
        CentreServer after = restart(files);
        assertThat(alarm(2).code()).isEqualTo(204);
        assertThat(after.handshakes()).isEqualTo(new CoapNode.Handshakes(1, 0));
        assertThat(folder.resolve("police.db.sessions")).doesNotExist();
    }

    @Test
    void a_damaged_file_of_sessions_costs_a_full_handshake_and_not_the_centre() throws IOException {
        TestCentre files = TestCentre.in(folder, button);
        Files.writeString(folder.resolve("police.db.sessions"), "no database ".repeat(500));
        start(files);
        connect(Optional.of(TestCentre.identityOf(button.id())));
        assertThat(alarm(1).code()).isEqualTo(204);
        assertThat(running().handshakes()).isEqualTo(new CoapNode.Handshakes(1, 0));
    }

    @Test
    void an_alarm_over_dtls_gets_a_signed_receipt_and_its_duplicate_the_same() throws IOException {
        startSecure();

        Outcome.Answered first = alarm(1);
        Outcome.Answered second = alarm(1);

        assertThat(first.code()).isEqualTo(204);
        assertThat(answer(first.payload())).isInstanceOfSatisfying(Answer.Receipt.class, receipt -> {
            assertThat(receipt.alarm()).isEqualTo(button.alarmId(1));
            assertThat(receipt.chainHead()).isEqualTo(running().ledger().head().hash());
        });
        assertThat(second.payload()).isEqualTo(first.payload());
        assertThat(running().ledger().head().number()).isEqualTo(1);
    }

    @Test
    void bad_input_leaves_the_session_intact_and_nothing_in_the_ledger() throws IOException {
        start(TestCentre.in(folder, button));
        try (NatBox between = new NatBox(network, running().localAddress());
                LogWatch log = LogWatch.begin()) {
            address = "coaps://127.0.0.1:" + between.address().getPort();
            connect(Optional.of(TestCentre.identityOf(button.id())));
            assertThat(post("heartbeat", Content.PROTOBUF, button.heartbeat(1, 1, Duration.ofMinutes(1)))
                            .code())
                    .isEqualTo(204);
            int handshakes = between.clientHellos();

            badInput();

            assertThat(alarm(1).code()).isEqualTo(204);
            assertThat(handshakes).isPositive();
            assertThat(between.clientHellos()).as("no session was lost").isEqualTo(handshakes);
            assertThat(log.troubles()).isEmpty();
        }
    }

    private void badInput() throws IOException {
        TestDevice stranger = new TestDevice("school-009/button-1");

        assertThat(post("alarm", Content.COSE_SIGN1, Bytes.ofHex("00")).code()).isEqualTo(400);
        assertThat(post("alarm", Content.COSE_SIGN1, Bytes.wrap(new byte[5_000]))
                        .code())
                .isEqualTo(413);
        Outcome.Answered refused = post("alarm", Content.COSE_SIGN1, stranger.sign(stranger.panic(1)));
        assertThat(refused.code()).isEqualTo(401);
        assertThat(answer(refused.payload())).isInstanceOf(Answer.Refusal.class);
        assertThat(post("nowhere", Content.COSE_SIGN1, Bytes.ofHex("00")).code())
                .isEqualTo(404);
        assertThat(running().ledger().entries(1, 10))
                .as("of the boot at most, which the heartbeat told of")
                .noneMatch(e -> e.type() != EntryType.BOOT);
        assertThat(Files.readString(folder.resolve("police.db.audit.log")))
                .contains("refused MALFORMED from " + button.id())
                .contains("refused TOO_LONG")
                .contains("refused UNKNOWN_KEY")
                .contains("refused NOT_SERVED from " + button.id()
                        + ": 4.04 served here: alarm, evidence, heartbeat, notice, order-result, report, update");
    }

    @Test
    void forged_evidence_that_comes_block_by_block_is_refused_and_told() throws IOException {
        startSecure();
        Bytes envelope = button.sign(button.panic(1));
        assertThat(post("alarm", Content.COSE_SIGN1, envelope).code()).isEqualTo(204);
        Evidence evidence = TestEvidence.large(button.alarmId(1), envelope, 2_000);
        TestDevice impostor = new TestDevice(button.id());

        Bytes forged = EvidenceMessages.sign(evidence, impostor.signer()).bytes();
        assertThat(post("evidence", Content.COSE_SIGN1, forged).code()).isEqualTo(401);
        assertThat(Files.readString(folder.resolve("police.db.audit.log")))
                .contains("refused UNKNOWN_KEY from " + button.id() + ": evidence: key ");
        Bytes genuine = EvidenceMessages.sign(evidence, button.signer()).bytes();
        assertThat(post("evidence", Content.COSE_SIGN1, genuine).code()).isEqualTo(204);
    }

    @Test
    void a_body_that_the_block_wise_layer_refuses_leaves_a_line_in_the_audit() throws IOException {
        startSecure();

        assertThat(post("alarm", Content.COSE_SIGN1, Bytes.wrap(new byte[200_000]))
                        .code())
                .isEqualTo(413);

        assertThat(Files.readString(folder.resolve("police.db.audit.log")))
                .contains("refused TOO_LONG from " + button.id() + ": 4.13");
    }

    @Test
    void heartbeats_and_reports_are_taken() throws IOException {
        startSecure();

        Outcome.Answered heartbeat =
                post("heartbeat", Content.PROTOBUF, button.heartbeat(1, TestDevice.NONCE, Duration.ofMinutes(1)));
        Outcome.Answered report = post(
                "report", Content.PROTOBUF, Messages.write(new Report(button.id(), TestDevice.time(), "all is well")));

        assertThat(heartbeat.code()).isEqualTo(204);
        assertThat(Messages.readHeartbeatAnswer(heartbeat.payload()).orThrow().signed())
                .isEmpty();
        assertThat(report.code()).isEqualTo(204);
        assertThat(Files.readString(folder.resolve("police.db.audit.log")))
                .contains("report of " + button.id() + ": all is well");
    }

    @Test
    void a_device_cannot_send_the_heartbeat_of_another() throws IOException {
        start(TestCentre.in(folder, button));
        connect(Optional.of(TestCentre.identityOf("school-007/button-4")));

        assertThat(post("heartbeat", Content.PROTOBUF, button.heartbeat(1, 1, Duration.ofMinutes(1)))
                        .code())
                .isEqualTo(403);
    }

    @Test
    void what_a_person_accepts_in_another_process_is_pushed_to_the_device() throws Exception {
        startSecure();
        alarm(1);

        try (SqliteLedger beside = switch (SqliteLedger.openExisting(folder.resolve("police.db"), new SystemClock())) {
            case SqliteLedger.Opening.Opened(SqliteLedger ledger) -> ledger;
            case SqliteLedger.Opening.Unusable(String why) -> throw new AssertionError(why);
        }) {
            CompletableFuture<Object> done = new CompletableFuture<>();
            beside.submit(new Submission.Accept(button.alarmId(1), "Li Na"), done::complete);
            assertThat(done.join()).isInstanceOf(Committed.class);
        }

        Bytes receipt = pushed.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(receipt).isNotNull();
        assertThat(answer(receipt))
                .isInstanceOfSatisfying(
                        Answer.Receipt.class, r -> assertThat(r.stage()).isEqualTo(ReceiptStage.ACCEPTED));
        await().atMost(PATIENCE)
                .until(() -> running().ledger().unacknowledged(button.id(), 1).isEmpty());
    }

    @Test
    void a_restarted_centre_gives_the_same_receipt() throws IOException {
        TestCentre files = TestCentre.plainIn(folder, button);
        start(files);
        connect(Optional.empty());
        Outcome.Answered first = alarm(1);
        running().close();

        start(files);

        assertThat(alarm(1).payload()).isEqualTo(first.payload());
        assertThat(LedgerCheck.run(running().ledger(), key -> Optional.empty()))
                .isInstanceOf(LedgerCheck.Result.Sound.class);
    }

    @Test
    void a_device_added_to_the_registry_is_known_without_a_restart() throws IOException {
        TestCentre files = TestCentre.plainIn(folder);
        start(files);
        connect(Optional.empty());
        assertThat(alarm(1).code()).isEqualTo(401);

        files.register(button);
        await().atMost(PATIENCE)
                .until(() -> running().registry().byId(button.id()).isPresent());

        assertThat(alarm(1).code()).isEqualTo(204);
        assertThat(running().ledger().entries(1, 10)).extracting(e -> e.type()).containsExactly(EntryType.ALARM);
    }

    @Test
    void an_audit_that_cannot_be_written_is_told_by_its_name() throws IOException {
        TestCentre files = TestCentre.in(folder, button);
        Files.createDirectory(folder.resolve("police.db.audit.log"));

        assertThat(CentreServer.start(CentreConfig.load(files.config()).orThrow()))
                .isInstanceOfSatisfying(
                        CentreServer.Starting.Failed.class,
                        failed -> assertThat(failed.problems())
                                .singleElement()
                                .asString()
                                .contains("police.db.audit.log: the audit cannot be written"));
        assertThat(Files.exists(folder.resolve("police.db-wal"))).isFalse();
    }

    @Test
    void a_certificate_that_is_not_for_a_server_is_told_and_closes_the_ledger() throws IOException {
        TestCentre files = TestCentre.withDevicesCertificateIn(folder, button);

        assertThat(CentreServer.start(CentreConfig.load(files.config()).orThrow()))
                .isInstanceOfSatisfying(
                        CentreServer.Starting.Failed.class,
                        failed -> assertThat(failed.problems())
                                .singleElement()
                                .asString()
                                .contains("is not for a centre"));
        assertThat(Files.exists(folder.resolve("police.db-wal"))).isFalse();
    }

    @Test
    void a_taken_port_is_told_and_closes_the_ledger() throws IOException {
        CentreServer first = start(TestCentre.plainIn(folder, button));
        Path other = Files.createDirectory(folder.resolve("other"));
        TestCentre second = TestCentre.plainIn(other, button);
        Path config = second.config();
        Files.writeString(
                config,
                Files.readString(config)
                        .replace(
                                "127.0.0.1:0",
                                "127.0.0.1:" + first.localAddress().getPort()));

        assertThat(CentreServer.start(CentreConfig.load(config).orThrow()))
                .isInstanceOfSatisfying(
                        CentreServer.Starting.Unavailable.class,
                        unavailable ->
                                assertThat(unavailable.problem().toString()).startsWith("listen 127.0.0.1:"));
        assertThat(Files.exists(other.resolve("police.db-wal"))).isFalse();
        assertThat(other.resolve("police.db.audit.log"))
                .as("it may be the audit of the centre that has the port")
                .isEmptyFile();
    }
}
