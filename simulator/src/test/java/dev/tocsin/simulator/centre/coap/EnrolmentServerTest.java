package dev.tocsin.simulator.centre.coap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tocsin.sdk.coap.CoapNode;
import dev.tocsin.sdk.coap.CoapTransport;
import dev.tocsin.sdk.coap.DtlsIdentity;
import dev.tocsin.sdk.coap.EstClient;
import dev.tocsin.sdk.coap.NioNetwork;
import dev.tocsin.sdk.codec.Messages;
import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.crypto.CertificateFacts;
import dev.tocsin.sdk.crypto.CertificateRequest;
import dev.tocsin.sdk.crypto.KeyFolder;
import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.crypto.PlatformEntropy;
import dev.tocsin.sdk.enrol.Enrolment;
import dev.tocsin.sdk.model.Answer;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.ClockQuality;
import dev.tocsin.sdk.model.EnrolmentClaim;
import dev.tocsin.sdk.model.KeyUse;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.port.EnrolmentService;
import dev.tocsin.sdk.port.KeyStore;
import dev.tocsin.sdk.port.Transport.Content;
import dev.tocsin.sdk.port.Transport.Outcome;
import dev.tocsin.sdk.port.Transport.Post;
import dev.tocsin.sdk.port.Transport.Retransmission;
import dev.tocsin.sdk.system.EventLoop;
import dev.tocsin.sdk.system.SystemClock;
import dev.tocsin.simulator.centre.TestDevice;
import dev.tocsin.simulator.centre.authority.Claim;
import dev.tocsin.simulator.centre.authority.Issued;
import dev.tocsin.simulator.centre.config.CentreConfig;
import dev.tocsin.simulator.centre.sqlite.SqliteAuthority;
import dev.tocsin.simulator.centre.x509.AuthorityFolder;
import dev.tocsin.simulator.centre.x509.CertificateAuthority;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A centre with an authority on real DTLS sockets, and devices that enrol there. */
@Timeout(60)
final class EnrolmentServerTest {

    private static final String DEVICE = "school-007/button-3";

    @TempDir
    Path folder;

    private final EventLoop loop = new EventLoop("test-device");
    private final List<String> progress = new CopyOnWriteArrayList<>();
    private NioNetwork network;
    private CertificateAuthority authority;
    private CentreServer server;
    private KeyFolder keys;

    @BeforeEach
    void start() throws Exception {
        network = new NioNetwork();
        AuthorityFolder ca = new AuthorityFolder(folder.resolve("ca"));
        Instant now = Instant.now();
        authority = ca.create("Test authority", now, new PlatformEntropy());
        CertificateAuthority.WithKey dtls =
                authority.forCentre("police", List.of("127.0.0.1"), now.minusSeconds(60), now.plus(Duration.ofDays(1)));
        Files.writeString(folder.resolve("dtls.pem"), dtls.certificate());
        Files.writeString(folder.resolve("dtls.key"), dtls.key());
        Files.writeString(folder.resolve("receipts.key"), Keys.generatePem(SignatureAlgorithm.ED25519));
        Files.writeString(folder.resolve("registry.yaml"), "devices: {}\n");
        Files.writeString(folder.resolve("centre.yaml"), """
                id: police
                listen: coaps://127.0.0.1:0
                dtls: {certificate: dtls.pem, key: dtls.key, trust: ca/ca.pem}
                signing-key: receipts.key
                registry: registry.yaml
                ledger: police.db
                authority: {folder: ca, listen: "coaps://127.0.0.1:0"}
                """);
        server = switch (CentreServer.start(
                CentreConfig.load(folder.resolve("centre.yaml")).orThrow())) {
            case CentreServer.Starting.Started(CentreServer s) -> s;
            case CentreServer.Starting.Failed(var problems) -> throw new AssertionError(problems.toString());
            case CentreServer.Starting.Unavailable(var problem) -> throw new AssertionError(problem.toString());
        };
        keys = keys("keys");
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        loop.shutdown();
        network.close();
    }

