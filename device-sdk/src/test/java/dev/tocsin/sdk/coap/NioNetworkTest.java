package dev.tocsin.sdk.coap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tocsin.sdk.port.DatagramNetwork;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class NioNetworkTest extends DatagramNetworkContract {

    private NioNetwork network;

    @BeforeEach
    void open() throws IOException {
        network = new NioNetwork(NioNetwork.CENTRE_RECEIVE_BUFFER_BYTES);
    }

    @AfterEach
    void close() throws IOException {
        network.close();
    }

    @Override
    protected DatagramNetwork network() {
        return network;
    }

    @Override
    protected InetSocketAddress freeAddress() {
        return Loopback.anyPort();
    }

    @Override
    protected void until(BooleanSupplier condition) {
        await().pollInSameThread().until(condition::getAsBoolean);
    }

    @Override
    protected void settle() {
        AtomicInteger turns = new AtomicInteger();
        try (DatagramNetwork.Socket socket =
                network.open(freeAddress(), (from, data, length) -> turns.incrementAndGet())) {
            socket.send(socket.localAddress(), new byte[1], 0, 1);
            until(() -> turns.get() == 1);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_name_is_looked_up_on_another_thread() throws Exception {
        assertThat(network.resolve("localhost").toCompletableFuture().get())
                .isEqualTo(InetAddress.getLoopbackAddress());
    }

    @Test
    void a_name_that_nobody_knows_is_told() {
        assertThatThrownBy(() -> network.resolve("no-such-host.invalid")
                        .toCompletableFuture()
                        .get())
                .hasCauseInstanceOf(UnknownHostException.class);
    }

    @Test
    void a_closed_network_opens_nothing() throws IOException {
        network.close();
        assertThatThrownBy(() -> network.open(freeAddress(), (from, data, length) -> {}))
                .isInstanceOf(IOException.class);
    }
}
