package dev.tocsin.sdk.coap;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
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

    private static final int URI_HOST = 3;
    private static final int URI_PATH = 11;
    private static final int URI_QUERY = 15;
    private static final int BLOCK1 = 27;

    private Loopback on;
    private CoapService centre;
    private DatagramSocket socket;
    private int messageId;

    @BeforeEach
    void open() throws IOException {
        on = new Loopback();
        centre = on.plainCentre();
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