    private KeyFolder keys(String name) {
        Path at = folder.resolve(name);
        return new KeyFolder(
                new KeyFolder.Places(
                        at.resolve("dtls-key.pem"),
                        at.resolve("dtls.pem"),
                        at.resolve("alarm-key.pem"),
                        at.resolve("alarm.pem"),
                        at.resolve("ca.pem"),
                        at.resolve("time-floor")),
                new PlatformEntropy());
    }

    private SqliteAuthority books() throws IOException {
        return SqliteAuthority.open(folder.resolve("ca/authority.db"));
    }

    private EnrolmentClaim claim(Claim.Decision decision) throws IOException {
        EnrolmentClaim claim = new EnrolmentClaim(
                DEVICE,
                Bytes.wrap("sixteen bytes it".getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                authority.authority().fingerprint());
        try (SqliteAuthority books = books()) {
            books.change(pages -> {
                pages.write(Claim.fresh(DEVICE, claim.secret(), Instant.now().plusSeconds(600), decision));
                return 0;
            });
        }
        return claim;
    }

    private String enrolmentAddress() {
        return "coaps://127.0.0.1:" + server.enrolmentAddress().orElseThrow().getPort();
    }

    private EstClient client(DtlsIdentity identity, Clock clock) throws IOException {
        return new EstClient(
                CoapNode.device(
                        network, new InetSocketAddress(0), Optional.of(identity), loop, clock, new PlatformEntropy()),
                enrolmentAddress());
    }

    private Enrolment.Result enrol(EnrolmentClaim claim, KeyFolder into, Clock clock) {
        CompletableFuture<Enrolment.Result> result = new CompletableFuture<>();
        Enrolment enrolment = new Enrolment(
                claim,
                SignatureAlgorithm.ED25519,
                into,
                trusted -> {
                    KeyFolder.ChannelKey key = into.channelKey().orElseThrow();
                    try {
                        return client(
                                DtlsIdentity.ofKey(key.pem(), key.publicKey(), trusted.map(CertificateFacts::pem)),
                                clock);
                    } catch (GeneralSecurityException e) {
                        throw new IOException(e);
                    }
                },
                loop,
                new Enrolment.Listener() {
                    @Override
                    public void progress(String sentence) {
                        progress.add(sentence);
                    }

                    @Override
                    public void ended(Enrolment.Result how) {
                        result.complete(how);
                    }
                });
        loop.execute(enrolment::start);
        return result.orTimeout(50, TimeUnit.SECONDS).join();
    }

    private Enrolment.Result enrol(EnrolmentClaim claim) {
        return enrol(claim, keys, new SystemClock());
    }

    private String audit() throws IOException {
        return Files.readString(folder.resolve("police.db.audit.log"));
    }

    private CoapTransport transport(DtlsIdentity identity) throws IOException {
        return new CoapTransport(CoapNode.device(
                network,
                new InetSocketAddress(0),
                Optional.of(identity),
                loop,
                new SystemClock(),
                new PlatformEntropy()));
    }

    private Outcome post(CoapTransport transport, String path, Content content, Bytes payload) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        String to = "coaps://127.0.0.1:" + server.localAddress().getPort();
        loop.execute(
                () -> transport.post(new Post(to, path, content, payload, Retransmission.RFC_7252), outcome::complete));
        return outcome.orTimeout(50, TimeUnit.SECONDS).join();
    }

    private TestDevice button() throws IOException {
        return TestDevice.with(DEVICE, Files.readString(folder.resolve("keys/alarm-key.pem")));
    }

    private DtlsIdentity identity() throws Exception {
        return DtlsIdentity.load(
                folder.resolve("keys/dtls.pem"), folder.resolve("keys/dtls-key.pem"), folder.resolve("keys/ca.pem"));
    }

