package dev.tocsin.sdk.coap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.DatagramNetwork;
import dev.tocsin.sdk.port.DatagramNetwork.Socket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** What every network owes its users. Extend it for each implementation. */
public abstract class DatagramNetworkContract {

    /** The network under test. */
    protected abstract DatagramNetwork network();

    /** An address of this host on that network, with a free port. */
    protected abstract InetSocketAddress freeAddress();

    /** Lets the network work until the condition holds; fails if it does not come to that. */
    protected abstract void until(BooleanSupplier condition);

    /** Lets the network work off whatever is under way. */
    protected abstract void settle();

    private record Arrival(InetSocketAddress from, Bytes data) {}

    private static final class Inbox extends CopyOnWriteArrayList<Arrival> implements DatagramNetwork.Receiver {
        private static final long serialVersionUID = 1;

        @Override
        public void received(InetSocketAddress from, byte[] data, int length) {
            add(new Arrival(from, Bytes.wrap(Arrays.copyOf(data, length))));
        }
    }

    @Test
    void a_datagram_arrives_whole_and_says_where_it_came_from() throws IOException {
        Inbox inbox = new Inbox();
        try (Socket a = network().open(freeAddress(), new Inbox());
                Socket b = network().open(freeAddress(), inbox)) {
            byte[] data = "..help..".getBytes(StandardCharsets.UTF_8);
            a.send(b.localAddress(), data, 2, 4);
            Arrays.fill(data, (byte) 0); // not read any more
            until(() -> !inbox.isEmpty());
            assertThat(inbox).containsExactly(new Arrival(a.localAddress(), Loopback.text("help")));
        }
    }

    @Test
    void an_answer_finds_its_way_back() throws IOException {
        Inbox inbox = new Inbox();
        try (Socket a = network().open(freeAddress(), inbox)) {
            Socket[] echo = new Socket[1];
            echo[0] = network().open(freeAddress(), (from, data, length) -> echo[0].send(from, data, 0, length));
            a.send(echo[0].localAddress(), new byte[1400], 0, 1400);
            until(() -> !inbox.isEmpty());
            assertThat(inbox.get(0).data().size()).isEqualTo(1400);
            echo[0].close();
        }
    }

    @Test
    void two_sockets_get_two_ports() throws IOException {
        try (Socket a = network().open(freeAddress(), new Inbox());
                Socket b = network().open(freeAddress(), new Inbox())) {
            assertThat(a.localAddress().getPort())
                    .isPositive()
                    .isNotEqualTo(b.localAddress().getPort());
        }
    }

    @Test
    void a_port_that_is_taken_cannot_be_had() throws IOException {
        try (Socket a = network().open(freeAddress(), new Inbox())) {
            assertThatThrownBy(() -> network().open(a.localAddress(), new Inbox()))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_port_can_be_had_again_at_once_when_its_socket_is_closed() throws IOException {
        Socket a = network().open(freeAddress(), new Inbox());
        for (int i = 0; i < 20; i++) {
            a.close();
            a = network().open(a.localAddress(), new Inbox());
        }
        a.close();
    }

    @Test
    void nothing_fails_when_nobody_is_there_any_more() throws IOException {
        Inbox inbox = new Inbox();
        try (Socket a = network().open(freeAddress(), inbox)) {
            Socket gone = network().open(freeAddress(), new Inbox());
            gone.close();
            gone.close();
            gone.send(a.localAddress(), new byte[1], 0, 1);
            a.send(gone.localAddress(), new byte[1], 0, 1);
            settle();
            assertThat(inbox).isEmpty();
            a.send(a.localAddress(), new byte[1], 0, 1);
            until(() -> inbox.size() == 1);
        }
    }

    @Test
    void a_receiver_that_throws_gets_the_next_datagram_all_the_same() throws IOException {
        List<Integer> lengths = new CopyOnWriteArrayList<>();
        try (Socket a = network().open(freeAddress(), (from, data, length) -> {
            lengths.add(length);
            throw new IllegalStateException("a bug in the receiver");
        })) {
            a.send(a.localAddress(), new byte[1], 0, 1);
            until(() -> lengths.size() == 1);
            a.send(a.localAddress(), new byte[2], 0, 2);
            until(() -> lengths.size() == 2);
        }
    }
}
