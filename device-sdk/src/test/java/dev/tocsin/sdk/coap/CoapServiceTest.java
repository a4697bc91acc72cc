package dev.tocsin.sdk.coap;

import static dev.tocsin.sdk.coap.Loopback.TIMING;
import static dev.tocsin.sdk.coap.Loopback.plain;
import static dev.tocsin.sdk.coap.Loopback.secure;
import static dev.tocsin.sdk.coap.Loopback.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.DatagramNetwork;
import dev.tocsin.sdk.port.Transport;
import dev.tocsin.sdk.port.Transport.Content;
import dev.tocsin.sdk.port.Transport.Outcome;
import dev.tocsin.sdk.testkit.SeededEntropy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A centre's side, asked by hand, byte by byte (RFC 7252, section 3). */
@Timeout(20)
class CoapServiceTest {

    private static final int GET = 0x01;
    private static final int PUT = 0x03;
    private static final int CONFIRMABLE = 0x40;
    private static final int PAYLOAD_MARKER = 0xff;

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
    void its_resources_can_be_discovered() throws IOException {
        CoapService centre = on.plainCentre();
        centre.handle("heartbeat", (request, reply) -> {});
        assertThat(ask(centre.localAddress(), GET, ".well-known", "core")).isEqualTo("2.05 </alarm>,</heartbeat>");
    }

    @Test
    void what_a_device_takes_can_be_discovered_too() throws IOException {
        CoapNode node = CoapNode.device(
                on.network,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Optional.empty(),
                on.loop,
                new Loopback.SystemTime(),
                new SeededEntropy(1));
        try (CoapTransport device = new CoapTransport(node)) {
            device.serve(new Transport.PushHandler() {
                @Override
                public int pushed(String path, Bytes payload) {
                    return 404;
                }

                @Override
                public String links() {
                    return "</order>;rt=\"tocsin.order\"";
                }
            });
            assertThat(ask(node.localAddress(), GET, ".well-known", "core"))
                    .isEqualTo("2.05 </order>;rt=\"tocsin.order\"");
            assertThat(ask(node.localAddress(), GET, "order")).startsWith("4.05");
        }
    }

    @Test
    void another_method_than_post_is_not_allowed() throws IOException {
        CoapService centre = on.plainCentre();
        assertThat(ask(centre.localAddress(), PUT, "alarm")).isEqualTo("4.05 POST only");
        assertThat(ask(centre.localAddress(), PUT, ".well-known", "core")).isEqualTo("4.05 GET only");
        assertThat(ask(centre.localAddress(), GET, "nothing")).isEqualTo("4.04 served here: alarm");
        assertThat(ask(centre.localAddress(), GET)).isEqualTo("4.04 served here: alarm");
    }

    @Test
    void an_answer_is_given_once() throws Exception {
        CoapService centre = on.plainCentre();
        CopyOnWriteArrayList<Throwable> thrown = new CopyOnWriteArrayList<>();
        centre.handle("twice", (request, reply) -> {
            reply.respond(204, Content.TEXT, text("once"));
            try {
                reply.respond(204, Content.TEXT, text("twice"));
            } catch (IllegalStateException e) {
                thrown.add(e);
            }
        });
        Outcome outcome = on.post(on.plainDevice(), plain(centre.localAddress()), "twice", text("x"), TIMING)
                .get();
        assertThat(outcome).isInstanceOf(Outcome.Answered.class);
        await().untilAsserted(() -> assertThat(thrown).hasSize(1)); // the answer may be here before the handler ends
    }

    @Test
    void noise_does_no_harm() throws Exception {
        CoapService plain = on.plainCentre();
        CoapService secure = on.centre();
        CoapTransport device = on.device();
        on.post(device, secure(secure.localAddress())).get();
        Random noise = new Random(7);
        try (DatagramNetwork.Socket socket = on.network.open(Loopback.anyPort(), (from, data, length) -> {})) {
            for (int i = 0; i < 2000; i++) {
                byte[] data = new byte[noise.nextInt(200)];
                noise.nextBytes(data);
                if (data.length > 20 && i % 2 == 0) {
                    // what looks like a record of DTLS 1.2 and a message of CoAP gets further
                    byte[] header = {(byte) (20 + i % 8), (byte) 0xfe, (byte) 0xfd, 0, (byte) (i % 3)};
                    System.arraycopy(header, 0, data, 0, header.length);
                    data[12] = (byte) (data.length - 13);
                    data[11] = 0;
                }
                socket.send(secure.localAddress(), data, 0, data.length);
                if (data.length > 0 && i % 4 == 1) {
                    data[0] = (byte) (0x40 | (data[0] & 0x38));
                }
                socket.send(plain.localAddress(), data, 0, data.length);
            }
        }
        assertThat(on.post(device, secure(secure.localAddress())).get()).isInstanceOf(Outcome.Answered.class);
        assertThat(ask(plain.localAddress(), PUT, "alarm")).isEqualTo("4.05 POST only");
    }

    /** Asks, and returns the answer's code and payload. */
    private String ask(InetSocketAddress at, int method, String... path) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(new byte[] {CONFIRMABLE, (byte) method, 0x12, (byte) (path.length + method * 16)});
        int before = 0;
        for (String segment : path) {
            request.write(((11 - before) << 4) | segment.length()); // Uri-Path
            request.writeBytes(segment.getBytes(StandardCharsets.UTF_8));
            before = 11;
        }
        CopyOnWriteArrayList<String> answers = new CopyOnWriteArrayList<>();
        try (DatagramNetwork.Socket socket = on.network.open(
                Loopback.anyPort(), (from, data, length) -> answers.add(read(Arrays.copyOf(data, length))))) {
            socket.send(at, request.toByteArray(), 0, request.size());
            await().until(() -> !answers.isEmpty());
        }
        return answers.get(0);
    }

    private static String read(byte[] answer) {
        int code = answer[1] & 0xff;
        int from = 4;
        while (from < answer.length && (answer[from] & 0xff) != PAYLOAD_MARKER) {
            from++;
        }
        String payload = from < answer.length
                ? new String(answer, from + 1, answer.length - from - 1, StandardCharsets.UTF_8)
                : "";
        return String.format("%d.%02d %s", code >> 5, code & 0x1f, payload);
    }
}