    @Test
    void a_device_enrols_its_alarm_is_taken_and_once_it_is_revoked_refused_in_the_same_session() throws Exception {
        assertThat(enrol(claim(Claim.Decision.APPROVED))).isInstanceOf(Enrolment.Result.Enrolled.class);
        await().until(() -> server.registry().byId(DEVICE).isPresent());
        TestDevice button = button();
        try (CoapTransport transport = transport(identity())) {
            assertThat(post(transport, "alarm", Content.COSE_SIGN1, button.sign(button.panic(1))))
                    .isInstanceOfSatisfying(
                            Outcome.Answered.class, a -> assertThat(a.code()).isEqualTo(204));

            revoke();
            await().until(() -> server.registry().byId(DEVICE).orElseThrow().revoked());

            assertThat(post(transport, "alarm", Content.COSE_SIGN1, button.sign(button.panic(2))))
                    .isInstanceOfSatisfying(Outcome.Answered.class, a -> {
                        assertThat(a.code()).isEqualTo(403);
                        assertThat(Messages.readAnswer(
                                                SignedEnvelope.read(a.payload()).orThrow())
                                        .orThrow())
                                .isInstanceOf(Answer.Refusal.class);
                    });
            assertThat(post(transport, "heartbeat", Content.PROTOBUF, button.heartbeat(1, 1, Duration.ofMinutes(1))))
                    .isInstanceOfSatisfying(
                            Outcome.Answered.class, a -> assertThat(a.code()).isEqualTo(403));
        }
        assertThat(audit()).contains("certified " + DEVICE + " ALARM").contains("refused REVOKED from " + DEVICE);
    }

    private void revoke() throws IOException {
        try (SqliteAuthority books = books()) {
            books.change(pages -> {
                for (Issued issued : pages.issued(DEVICE)) {
                    pages.revoke(issued.certificate().publicKey(), Instant.now());
                }
                return 0;
            });
        }
    }

    @Test
    void a_device_whose_clock_stands_at_1970_enrols() throws Exception {
        Clock lost = new Clock() {
            @Override
            public long nanoTime() {
                return System.nanoTime();
            }

            @Override
            public Instant wallTime() {
                return Instant.EPOCH;
            }

            @Override
            public ClockQuality quality() {
                return ClockQuality.UNKNOWN;
            }
        };
        assertThat(enrol(claim(Claim.Decision.APPROVED), keys, lost)).isInstanceOf(Enrolment.Result.Enrolled.class);
    }

    @Test
    void an_authority_that_is_not_the_one_on_the_label_learns_nothing() throws Exception {
        EnrolmentClaim claim = claim(Claim.Decision.APPROVED);
        EnrolmentClaim elsewhere = new EnrolmentClaim(
                DEVICE, claim.secret(), Bytes.wrap(new byte[1]).sha256());

        assertThat(enrol(elsewhere))
                .isInstanceOfSatisfying(
                        Enrolment.Result.Failed.class, f -> assertThat(f.why()).contains("not the one on the label"));
        assertThat(keys.authority()).isEmpty();
        assertThat(audit()).doesNotContain("refused");
    }

    @Test
    void a_wrong_claim_and_a_used_one_are_refused_and_told_in_the_audit() throws Exception {
        EnrolmentClaim claim = claim(Claim.Decision.APPROVED);
        EnrolmentClaim guessed = new EnrolmentClaim(DEVICE, Bytes.wrap(new byte[16]), claim.authority());

        assertThat(enrol(guessed))
                .isInstanceOfSatisfying(
                        Enrolment.Result.Failed.class, f -> assertThat(f.why()).contains("4.03"));
        assertThat(enrol(claim)).isInstanceOf(Enrolment.Result.Enrolled.class);
        assertThat(enrol(claim, keys("thief"), new SystemClock()))
                .isInstanceOfSatisfying(
                        Enrolment.Result.Failed.class, f -> assertThat(f.why()).contains("used before"));
        assertThat(enrol(claim)).as("again").isInstanceOf(Enrolment.Result.Enrolled.class);
        assertThat(audit())
                .contains("refused WRONG_CLAIM from 127.0.0.1")
                .contains("refused CLAIM_USED from 127.0.0.1");
    }

