package dev.tocsin.sdk.coap;

import static dev.tocsin.sdk.coap.Loopback.AUTHORITY;
import static dev.tocsin.sdk.coap.Loopback.TIMING;
import static dev.tocsin.sdk.coap.Loopback.anyPort;
import static dev.tocsin.sdk.coap.Loopback.secure;
import static dev.tocsin.sdk.coap.Loopback.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tocsin.sdk.coap.Loopback.SeededEntropy;
import dev.tocsin.sdk.coap.Loopback.SystemTime;
import dev.tocsin.sdk.coap.SourceLimits.Rate;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.DatagramNetwork;
import dev.tocsin.sdk.port.Transport.Content;
import dev.tocsin.sdk.port.Transport.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What one source sends too fast is refused, told and forgotten, and another one's alarm comes through. */
@Timeout(30)
class SourceLimitsTest {

    /** So slow that nothing is filled up again while a test runs. */
    private static final double HARDLY_EVER = 0.001;

    private static final Rate TWO = new Rate(HARDLY_EVER, 2);

    private final List<String> refused = new CopyOnWriteArrayList<>();
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
    void a_device_that_sends_too_fast_is_answered_429_and_the_next_one_is_served() throws Exception {
        CoapService centre = centre(new SourceLimits(TWO, Rate.NONE, Rate.NONE, Rate.NONE, 100), true);
        CoapTransport mad = on.device();
        CoapTransport other = on.device(AUTHORITY.identity(AUTHORITY.device("button-8")));

        assertThat(code(mad, centre)).isEqualTo(204);
        assertThat(code(mad, centre)).isEqualTo(204);
        assertThat(code(mad, centre)).isEqualTo(429);
        assertThat(code(other, centre)).as("from the same address").isEqualTo(204);
        assertThat(refused).singleElement().asString().startsWith("429 button-7: too many requests of this source");
    }

    @Test
    void what_floods_on_is_told_but_not_even_answered() throws Exception {
        CoapService centre = centre(new SourceLimits(TWO, Rate.NONE, Rate.NONE, Rate.NONE, 100), true);
        CoapTransport mad = on.device();
        for (int i = 0; i < 60; i++) {
            var unused = on.post(mad, secure(centre.localAddress()));
        }
        await().untilAsserted(() -> assertThat(refused).hasSizeGreaterThanOrEqualTo(58));
        assertThat(refused).anyMatch(line -> line.endsWith("(not even answered)"));
    }

    @Test
    void bytes_are_limited_beside_messages() throws Exception {
        CoapService centre =
                centre(new SourceLimits(Rate.NONE, new Rate(HARDLY_EVER, 100), Rate.NONE, Rate.NONE, 100), true);
        CoapTransport device = on.device();
        Bytes large = Bytes.wrap(new byte[200]);

        assertThat(code(device, centre, large)).as("who pays with what is left").isEqualTo(204);
        assertThat(code(device, centre, text("x"))).isEqualTo(429);
    }

    @Test
    void what_a_device_uploads_is_limited_over_all_its_sessions() throws Exception {
        CoapService centre = centre(new SourceLimits(Rate.NONE, Rate.NONE, TWO, Rate.NONE, 100), true);
        Bytes blocks = Bytes.wrap(new byte[3 * Tuning.MAX_MESSAGE_BYTES]);
        CoapTransport device = on.device();

        assertThat(code(device, centre, blocks)).isEqualTo(204);
        assertThat(code(device, centre, blocks)).isEqualTo(204);
        assertThat(code(on.device(), centre, blocks)).as("the same certificate").isEqualTo(429);
        assertThat(code(device, centre, text("x"))).as("an alarm is none").isEqualTo(204);
    }

    @Test
    void an_address_that_begins_too_many_handshakes_gets_no_more_and_sessions_there_go_on() throws Exception {
        CoapService centre = centre(new SourceLimits(Rate.NONE, Rate.NONE, Rate.NONE, TWO, 100), true);
        CoapTransport first = on.device();
        assertThat(code(first, centre)).isEqualTo(204);
        assertThat(code(on.device(), centre)).isEqualTo(204);

        assertThat(on.post(on.device(), secure(centre.localAddress())).get()).isInstanceOf(Outcome.Unreachable.class);
        await().untilAsserted(() -> assertThat(refused)
                .singleElement()
                .asString()
                .isEqualTo("handshake refused: too many handshakes of this address"));
        assertThat(code(first, centre)).isEqualTo(204);
    }

    @Test
    void a_block_that_is_longer_than_it_says_is_refused_and_told() throws IOException {
        CoapService centre = centre(SourceLimits.USUAL, false);
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(new byte[] {0x40, 0x02, 0x12, 0x34});
        request.writeBytes(new byte[] {(byte) 0xb5, 'a', 'l', 'a', 'r', 'm'}); // Uri-Path
        request.writeBytes(new byte[] {(byte) 0xd1, 27 - 11 - 13, 0x08}); // Block1: 0/more/16
        request.write(0xff);
        request.writeBytes(new byte[100]);
        List<Integer> codes = new CopyOnWriteArrayList<>();
        try (DatagramNetwork.Socket socket =
                on.network.open(anyPort(), (from, data, length) -> codes.add(Arrays.copyOf(data, length)[1] & 0xff))) {
            socket.send(centre.localAddress(), request.toByteArray(), 0, request.size());
            await().until(() -> !codes.isEmpty());
        }
        assertThat(codes).containsExactly(0x80); // 4.00
        assertThat(refused).singleElement().asString().endsWith("a block of 100 bytes that says it has at most 16");
    }

    @Test
    void no_more_sources_are_told_apart_than_there_is_room_for() {
        AtomicLong nowNs = new AtomicLong();
        Buckets buckets = new Buckets(TWO, 3, new SystemTime() {
            @Override
            public long nanoTime() {
                return nowNs.get();
            }
        });
        for (int i = 0; i < 1_000; i++) {
            assertThat(buckets.take("source " + i, 1)).isZero();
        }
        assertThat(buckets.size()).isEqualTo(3);
        assertThat(buckets.take("source 999", 1)).isZero();
        assertThat(buckets.take("source 999", 1)).as("seconds until the next").isEqualTo(1000);
        nowNs.addAndGet(1_000_000_000_000L);
        assertThat(buckets.take("source 999", 1)).isZero();
    }

    private CoapService centre(SourceLimits limits, boolean secure) throws IOException {
        CoapService centre = new CoapService(CoapNode.centre(
                on.network,
                anyPort(),
                secure ? Optional.of(Loopback.CENTRE) : Optional.empty(),
                on.pool,
                new SystemTime(),
                new SeededEntropy(2),
                limits));
        centre.handle("alarm", (request, reply) -> reply.respond(204, Content.COSE_SIGN1, request.payload()));
        centre.onRefused((peer, code, why) -> refused.add(code + " " + peer.name() + ": " + why));
        centre.onHandshakeRefused((peer, why) -> refused.add(why));
        centre.start();
        on.closeLater(centre::close);
        return centre;
    }

    private int code(CoapTransport device, CoapService centre) throws Exception {
        return code(device, centre, text("help"));
    }

    private int code(CoapTransport device, CoapService centre, Bytes payload) throws Exception {
        Outcome outcome = on.post(device, secure(centre.localAddress()), "alarm", payload, TIMING)
                .get();
        assertThat(outcome).isInstanceOf(Outcome.Answered.class);
        return ((Outcome.Answered) outcome).code();
    }
}
