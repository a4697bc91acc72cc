package dev.tocsin.sdk.coap;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.port.Transport.Content;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.network.stack.BaseCoapStack;
import org.eclipse.californium.core.network.stack.BlockwiseLayer;
import org.eclipse.californium.elements.util.ClockUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The first block of an upload, as an attacker would write it: a few bytes for which a centre sets memory aside. */
@Timeout(20)
class UploadGuardTest {

    private static final int POST = 0x02;
    private static final int PUT = 0x03;
    private static final int CONTINUE = 0x5F; // 2.31
    private static final int NOT_FOUND = 0x84; // 4.04
    private static final int METHOD_NOT_ALLOWED = 0x85; // 4.05
    private static final int INCOMPLETE = 0x88; // 4.08
    private static final int TOO_MANY = 0x9D; // 4.29

    private static final int URI_HOST = 3;
    private static final int URI_PATH = 11;
    private static final int URI_QUERY = 15;
    private static final int BLOCK1 = 27;

    private final AtomicLong passedNs = new AtomicLong();
    private Loopback on;
    private CoapNode node;
    private CoapService centre;
    private DatagramSocket socket;
    private int messageId;

    @BeforeEach
    void open() throws IOException {
        on = new Loopback();
        Clock clock = new Loopback.SystemTime() {
            @Override
            public long nanoTime() {
                return super.nanoTime() + passedNs.get();
            }
        };
        node = CoapNode.centre(
                on.network,
                Loopback.anyPort(),
                Optional.empty(),
                on.pool,
                clock,
                new Loopback.SeededEntropy(2),
                SourceLimits.NONE);
        centre = new CoapService(node);
        centre.handle("alarm", (request, reply) -> reply.respond(204, Content.COSE_SIGN1, request.payload()));
        centre.start();
        on.closeLater(centre::close);
        socket = new DatagramSocket();
        socket.setSoTimeout(10_000);
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
        on.close();
    }

    @Test
    void the_first_block_for_what_is_not_served_is_refused_at_once() throws IOException {
        assertThat(answer(block(POST, 0, "alarm", "", ""))).isEqualTo(CONTINUE);
        assertThat(answer(block(POST, 0, "x1", "", ""))).isEqualTo(NOT_FOUND);
        assertThat(answer(block(PUT, 0, "alarm", "", ""))).isEqualTo(METHOD_NOT_ALLOWED);
    }

    /** Were it another upload, its second block would be the first that is heard of it: 4.08. */
    @Test
    void another_host_or_query_is_the_same_upload() throws IOException {
        assertThat(answer(block(POST, 0, "alarm", "", ""))).isEqualTo(CONTINUE);
        assertThat(answer(block(POST, 1, "alarm", "a", ""))).isEqualTo(CONTINUE);
        assertThat(answer(block(POST, 2, "alarm", "", "b"))).isEqualTo(CONTINUE);
        assertThat(answer(block(POST, 9, "alarm", "", ""))).isEqualTo(INCOMPLETE);
    }

    @Test
    void an_upload_that_trickles_on_beyond_its_minute_is_let_go() throws Exception {
        assertThat(answer(block(POST, 0, "alarm", "", ""))).isEqualTo(CONTINUE);
        for (int number = 1; number <= 5; number++) {
            passedNs.addAndGet(11_000_000_000L);
            assertThat(answer(block(POST, number, "alarm", "", "")))
                    .as("block %d, %d s", number, 11 * number)
                    .isEqualTo(CONTINUE);
        }
        assertThat(blocks().isEmpty()).as("memory is set aside").isFalse();
        passedNs.addAndGet(11_000_000_000L);
        assertThat(answer(block(POST, 6, "alarm", "", ""))).isEqualTo(INCOMPLETE);
        assertThat(blocks().isEmpty()).as("memory is free").isTrue();
        assertThat(answer(block(POST, 7, "alarm", "", ""))).as("over is over").isEqualTo(INCOMPLETE);
        assertThat(blocks().isEmpty()).isTrue();
        assertThat(answer(block(POST, 0, "alarm", "", ""))).as("another one").isEqualTo(CONTINUE);
    }