    @Test
    void a_renewal_with_a_certificate_that_has_lapsed_is_granted() throws Exception {
        KeyStore.Held channel = keys.make(KeyUse.CHANNEL, SignatureAlgorithm.ES256);
        Instant now = Instant.now();
        CertificateFacts lapsed = authority.issue(
                DEVICE,
                KeyUse.CHANNEL,
                channel.publicKey(),
                now.minus(Duration.ofDays(400)),
                now.minus(Duration.ofDays(90)));
        keys.keep(KeyUse.CHANNEL, lapsed.der());
        keys.keepAuthority(authority.authority().der());
        try (SqliteAuthority books = books()) {
            books.change(pages -> {
                pages.add(new Issued(KeyUse.CHANNEL, lapsed, lapsed.from(), Optional.empty()));
                return 0;
            });
        }
        Bytes request = CertificateRequest.make(channel.signer(), channel.publicKey(), DEVICE, Optional.empty());

        assertThat(renew(identity(), request))
                .isInstanceOfSatisfying(
                        EnrolmentService.Outcome.Certificate.class,
                        c -> assertThat(until(c.der())).isAfter(now.plus(Duration.ofDays(300))));
    }

    private static Instant until(Bytes der) {
        try {
            return CertificateFacts.read(der).until();
        } catch (InvalidKeyException e) {
            throw new AssertionError(e);
        }
    }

    private EnrolmentService.Outcome renew(DtlsIdentity identity, Bytes request) throws IOException {
        CompletableFuture<EnrolmentService.Outcome> outcome = new CompletableFuture<>();
        try (EstClient client = client(identity, new SystemClock())) {
            loop.execute(() -> client.renew(request, outcome::complete));
            return outcome.orTimeout(50, TimeUnit.SECONDS).join();
        }
    }

    @Test
    void garbage_is_refused_and_the_authority_goes_on() throws Exception {
        KeyStore.Held channel = keys.make(KeyUse.CHANNEL, SignatureAlgorithm.ES256);
        DtlsIdentity stranger = DtlsIdentity.ofKey(
                Files.readString(folder.resolve("keys/dtls-key.pem")),
                channel.publicKey(),
                Optional.of(authority.authority().pem()));

        assertThat(renew(stranger, Bytes.ofHex("3082ffff00")))
                .isInstanceOfSatisfying(
                        EnrolmentService.Outcome.Refused.class,
                        r -> assertThat(r.code()).isEqualTo(400));
        assertThat(renew(
                        stranger,
                        CertificateRequest.make(channel.signer(), channel.publicKey(), DEVICE, Optional.empty())))
                .isInstanceOfSatisfying(
                        EnrolmentService.Outcome.Refused.class,
                        r -> assertThat(r.code()).isEqualTo(401));
        assertThat(audit()).contains("refused MALFORMED").contains("refused NOT_CERTIFIED");
        assertThat(enrol(claim(Claim.Decision.APPROVED))).isInstanceOf(Enrolment.Result.Enrolled.class);
    }

    @Test
    void a_stranger_at_the_alarms_door_leaves_a_line_in_the_audit() throws Exception {
        KeyStore.Held channel = keys.make(KeyUse.CHANNEL, SignatureAlgorithm.ES256);
        DtlsIdentity stranger = DtlsIdentity.ofKey(
                Files.readString(folder.resolve("keys/dtls-key.pem")),
                channel.publicKey(),
                Optional.of(authority.authority().pem()));
        try (CoapTransport transport = transport(stranger)) {
            assertThat(post(transport, "alarm", Content.COSE_SIGN1, Bytes.EMPTY))
                    .isInstanceOf(Outcome.Unreachable.class);
        }
        await().untilAsserted(() -> assertThat(audit()).contains("refused HANDSHAKE from 127.0.0.1"));
    }
}
