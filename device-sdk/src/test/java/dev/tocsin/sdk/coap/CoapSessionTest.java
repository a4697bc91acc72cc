package dev.tocsin.sdk.coap;

import static dev.tocsin.sdk.coap.CoapExchangeTest.why;
import static dev.tocsin.sdk.coap.Loopback.FAST;
import static dev.tocsin.sdk.coap.Loopback.QUICK;
import static dev.tocsin.sdk.coap.Loopback.TIMING;
import static dev.tocsin.sdk.coap.Loopback.secure;
import static dev.tocsin.sdk.coap.Loopback.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tocsin.sdk.coap.CoapSettings.Handshake;
import dev.tocsin.sdk.port.DatagramNetwork;
import dev.tocsin.sdk.port.Transport.Content;
import dev.tocsin.sdk.port.Transport.Outcome;
import dev.tocsin.sdk.port.Transport.Retransmission;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DTLS sessions: begun, kept, lost, found again, refused. */
@Timeout(30)
class CoapSessionTest {

    /** In a datagram, behind the record's header and the message's type and length (RFC 6347, section 4.2.2). */
    private static final int MESSAGE_SEQ_AT = 13 + 4;

    private Loopback on;

    @BeforeEach
    void open() throws IOException {
        on = new Loopback();
    }

    @AfterEach
    void close() throws IOException {
        on.close();
    }

    @Test
    void a_session_survives_a_change_of_address() throws Exception {
        CoapService centre = on.centre();
        CopyOnWriteArrayList<InetSocketAddress> seen = new CopyOnWriteArrayList<>();
        centre.handle("alarm", (request, reply) -> {
            seen.add(request.peer().address());
            reply.respond(204, Content.TEXT, text(""));
        });
        try (NatBox nat = new NatBox(on.network, centre.localAddress())) {
            CoapTransport device = on.device();
            assertAnsweredAtOnce(on.post(device, secure(nat.address())).get());
            int handshake = nat.upwards();
            nat.rebind();
            assertAnsweredAtOnce(on.post(device, secure(nat.address())).get());
            assertThat(seen.get(1).getPort()).isNotEqualTo(seen.get(0).getPort());
            assertThat(nat.upwards() - handshake).as("no handshake").isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void a_centre_that_lost_its_sessions_is_reached_within_one_exchange(int probeAt) throws Exception {
        CoapService centre = on.centre();
        InetSocketAddress at = centre.localAddress();
        CoapTransport device = on.device();
        on.post(device, secure(at)).get();
        centre.close();
        on.centre(Loopback.CENTRE, at);

        Retransmission timing = new Retransmission(Duration.ofMillis(300), 1.5, 1.25, 4, OptionalInt.of(probeAt));
        Outcome outcome =
                on.post(device, secure(at), "alarm", text("help"), timing).get();

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Answered.class, answered -> {
            assertThat(answered.transmissions()).isEqualTo(1 + probeAt);
            assertThat(answered.roundTrip()).isLessThan(Duration.ofSeconds(5));
        });
        assertAnsweredAtOnce(on.post(device, secure(at)).get());
    }

    @Test
    void a_centre_that_answers_something_else_meanwhile_is_not_probed() throws Exception {
        CoapService centre = on.centre();
        centre.handle("slow", (request, reply) -> {});
        try (NatBox nat = new NatBox(on.network, centre.localAddress())) {
            CoapTransport device = on.device();
            on.post(device, secure(nat.address())).get();
            int before = nat.upwards();
            Retransmission twice = new Retransmission(Duration.ofMillis(600), 1, 1, 1, OptionalInt.of(1));
            CompletableFuture<Outcome> slow = on.post(device, secure(nat.address()), "slow", text("a"), twice);
            assertAnsweredAtOnce(on.post(device, secure(nat.address())).get());

            assertThat(slow.get()).isEqualTo(new Outcome.NoAnswer(2));
            assertThat(nat.upwards() - before)
                    .as("datagrams, none of a handshake")
                    .isEqualTo(3);
        }
    }

    @Test
    void after_an_exchange_without_an_answer_the_next_one_probes_at_once() throws Exception {
        CoapService centre = on.centre();
        InetSocketAddress at = centre.localAddress();
        CoapTransport device = on.device();
        on.post(device, secure(at)).get();
        centre.close();
        Retransmission short2 = new Retransmission(Duration.ofMillis(50), 1, 1, 1, OptionalInt.empty());
        assertThat(on.post(device, secure(at), "alarm", text("lost"), short2).get())
                .isEqualTo(new Outcome.NoAnswer(2));
        on.centre(Loopback.CENTRE, at);
        Retransmission slow = new Retransmission(Duration.ofSeconds(30), 1, 1, 4, OptionalInt.empty());
        assertAnsweredAtOnce(
                on.post(device, secure(at), "alarm", text("help"), slow).get());
    }

    @Test
    void requests_under_way_move_to_the_session_that_one_of_them_has_begun() throws Exception {
        CoapService centre = on.centre();
        InetSocketAddress at = centre.localAddress();
        try (NatBox nat = new NatBox(on.network, at)) {
            CoapTransport device = on.device();
            on.post(device, secure(nat.address())).get();
            centre.close();
            on.centre(Loopback.CENTRE, at);
            int before = nat.clientHellos();
            List<CompletableFuture<Outcome>> all = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                OptionalInt probeAt = i % 2 == 0 ? OptionalInt.of(1 + i % 3) : OptionalInt.empty();
                Retransmission timing = new Retransmission(Duration.ofMillis(200), 1.5, 1.25, 4, probeAt);
                all.add(on.post(device, secure(nat.address()), "alarm", text("alarm " + i), timing));
            }
            for (CompletableFuture<Outcome> one : all) {
                assertThat(one.get()).isInstanceOf(Outcome.Answered.class);
            }
            assertThat(nat.clientHellos() - before).as("one handshake for all").isEqualTo(2);
        }
    }

