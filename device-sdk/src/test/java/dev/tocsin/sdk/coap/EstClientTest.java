package dev.tocsin.sdk.coap;

import static dev.tocsin.sdk.coap.Loopback.secure;
import static dev.tocsin.sdk.coap.Loopback.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.port.EnrolmentService.Outcome;
import dev.tocsin.sdk.port.Transport.Content;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.elements.config.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** EST over secure CoAP, and who is let in where. */
@Timeout(30)
class EstClientTest {

    private static final Bytes LONG = Bytes.wrap(new byte[3_000]);

    private final String key = Keys.generatePem(SignatureAlgorithm.ES256);
    private final AtomicReference<CoapService.Request> seen = new AtomicReference<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private Loopback on;
    private CoapService authority;
    private Optional<EstClient> client = Optional.empty();

    @BeforeEach
    void open() throws Exception {
        on = new Loopback();
        authority = new CoapService(CoapNode.authority(
                on.network,
                Loopback.anyPort(),
                Loopback.CENTRE,
                on.pool,
                new Loopback.SystemTime(),
                new Loopback.SeededEntropy(3)));
        authority.handleGet(
                ".well-known/est/crts", "", (request, reply) -> reply.respond(205, Content.CERTIFICATE, LONG));
        authority.handle(".well-known/est/sen", "", (request, reply) -> {
            seen.set(request);
            reply.respond(204, Content.CERTIFICATE, request.payload());
        });
        authority.handle(
                ".well-known/est/sren", "", (request, reply) -> reply.later(Duration.ofSeconds(17), text("later")));
        authority.onHandshakeRefused((peer, why) -> refused.add(why));
        authority.start();
    }

    @AfterEach
    void close() throws Exception {
        client.ifPresent(EstClient::close);
        authority.close();
        on.close();
    }

    private DtlsIdentity bareKey(Optional<String> trusted) throws Exception {
        return DtlsIdentity.ofKey(key, Keys.publicKey(key), trusted);
    }

    private EstClient client(DtlsIdentity identity, Configuration config) throws Exception {
        CoapNode node = new CoapNode(
                new CoapSettings(
                        on.network,
                        new InetSocketAddress(0),
                        Optional.of(identity),
                        on.loop,
                        new Loopback.SystemTime(),
                        new Loopback.SeededEntropy(4),
                        CoapSettings.Handshake.DEFAULT),
                CoapNode.Role.DEVICE,
                config);
        node.start();
        EstClient est = new EstClient(node, secure(authority.localAddress()));
        client = Optional.of(est);
        return est;
    }

    private EstClient client(DtlsIdentity identity) throws Exception {
        return client(identity, Tuning.device(CoapSettings.Handshake.DEFAULT));
    }

    private Outcome ask(Consumer<Consumer<Outcome>> question) throws Exception {
        CompletableFuture<Outcome> ended = new CompletableFuture<>();
        on.loop.execute(() -> question.accept(ended::complete));
        return ended.get();
    }

    @Test
    void a_bare_key_is_let_in_and_has_no_name() throws Exception {
        EstClient est = client(bareKey(Optional.of(Loopback.AUTHORITY.pem())));

        assertThat(ask(ended -> est.enrol(text("request"), ended))).isEqualTo(new Outcome.Certificate(text("request")));
        assertThat(seen.get().peer().name()).isEmpty();
        assertThat(Keys.canonical(seen.get().peer().publicKey().orElseThrow())).isEqualTo(Keys.publicKey(key));
        assertThat(seen.get().content()).hasValue(286);
        assertThat(seen.get().accept()).hasValue(287);
    }

    @Test
    void a_certificate_of_the_authority_makes_a_name() throws Exception {
        EstClient est = client(Loopback.DEVICE);

        ask(ended -> est.enrol(text("request"), ended));
        assertThat(seen.get().peer().name()).isEqualTo("button-7");
    }

