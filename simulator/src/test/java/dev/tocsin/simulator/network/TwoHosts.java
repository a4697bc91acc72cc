package dev.tocsin.simulator.network;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.DatagramNetwork;
import dev.tocsin.simulator.world.Seed;
import dev.tocsin.simulator.world.VirtualLoop;
import dev.tocsin.simulator.world.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Two hosts, {@code device} and {@code centre}, a socket each, and what arrives and becomes of it. */
final class TwoHosts implements AutoCloseable {

    record Arrival(long atMs, InetSocketAddress from, Bytes data) {
        int number() {
            return ByteBuffer.wrap(data.readOnlyArray()).getInt();
        }
    }

    final World world;
    final VirtualNetwork network;
    final Host device;
    final Host centre;
    final VirtualLoop deviceLoop;
    final DatagramNetwork.Socket deviceSocket;
    final DatagramNetwork.Socket centreSocket;
    final List<Arrival> atDevice = new ArrayList<>();
    final List<Arrival> atCentre = new ArrayList<>();
    final List<Fate> fates = new ArrayList<>();
    private int sent;

    TwoHosts(long seed) {
        world = World.open(new Seed(seed), Instant.EPOCH);
        network = new VirtualNetwork(world);
        network.tap((nowNs, datagram, fate) -> fates.add(fate));
        device = network.host("device");
        centre = network.host("centre");
        deviceLoop = world.loop("device");
        deviceSocket = open(device, deviceLoop, atDevice, 0);
        centreSocket = open(centre, world.loop("centre"), atCentre, 5683);
    }

    private DatagramNetwork.Socket open(Host host, VirtualLoop loop, List<Arrival> arrivals, int port) {
        try {
            return host.on(loop)
                    .open(
                            new InetSocketAddress(host.address(), port),
                            (from, data, length) -> arrivals.add(new Arrival(
                                    world.elapsed().toMillis(), from, Bytes.wrap(Arrays.copyOf(data, length)))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The device sends numbered datagrams of so many bytes, all at once. */
    void send(int count, int bytes) {
        for (int i = 0; i < count; i++) {
            byte[] data = ByteBuffer.allocate(bytes).putInt(sent++).array();
            deviceSocket.send(centreSocket.localAddress(), data, 0, bytes);
        }
    }

    void run(Duration time) {
        world.run(time);
    }

    List<Integer> numbersAtCentre() {
        return atCentre.stream().map(Arrival::number).toList();
    }

    @Override
    public void close() {
        world.close();
    }
}