    @Test
    void a_late_answer_counts_and_does_not_deafen_the_session_that_was_probed_for() throws Exception {
        CoapService centre = on.centre();
        centre.handle("slow", (request, reply) -> on.later(500, () -> reply.respond(204, Content.TEXT, text("late"))));
        try (NatBox nat = new NatBox(on.network, centre.localAddress())) {
            CoapTransport device = on.device();
            for (int i = 0; i < 100; i++) { // the anti-replay window is 64 records wide
                assertAnsweredAtOnce(on.post(device, secure(nat.address())).get());
            }
            Retransmission timing = new Retransmission(Duration.ofMillis(200), 1, 1.25, 4, OptionalInt.of(1));
            int before = nat.upwards();
            CompletableFuture<Outcome> late = on.post(device, secure(nat.address()), "slow", text("x"), timing);
            await().until(() -> nat.upwards() > before);
            nat.cutUp(true); // so that the probe is still under way when the answer comes
            assertAnsweredAtOnce(late.get());
            nat.cutUp(false);
            for (int i = 0; i < 5; i++) {
                assertAnsweredAtOnce(on.post(device, secure(nat.address())).get());
            }
            assertThat(nat.clientHellos()).as("the probe came through").isGreaterThan(2);
        }
    }

    @Test
    void an_upload_that_a_restart_of_the_centre_breaks_is_answered_and_can_be_begun_again() throws Exception {
        CoapService centre = on.centre();
        InetSocketAddress at = centre.localAddress();
        try (NatBox nat = new NatBox(on.network, at)) {
            CoapTransport device = on.device();
            nat.cutAfter(20);
            Retransmission timing = new Retransmission(Duration.ofMillis(100), 1, 1, 20, OptionalInt.of(1));
            CompletableFuture<Outcome> ended =
                    on.post(device, secure(nat.address()), "alarm", text("x".repeat(31_000)), timing);
            await().until(nat::isCut);
            centre.close();
            on.centre(Loopback.CENTRE, at);
            nat.cut(false);
            assertThat(code(ended.get())).as("Request Entity Incomplete").isEqualTo(408);
            assertThat(code(on.post(device, secure(nat.address()), "alarm", text("x".repeat(5000)), timing)
                            .get()))
                    .isEqualTo(204);
        }
    }