    @Test
    void a_certificate_that_a_stranger_made_is_a_key_without_a_name() throws Exception {
        TestAuthority stranger = TestAuthority.create("A stranger");
        TestAuthority.Issued issued = stranger.device("button-7");
        EstClient est = client(DtlsIdentity.of(issued.certificatePem(), issued.keyPem(), Loopback.AUTHORITY.pem()));

        ask(ended -> est.enrol(text("request"), ended));
        assertThat(seen.get().peer().name()).isEmpty();
    }

    @Test
    void an_authority_that_is_not_trusted_gets_no_request() throws Exception {
        TestAuthority other = TestAuthority.create("Another authority");
        EstClient est = client(bareKey(Optional.of(other.pem())));

        assertThat(ask(ended -> est.enrol(text("request"), ended)))
                .isInstanceOfSatisfying(
                        Outcome.NoAnswer.class, no -> assertThat(no.why()).contains("not trusted"));
        assertThat(seen.get()).isNull();
        await().untilAsserted(() -> assertThat(refused).isNotEmpty());
    }

    @Test
    void whoever_believes_nobody_yet_may_still_ask_who_the_authority_is() throws Exception {
        EstClient est = client(bareKey(Optional.empty()));

        assertThat(ask(est::authority)).isEqualTo(new Outcome.Certificate(LONG));
    }

    @Test
    void both_ways_go_block_by_block_where_blocks_are_small() throws Exception {
        Configuration small = new Configuration(Tuning.device(CoapSettings.Handshake.DEFAULT));
        small.set(CoapConfig.PREFERRED_BLOCK_SIZE, 64);
        small.set(CoapConfig.MAX_MESSAGE_SIZE, 64);
        EstClient est = client(bareKey(Optional.of(Loopback.AUTHORITY.pem())), small);
        Bytes request = Bytes.wrap(new byte[700]);

        assertThat(ask(ended -> est.enrol(request, ended))).isEqualTo(new Outcome.Certificate(request));
        assertThat(ask(est::authority)).isEqualTo(new Outcome.Certificate(LONG));
    }

    @Test
    void a_decision_that_is_pending_says_when_to_ask_again() throws Exception {
        EstClient est = client(Loopback.DEVICE);

        assertThat(ask(ended -> est.renew(text("request"), ended)))
                .isEqualTo(new Outcome.NotYet(Duration.ofSeconds(17)));
    }

    @Test
    void a_request_longer_than_any_is_refused_before_anybody_reads_it() throws Exception {
        EstClient est = client(bareKey(Optional.of(Loopback.AUTHORITY.pem())));

        assertThat(ask(ended -> est.enrol(Bytes.wrap(new byte[20_000]), ended)))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class, no -> assertThat(no.code()).isEqualTo(413));
        assertThat(seen.get()).isNull();
    }

    @Test
    void a_bare_key_does_not_get_into_a_centre() throws Exception {
        CoapService centre = on.centre();
        centre.onHandshakeRefused((peer, why) -> refused.add(why));
        CoapTransport stranger = on.device(bareKey(Optional.of(Loopback.AUTHORITY.pem())));

        assertThat(on.post(stranger, secure(centre.localAddress())).get())
                .isInstanceOf(dev.tocsin.sdk.port.Transport.Outcome.Unreachable.class);
        await().untilAsserted(() -> assertThat(refused).isNotEmpty());
    }

    @Test
    void a_device_shows_its_new_certificate_without_a_restart() throws Exception {
        CoapService centre = on.centre();
        AtomicReference<String> name = new AtomicReference<>("");
        centre.handle("alarm", (request, reply) -> {
            name.set(request.peer().name());
            reply.respond(204, Content.TEXT, Bytes.EMPTY);
        });
        CoapTransport device = on.device();
        on.post(device, secure(centre.localAddress())).get();
        assertThat(name).hasValue("button-7");

        on.loop.execute(() -> device.show(Loopback.AUTHORITY.identity(Loopback.AUTHORITY.device("renewed"))));
        on.post(device, secure(centre.localAddress())).get();
        assertThat(name).hasValue("renewed");
    }
}
