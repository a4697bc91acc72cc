package dev.tocsin.simulator.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.coap.DatagramNetworkContract;
import dev.tocsin.sdk.port.DatagramNetwork;
import dev.tocsin.simulator.world.Seed;
import dev.tocsin.simulator.world.World;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;

/** What the machine's own UDP must do, the virtual one must do too. */
class VirtualNetworkContractTest extends DatagramNetworkContract {

    private final World world = World.open(new Seed(1), Instant.EPOCH);
    private final Host host = new VirtualNetwork(world).host("a");
    private final DatagramNetwork network = host.on(world.loop("a"));

    @AfterEach
    void close() {
        world.close();
    }

    @Override
    protected DatagramNetwork network() {
        return network;
    }

    @Override
    protected InetSocketAddress freeAddress() {
        return new InetSocketAddress(host.address(), 0);
    }

    @Override
    protected void until(BooleanSupplier condition) {
        assertThat(world.runUntil(condition, Duration.ofSeconds(10))).isTrue();
    }

    @Override
    protected void settle() {
        world.run(Duration.ofSeconds(10));
    }
}