    @Test
    void a_centre_that_is_not_there_is_unreachable_in_bounded_time_and_reached_when_it_is() throws Exception {
        InetSocketAddress at;
        try (DatagramNetwork.Socket taken = on.network.open(Loopback.anyPort(), (from, data, length) -> {})) {
            at = taken.localAddress();
        }
        CoapTransport device = on.impatientDevice();
        long beganNs = System.nanoTime();
        assertThat(why(on.post(device, secure(at)))).isEqualTo("no answer to the DTLS handshake");
        assertThat(Duration.ofNanos(System.nanoTime() - beganNs))
                .isLessThan(QUICK.span().plusSeconds(5));
        on.centre(Loopback.CENTRE, at);
        assertAnsweredAtOnce(on.post(device, secure(at)).get());
    }

    /** Scandium's server does so while it has room for no more sessions; its client sent each hello at once, for ever. */
    @Test
    void a_centre_that_only_ever_asks_for_cookies_is_asked_less_and_less_often_and_given_up() throws Exception {
        List<Integer> hellos = new CopyOnWriteArrayList<>();
        AtomicReference<DatagramNetwork.Socket> socket = new AtomicReference<>();
        try (DatagramNetwork.Socket cookies = on.network.open(Loopback.anyPort(), (from, data, length) -> {
            hellos.add((int) ByteBuffer.wrap(data).getShort(MESSAGE_SEQ_AT));
            byte[] answer = helloVerifyRequest(data, hellos.size());
            socket.get().send(from, answer, 0, answer.length);
        })) {
            socket.set(cookies);
            assertThat(why(on.post(on.impatientDevice(), secure(cookies.localAddress()))))
                    .isEqualTo("no answer to the DTLS handshake");
        }
        // A first hello, and one for each of the two cookies that are believed; that one is sent again, and nothing
        // comes of it.
        assertThat(hellos).contains(0, 1, 2).allMatch(sequence -> sequence <= 2);
        assertThat(hellos.stream().filter(sequence -> sequence == 2))
                .hasSizeLessThanOrEqualTo(1 + QUICK.retransmissions());
    }

    /** To a hello in one record: RFC 6347, sections 4.1 and 4.2.2. */
    private static byte[] helloVerifyRequest(byte[] hello, int number) {
        byte[] body = {(byte) 0xfe, (byte) 0xfd, 4, 1, 2, 3, (byte) number};
        return ByteBuffer.allocate(13 + 12 + body.length)
                .put((byte) 22) // a handshake
                .putShort((short) 0xfefd)
                .putShort((short) 0) // epoch
                .putShort((short) 0)
                .putInt(number) // of the record
                .putShort((short) (12 + body.length))
                .put((byte) 3) // HelloVerifyRequest
                .put((byte) 0)
                .putShort((short) body.length)
                .putShort(ByteBuffer.wrap(hello).getShort(MESSAGE_SEQ_AT))
                .put(new byte[3]) // where the fragment begins
                .put((byte) 0)
                .putShort((short) body.length)
                .put(body)
                .array();
    }

    @Test
    void requests_wait_for_a_handshake_under_way_and_leave_with_it() throws Exception {
        CoapService centre = on.centre();
        try (NatBox nat = new NatBox(on.network, centre.localAddress())) {
            CoapTransport device = on.device(Optional.of(Loopback.DEVICE), new Loopback.SystemTime(), patient());
            nat.cut(true);
            List<CompletableFuture<Outcome>> all = new ArrayList<>();
            for (int i = 0; i < 100; i++) { // Scandium's own bound is 10, and silent
                all.add(on.post(device, secure(nat.address())));
            }
            on.loop.submit(() -> {}).get();
            nat.cut(false);
            for (CompletableFuture<Outcome> one : all) {
                assertAnsweredAtOnce(one.get());
            }
        }
    }

