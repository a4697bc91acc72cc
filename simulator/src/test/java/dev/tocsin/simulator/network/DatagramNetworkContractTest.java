package dev.tocsin.simulator.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.port.DatagramNetwork;
import dev.tocsin.sdk.testkit.Contracts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.SortedSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The contract of networks can fail: each network here breaks it in one way, and is found. */
class DatagramNetworkContractTest {

    private static SortedSet<String> brokenBy(UnaryOperator<DatagramNetwork> broken) {
        return Contracts.brokenBy(() -> new VirtualNetworkContractTest() {
            private final DatagramNetwork network = broken.apply(super.network());

            @Override
            protected DatagramNetwork network() {
                return network;
            }
        });
    }

    /** Sends otherwise than it was told. */
    private interface Sending {
        void send(DatagramNetwork.Socket good, InetSocketAddress to, byte[] data, int offset, int length);
    }

    private static DatagramNetwork.Socket socket(DatagramNetwork.Socket good, Sending sending) {
        return new DatagramNetwork.Socket() {
            @Override
            public InetSocketAddress localAddress() {
                return good.localAddress();
            }

            @Override
            public void send(InetSocketAddress to, byte[] data, int offset, int length) {
                sending.send(good, to, data, offset, length);
            }

            @Override
            public void close() {
                good.close();
            }
        };
    }

    private static SortedSet<String> brokenBySending(Sending sending) {
        return brokenBy(good -> (bind, receiver) -> socket(good.open(bind, receiver), sending));
    }

    @Test
    void a_network_that_does_nothing_otherwise_passes() {
        assertThat(brokenBySending(DatagramNetwork.Socket::send)).isEmpty();
    }

    @Test
    void a_datagram_from_the_wrong_place_in_the_buffer_is_found() {
        assertThat(brokenBySending((good, to, data, offset, length) -> good.send(to, data, 0, length)))
                .containsExactly("a_datagram_arrives_whole_and_says_where_it_came_from");
    }

    @Test
    void a_datagram_that_is_cut_short_is_found() {
        assertThat(brokenBySending(
                        (good, to, data, offset, length) -> good.send(to, data, offset, Math.min(length, 1_024))))
                .containsExactly("an_answer_finds_its_way_back");
    }

    @Test
    void datagrams_that_all_vanish_are_found() {
        assertThat(brokenBySending((good, to, data, offset, length) -> {}))
                .contains("a_datagram_arrives_whole_and_says_where_it_came_from", "an_answer_finds_its_way_back");
    }

    @Test
    void a_wrong_sender_is_found() {
        assertThat(brokenBy(good -> (bind, receiver) -> good.open(
                        bind,
                        (from, data, length) -> receiver.received(
                                new InetSocketAddress(from.getAddress(), from.getPort() ^ 1), data, length))))
                .contains("a_datagram_arrives_whole_and_says_where_it_came_from");
    }

    @Test
    void a_taken_port_given_out_again_is_found() {
        assertThat(brokenBy(good -> (bind, receiver) -> {
                    try {
                        return good.open(bind, receiver);
                    } catch (IOException e) {
                        return good.open(new InetSocketAddress(bind.getAddress(), 0), receiver);
                    }
                }))
                .containsExactly("a_port_that_is_taken_cannot_be_had");
    }

    @Test
    void a_port_that_is_never_given_back_is_found() {
        assertThat(brokenBy(good -> (bind, receiver) -> {
                    DatagramNetwork.Socket socket = good.open(bind, receiver);
                    return new DatagramNetwork.Socket() {
                        @Override
                        public InetSocketAddress localAddress() {
                            return socket.localAddress();
                        }

                        @Override
                        public void send(InetSocketAddress to, byte[] data, int offset, int length) {
                            socket.send(to, data, offset, length);
                        }

                        @Override
                        public void close() {}
                    };
                }))
                .contains("a_port_can_be_had_again_at_once_when_its_socket_is_closed");
    }
}