    /** The block-wise layer's own clock, and its own sweep. */
    @Test
    void memory_of_an_upload_that_nobody_goes_on_with_is_free_after_a_minute() throws Exception {
        AtomicLong lateNs = new AtomicLong();
        ClockUtil.setRealtimeHandler(() -> System.nanoTime() + lateNs.get());
        try {
            assertThat(answer(block(POST, 0, "alarm", "", ""))).isEqualTo(CONTINUE);
            assertThat(blocks().isEmpty()).isFalse();
            lateNs.set(1_000_000_000L * (Tuning.UPLOAD_S + 1));
            await().atMost(Duration.ofSeconds(15)).until(() -> blocks().isEmpty());
        } finally {
            ClockUtil.setRealtimeHandler(System::nanoTime);
        }
    }

    @Test
    void one_source_has_so_many_uploads_under_way_over_all_its_ports_and_no_more() throws IOException {
        int most = OpenUploads.MAX_OF_ONE * SourceLimits.SHARED; // an address
        for (int i = 0; i < most; i++) {
            assertThat(begunFromAnotherPort()).as("upload %d", i).isEqualTo(CONTINUE);
        }
        assertThat(begunFromAnotherPort()).isEqualTo(TOO_MANY);
        passedNs.addAndGet(OpenUploads.LIFE.toNanos());
        assertThat(begunFromAnotherPort()).as("a minute later").isEqualTo(CONTINUE);
    }

    private int begunFromAnotherPort() throws IOException {
        DatagramSocket before = socket;
        DatagramSocket another = new DatagramSocket(); // open until the end, so that no port comes twice
        on.closeLater(another::close);
        another.setSoTimeout(10_000);
        try {
            socket = another;
            return answer(block(POST, 0, "alarm", "", ""));
        } finally {
            socket = before;
        }
    }

    /** Californium says of its block-wise layer whether anything is set aside, but not where that layer is. */
    private BlockwiseLayer blocks() throws ReflectiveOperationException {
        Field stack = CoapEndpoint.class.getDeclaredField("coapstack");
        stack.setAccessible(true);
        return ((BaseCoapStack) stack.get(node.endpoint())).getLayer(BlockwiseLayer.class);
    }

    private int answer(byte[] datagram) throws IOException {
        socket.send(new DatagramPacket(datagram, datagram.length, centre.localAddress()));
        DatagramPacket answer = new DatagramPacket(new byte[1500], 1500);
        socket.receive(answer);
        return answer.getData()[1] & 0xFF;
    }

    /** RFC 7252, section 3: confirmable, no token; a block of 16 bytes with more to come. */
    private byte[] block(int code, int number, String path, String host, String query) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0x40);
        out.write(code);
        out.write(++messageId >>> 8);
        out.write(messageId);
        int last = 0;
        if (!host.isEmpty()) {
            option(out, URI_HOST - last, host.getBytes(US_ASCII));
            last = URI_HOST;
        }
        option(out, URI_PATH - last, path.getBytes(US_ASCII));
        last = URI_PATH;
        if (!query.isEmpty()) {
            option(out, URI_QUERY - last, query.getBytes(US_ASCII));
            last = URI_QUERY;
        }
        option(out, BLOCK1 - last, new byte[] {(byte) (number << 4 | 0x08)});
        out.write(0xFF);
        out.writeBytes(new byte[16]);
        return out.toByteArray();
    }

    private static void option(ByteArrayOutputStream out, int delta, byte[] value) {
        if (delta < 13) {
            out.write(delta << 4 | value.length);
        } else {
            out.write(0xD0 | value.length);
            out.write(delta - 13);
        }
        out.writeBytes(value);
    }
}
