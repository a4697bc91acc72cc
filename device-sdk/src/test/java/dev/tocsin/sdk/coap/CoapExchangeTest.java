package dev.tocsin.sdk.coap;

import static dev.tocsin.sdk.coap.Loopback.TIMING;
import static dev.tocsin.sdk.coap.Loopback.plain;
import static dev.tocsin.sdk.coap.Loopback.secure;
import static dev.tocsin.sdk.coap.Loopback.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.DatagramNetwork;
import dev.tocsin.sdk.port.Timers;
import dev.tocsin.sdk.port.Transport.Content;
import dev.tocsin.sdk.port.Transport.ExchangeListener;
import dev.tocsin.sdk.port.Transport.Outcome;
import dev.tocsin.sdk.port.Transport.Post;
import dev.tocsin.sdk.port.Transport.Retransmission;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One request and what becomes of it. */
@Timeout(20)
class CoapExchangeTest {

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
    void a_post_over_dtls_is_answered() throws Exception {
        CoapService centre = on.centre();
        Outcome outcome = on.post(on.device(), secure(centre.localAddress())).get();
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Answered.class, answered -> {
            assertThat(answered.code()).isEqualTo(204);
            assertThat(answered.payload()).isEqualTo(text("help"));
            assertThat(answered.transmissions()).isEqualTo(1);
            assertThat(answered.roundTrip()).isBetween(Duration.ofNanos(1), Duration.ofSeconds(5));
        });
    }

    @Test
    void a_post_over_plain_coap_is_answered() throws Exception {
        CoapService centre = on.plainCentre();
        Outcome outcome =
                on.post(on.plainDevice(), plain(centre.localAddress())).get();
        assertThat(outcome).isInstanceOf(Outcome.Answered.class);
    }

    @Test
    void a_centre_is_told_who_posts_what() throws Exception {
        CoapService centre = on.centre();
        CompletableFuture<CoapService.Request> seen = new CompletableFuture<>();
        centre.handle("deep/path", (request, reply) -> {
            seen.complete(request);
            reply.respond(201, Content.TEXT, text("made"));
        });
        on.post(on.device(), secure(centre.localAddress()), "deep/path", text("x"), TIMING)
                .get();
        assertThat(seen.get().path()).isEqualTo("deep/path");
        assertThat(seen.get().content()).hasValue(18);
        assertThat(seen.get().accept()).hasValue(18);
        assertThat(seen.get().payload()).isEqualTo(text("x"));
        assertThat(seen.get().peer().name()).isEqualTo("button-7");
        assertThat(seen.get().peer().validUntil()).isEqualTo(Loopback.DEVICE.validUntil());
    }

    @Test
    void a_path_that_is_not_served_is_not_found() throws Exception {
        CoapService centre = on.plainCentre();
        Outcome outcome = on.post(on.plainDevice(), plain(centre.localAddress()), "nothing", text("x"), TIMING)
                .get();
        assertThat(code(outcome)).isEqualTo(404);
    }

    @Test
    void a_body_of_a_hundred_blocks_arrives_and_comes_back_whole() throws Exception {
        CoapService centre = on.centre();
        Bytes body = body(31 * 1024 + 1);
        Outcome outcome = on.post(on.device(), secure(centre.localAddress()), "alarm", body, TIMING)
                .get();
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Answered.class,
                        answered -> assertThat(answered.payload()).isEqualTo(body));
    }

    @Test
    void large_bodies_posted_at_once_do_not_end_each_other() throws Exception {
        CoapService centre = on.centre();
        CoapTransport device = on.device();
        List<CompletableFuture<Outcome>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(on.post(device, secure(centre.localAddress()), "alarm", body(3000 + i), TIMING));
        }
        for (int i = 0; i < 8; i++) {
            int size = 3000 + i;
            assertThat(all.get(i).get())
                    .isInstanceOfSatisfying(
                            Outcome.Answered.class,
                            answered -> assertThat(answered.payload().size()).isEqualTo(size));
        }
    }

    @Test
    void a_body_above_the_limit_is_too_large() throws Exception {
        CoapService centre = on.plainCentre();
        Bytes body = body(Tuning.MAX_BODY_BYTES + 1);
        Outcome outcome = on.post(on.plainDevice(), plain(centre.localAddress()), "alarm", body, TIMING)
                .get();
        assertThat(code(outcome)).isEqualTo(413);
    }

    @Test
    void an_answer_that_takes_longer_than_a_retransmission_is_given_once() throws Exception {
        CoapService centre = on.centre();
        AtomicInteger handled = new AtomicInteger();
        AtomicReference<CoapService.Reply> held = new AtomicReference<>();
        centre.handle("slow", (request, reply) -> {
            handled.incrementAndGet();
            held.set(reply);
        });
        CopyOnWriteArrayList<String> sent = new CopyOnWriteArrayList<>();
        CompletableFuture<Outcome> ended = new CompletableFuture<>();
        Retransmission never = new Retransmission(Duration.ofMillis(100), 1, 1, 20, OptionalInt.empty());
        post(on.device(), secure(centre.localAddress()), "slow", never, sent, ended);
        await().until(() -> sent.size() >= 3);
        held.get().respond(204, Content.TEXT, text("at last"));
        assertThat(ended.get()).isInstanceOfSatisfying(Outcome.Answered.class, answered -> {
            assertThat(answered.payload()).isEqualTo(text("at last"));
            assertThat(answered.transmissions()).isEqualTo(sent.size()).isGreaterThanOrEqualTo(3);
        });
        assertThat(handled).hasValue(1);
    }

    @Test
    void a_handler_that_fails_is_an_internal_server_error() throws Exception {
        CoapService centre = on.plainCentre();
        centre.handle("bug", (request, reply) -> {
            throw new IllegalStateException("bug");
        });
        Outcome outcome = on.post(on.plainDevice(), plain(centre.localAddress()), "bug", text("x"), TIMING)
                .get();
        assertThat(code(outcome)).isEqualTo(500);
    }

    @Test
    void no_answer_comes_after_the_whole_schedule_and_not_before() throws Exception {
        CopyOnWriteArrayList<Long> arrivals = new CopyOnWriteArrayList<>();
        try (DatagramNetwork.Socket hole =
                on.network.open(Loopback.anyPort(), (from, data, length) -> arrivals.add(System.nanoTime()))) {
            Retransmission timing = new Retransmission(Duration.ofMillis(100), 1, 1.25, 4, OptionalInt.of(1));
            long beganNs = System.nanoTime();
            Outcome outcome = on.post(on.plainDevice(), plain(hole.localAddress()), "alarm", text("x"), timing)
                    .get();
            long tookMs = (System.nanoTime() - beganNs) / 1_000_000;
            assertThat(outcome).isEqualTo(new Outcome.NoAnswer(5));
            // 100 + 125 + 156 + 195 + 243
            assertThat(tookMs).isBetween(815L, 5000L);
            assertThat(arrivals).hasSize(5);
            assertThat((arrivals.get(4) - arrivals.get(3)) / 1_000_000).isBetween(180L, 2000L);
        }
    }

    @Test
    void a_block_is_sent_again_by_the_requests_own_timing() throws Exception {
        try (DatagramNetwork.Socket hole = on.network.open(Loopback.anyPort(), (from, data, length) -> {})) {
            Retransmission timing = new Retransmission(Duration.ofMillis(50), 1, 1, 3, OptionalInt.empty());
            long beganNs = System.nanoTime();
            Outcome outcome = on.post(on.plainDevice(), plain(hole.localAddress()), "alarm", body(3000), timing)
                    .get();
            assertThat(outcome).isEqualTo(new Outcome.NoAnswer(4));
            assertThat(Duration.ofNanos(System.nanoTime() - beganNs))
                    .isLessThan(Duration.ofSeconds(2)); // the default is 2 to 3 s, four times over
        }
    }

    @Test
    void without_retransmissions_a_request_is_sent_once() throws Exception {
        AtomicInteger arrivals = new AtomicInteger();
        try (DatagramNetwork.Socket hole =
                on.network.open(Loopback.anyPort(), (from, data, length) -> arrivals.incrementAndGet())) {
            Retransmission once = new Retransmission(Duration.ofMillis(100), 1.2, 1, 0, OptionalInt.of(0));
            Outcome outcome = on.post(on.plainDevice(), plain(hole.localAddress()), "alarm", text("x"), once)
                    .get();
            assertThat(outcome).isEqualTo(new Outcome.NoAnswer(1));
            assertThat(arrivals).hasValue(1);
        }
    }

    @Test
    void an_acknowledgement_that_no_response_follows_does_not_hang() throws Exception {
        AtomicReference<DatagramNetwork.Socket> socket = new AtomicReference<>();
        DatagramNetwork.Socket half = on.network.open(Loopback.anyPort(), (from, data, length) -> {
            byte[] emptyAck = {0x60, 0, data[2], data[3]};
            socket.get().send(from, emptyAck, 0, emptyAck.length);
        });
        socket.set(half);
        Retransmission timing = new Retransmission(Duration.ofMillis(100), 1, 2, 1, OptionalInt.empty());
        long beganNs = System.nanoTime();
        Outcome outcome = on.post(on.plainDevice(), plain(half.localAddress()), "alarm", text("x"), timing)
                .get();
        assertThat(outcome).isEqualTo(new Outcome.NoAnswer(1));
        assertThat((System.nanoTime() - beganNs) / 1_000_000).isBetween(300L, 5000L);
        half.close();
    }

    @Test
    void a_cancelled_exchange_has_no_outcome() throws Exception {
        try (DatagramNetwork.Socket hole = on.network.open(Loopback.anyPort(), (from, data, length) -> {})) {
            CoapTransport device = on.plainDevice();
            CopyOnWriteArrayList<Outcome> outcomes = new CopyOnWriteArrayList<>();
            Retransmission timing = new Retransmission(Duration.ofMillis(50), 1, 1, 1, OptionalInt.empty());
            Post post = new Post(plain(hole.localAddress()), "alarm", Content.TEXT, text("x"), timing);
            on.loop
                    .submit(() -> {
                        Timers.Cancellable first = device.post(post, outcomes::add);
                        first.cancel();
                        device.post(post, outcomes::add);
                    })
                    .get();
            await().until(() -> !outcomes.isEmpty());
            assertThat(outcomes).containsExactly(new Outcome.NoAnswer(2));
        }
    }

    @Test
    void nothing_is_called_back_inside_post() throws Exception {
        CoapTransport device = on.device();
        for (String to : List.of("coaps://127.0.0.1:1", "coap://127.0.0.1:5683", "nonsense", "coaps://[::1]:0")) {
            boolean inside = on.loop
                    .submit(() -> {
                        AtomicInteger called = new AtomicInteger();
                        device.post(
                                new Post(to, "alarm", Content.TEXT, text("x"), TIMING),
                                outcome -> called.incrementAndGet());
                        return called.get() > 0;
                    })
                    .get();
            assertThat(inside).as(to).isFalse();
        }
    }

    @Test
    void an_address_that_is_none_is_unreachable_and_says_why() throws Exception {
        CoapTransport device = on.device();
        assertThat(why(on.post(device, "http://127.0.0.1"))).contains("not coaps://host:port");
        assertThat(why(on.post(device, "coap://127.0.0.1"))).contains("coaps only");
        assertThat(why(on.post(device, "coaps://no-such-host.invalid")))
                .contains("no-such-host.invalid cannot be resolved");
    }

    @Test
    void a_host_name_is_looked_up() throws Exception {
        CoapService centre = on.centre();
        CoapTransport device = on.device();
        String named = "coaps://localhost:" + centre.localAddress().getPort();
        assertThat(on.post(device, named).get()).isInstanceOf(Outcome.Answered.class);
        assertThat(on.post(device, named).get()).isInstanceOf(Outcome.Answered.class);
    }

    @Test
    void every_datagram_with_the_request_is_told_of() throws Exception {
        try (DatagramNetwork.Socket hole = on.network.open(Loopback.anyPort(), (from, data, length) -> {})) {
            CopyOnWriteArrayList<String> sent = new CopyOnWriteArrayList<>();
            CompletableFuture<Outcome> ended = new CompletableFuture<>();
            Retransmission timing = new Retransmission(Duration.ofMillis(50), 1, 1, 2, OptionalInt.empty());
            post(on.plainDevice(), plain(hole.localAddress()), "alarm", timing, sent, ended);
            assertThat(ended.get()).isEqualTo(new Outcome.NoAnswer(3));
            assertThat(sent).containsExactly("device-loop", "device-loop", "device-loop");
        }
    }

    /** Posts, and notes for each {@code sent()} the thread that told of it. */
    private void post(
            CoapTransport device,
            String to,
            String path,
            Retransmission timing,
            CopyOnWriteArrayList<String> sent,
            CompletableFuture<Outcome> ended) {
        ExchangeListener listener = new ExchangeListener() {
            @Override
            public void sent() {
                sent.add(Thread.currentThread().getName());
            }

            @Override
            public void ended(Outcome outcome) {
                ended.complete(outcome);
            }
        };
        on.loop.execute(() -> device.post(new Post(to, path, Content.COSE_SIGN1, text("x"), timing), listener));
    }

    private static Bytes body(int size) {
        byte[] body = new byte[size];
        for (int i = 0; i < size; i++) {
            body[i] = (byte) (i % 251);
        }
        return Bytes.wrap(body);
    }

    private static int code(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Answered.class);
        return ((Outcome.Answered) outcome).code();
    }

    static String why(CompletableFuture<Outcome> ended) throws InterruptedException, ExecutionException {
        assertThat(ended.get()).isInstanceOf(Outcome.Unreachable.class);
        return ((Outcome.Unreachable) ended.get()).why();
    }
}