    @Test
    void a_probe_that_nobody_answers_leaves_the_session_as_it_was() throws Exception {
        CoapService centre = on.centre();
        try (NatBox nat = new NatBox(on.network, centre.localAddress())) {
            CoapTransport device = on.impatientDevice();
            assertAnsweredAtOnce(on.post(device, secure(nat.address())).get());
            nat.cut(true);
            assertThat(on.post(device, secure(nat.address()), "alarm", text("x"), FAST)
                            .get())
                    .isEqualTo(new Outcome.NoAnswer(1));
            nat.cut(false);
            assertAnsweredAtOnce(on.post(device, secure(nat.address())).get());
        }
    }

    @Test
    void a_centre_pushes_within_the_session_of_a_device() throws Exception {
        CoapService centre = on.centre();
        CompletableFuture<Peer> peer = new CompletableFuture<>();
        centre.handle("heartbeat", (request, reply) -> {
            peer.complete(request.peer());
            reply.respond(204, Content.PROTOBUF, text("ok"));
        });
        CoapTransport device = on.device();
        CopyOnWriteArrayList<String> pushed = new CopyOnWriteArrayList<>();
        device.serve((path, payload) -> {
            pushed.add(path + ":" + payload.size() + " on "
                    + Thread.currentThread().getName());
            return 204;
        });
        on.post(device, secure(centre.localAddress()), "heartbeat", text("beat"), TIMING)
                .get();
        assertThat(code(push(centre, peer.get(), 5).get())).isEqualTo(204);
        assertThat(code(push(centre, peer.get(), 5000).get())).isEqualTo(204);
        assertThat(pushed).containsExactly("order:5 on device-loop", "order:5000 on device-loop");
    }

    @Test
    void a_push_that_is_repeated_is_handed_over_once() throws Exception {
        CoapService centre = on.centre();
        CompletableFuture<Peer> peer = new CompletableFuture<>();
        centre.handle("heartbeat", (request, reply) -> {
            peer.complete(request.peer());
            reply.respond(204, Content.PROTOBUF, text("ok"));
        });
        try (NatBox nat = new NatBox(on.network, centre.localAddress())) {
            CoapTransport device = on.device();
            AtomicInteger pushed = new AtomicInteger();
            device.serve((path, payload) -> {
                nat.cut(pushed.incrementAndGet() == 1); // the first acknowledgement is lost
                return 204;
            });
            on.post(device, secure(nat.address()), "heartbeat", text("beat"), TIMING)
                    .get();
            CompletableFuture<Outcome> ended = push(centre, peer.get(), 5);
            await().until(() -> pushed.get() == 1);
            on.later(50, () -> nat.cut(false));
            assertThat(code(ended.get())).isEqualTo(204);
            assertThat(pushed).hasValue(1);
        }
    }

    @Test
    void a_push_without_a_session_is_unreachable() throws Exception {
        CoapService centre = on.centre();
        CompletableFuture<Peer> peer = new CompletableFuture<>();
        centre.handle("heartbeat", (request, reply) -> {
            peer.complete(request.peer());
            reply.respond(204, Content.PROTOBUF, text("ok"));
        });
        InetSocketAddress at = centre.localAddress();
        on.post(on.device(), secure(at), "heartbeat", text("beat"), TIMING).get();
        centre.close();
        CoapService again = on.centre(Loopback.CENTRE, at);
        assertThat(why(push(again, peer.get(), 5))).isEqualTo("no session with the peer");
    }

    private static CompletableFuture<Outcome> push(CoapService centre, Peer peer, int bytes) {
        CompletableFuture<Outcome> ended = new CompletableFuture<>();
        centre.push(peer, "order", Content.COSE_SIGN1, text("o".repeat(bytes)), FAST, ended::complete);
        return ended;
    }

    private static Handshake patient() {
        return new Handshake(Duration.ofMillis(200), Duration.ofMillis(400), 10);
    }

    private static int code(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Answered.class);
        return ((Outcome.Answered) outcome).code();
    }

    static void assertAnsweredAtOnce(Outcome outcome) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Answered.class,
                        answered -> assertThat(answered.transmissions()).isEqualTo(1));
    }
}
