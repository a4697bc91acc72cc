package dev.tocsin.simulator.network;

import dev.tocsin.sdk.port.DatagramNetwork;
import dev.tocsin.simulator.world.Seed;
import dev.tocsin.simulator.world.SeededEntropy;
import dev.tocsin.simulator.world.VirtualLoop;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A machine's place on the network, with or without power: its address, its line, the NAT in front of it. */
public final class Host {

    private static final int FIRST_EPHEMERAL_PORT = 32_768; // Linux's
    private static final int EPHEMERAL_PORTS = 28_232;

    private final VirtualNetwork network;
    private final String name;
    private final InetAddress address;
    private final Seed seed;
    private final SeededEntropy ports;
    private final Line up;
    private final Line down;
    private final Map<Integer, Socket> sockets = new HashMap<>();
    private final Map<String, Route> from = new HashMap<>();
    private @Nullable Nat nat;
    private InetAddress publicAddress;

    Host(VirtualNetwork network, String name, InetAddress address, Seed seed) {
        this.network = network;
        this.name = name;
        this.address = address;
        this.publicAddress = address;
        this.seed = seed;
        this.ports = seed.child("ports").entropy();
        this.up = new Line(seed.child("up").entropy());
        this.down = new Line(seed.child("down").entropy());
    }

    /** Its name, by which conditions and partitions pick it. */
    public String name() {
        return name;
    }

    /** Its own address, inside its NAT if it has one. */
    public InetAddress address() {
        return address;
    }

    /** The address that others see: its NAT's if it has one. */
    public InetAddress publicAddress() {
        return publicAddress;
    }

    /**
     * Puts a NAT in front of it, for good.
     *
     * @param idle how long a port stays open when nothing is sent through it
     */
    public Nat behindNat(Duration idle) {
        publicAddress = network.outside(this);
        nat = new Nat(publicAddress, idle, seed.child("nat").entropy());
        return nat;
    }

    /** The NAT in front of it. */
    public Optional<Nat> nat() {
        return Optional.ofNullable(nat);
    }

    /** How much it can send from now on. */
    public void uplink(Capacity capacity) {
        up.set(capacity, network.world().nanoTime());
    }

    /** How much it can receive from now on. */
    public void downlink(Capacity capacity) {
        down.set(capacity, network.world().nanoTime());
    }

    /** The network as its machine sees it while it has power: sockets are gone with that, and receivers run on that loop. */
    public DatagramNetwork on(VirtualLoop loop) {
        return new DatagramNetwork() {
            @Override
            public DatagramNetwork.Socket open(InetSocketAddress bind, Receiver receiver) throws IOException {
                return Host.this.open(bind, receiver, loop);
            }

            @Override
            public CompletionStage<InetAddress> resolve(String host) {
                InetAddress found = network.look(host);
                return found == null
                        ? CompletableFuture.failedFuture(new UnknownHostException(host))
                        : CompletableFuture.completedFuture(found);
            }
        };
    }

    Line up() {
        return up;
    }

    Line down() {
        return down;
    }

    Route from(String sender) {
        return from.computeIfAbsent(
                sender, s -> new Route(seed.child("from").child(s).entropy()));
    }

    /** A datagram has come all the way. */
    Fate receive(Datagram datagram) {
        Integer port = datagram.to().getPort();
        if (nat != null) {
            port = nat.inbound(port, network.world().nanoTime());
            if (port == null) {
                return Fate.NAT_CLOSED;
            }
        }
        Socket socket = sockets.get(port);
        if (socket == null || socket.loop.isOver()) {
            return Fate.NOBODY_THERE;
        }
        byte[] data = datagram.data().readOnlyArray();
        socket.loop.enter(() -> socket.receiver.received(datagram.from(), data, data.length));
        return Fate.DELIVERED;
    }

    private DatagramNetwork.Socket open(InetSocketAddress bind, DatagramNetwork.Receiver receiver, VirtualLoop loop)
            throws IOException {
        if (!bind.getAddress().isAnyLocalAddress() && !bind.getAddress().equals(address)) {
            throw new BindException(bind + " is not an address of " + name);
        }
        int port = bind.getPort() == 0 ? freePort() : bind.getPort();
        if (isTaken(port)) {
            throw new BindException("port " + port + " of " + name + " is taken");
        }
        Socket socket = new Socket(new InetSocketAddress(address, port), receiver, loop);
        sockets.put(port, socket);
        return socket;
    }

    private boolean isTaken(int port) {
        Socket socket = sockets.get(port);
        return socket != null && !socket.loop.isOver();
    }

    private int freePort() throws IOException {
        if (sockets.size() >= EPHEMERAL_PORTS) {
            throw new BindException("no port is free on " + name);
        }
        int port;
        do {
            port = FIRST_EPHEMERAL_PORT + (int) ports.below(EPHEMERAL_PORTS);
        } while (isTaken(port));
        return port;
    }

    private final class Socket implements DatagramNetwork.Socket {

        private final InetSocketAddress local;
        private final DatagramNetwork.Receiver receiver;
        private final VirtualLoop loop;

        Socket(InetSocketAddress local, DatagramNetwork.Receiver receiver, VirtualLoop loop) {
            this.local = local;
            this.receiver = receiver;
            this.loop = loop;
        }

        @Override
        public InetSocketAddress localAddress() {
            return local;
        }

        @Override
        public void send(InetSocketAddress to, byte[] data, int offset, int length) {
            if (loop.isOver() || !equals(sockets.get(local.getPort()))) {
                return; // no power, or closed
            }
            InetSocketAddress seen = nat == null
                    ? local
                    : nat.outbound(local.getPort(), network.world().nanoTime());
            network.send(Host.this, seen, to, Arrays.copyOfRange(data, offset, offset + length));
        }

        @Override
        public void close() {
            sockets.remove(local.getPort(), this);
        }
    }
}
