package dev.tocsin.benchmarks.lossy;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * A network that loses packets, each way and each on its own, and takes its time. Whoever listens on {@link #HERE} is reached
 * through it under {@link #THERE}: a packet to there has its two addresses swapped and comes back as one from there to here,
 * so that both ends may be sockets of one machine. (Swapping changes no checksum: both are in each sum.)
 */
public final class BadNetwork implements AutoCloseable {

    /** Where receivers listen. */
    public static final String HERE = "10.99.0.1";

    /** Where devices reach them. */
    public static final String THERE = "10.99.0.2";

    private static final String NAME = "tocsin0";
    private static final int MTU = 1_500;
    private static final int SOURCE = 12;
    private static final int DESTINATION = 16;
    private static final int VERSION_SHIFT = 4;
    private static final int IPV4 = 4;

    /** Packets on the way; beyond it they are lost, as in any router. */
    private static final int MAX_ON_THE_WAY = 10_000;

    private record Packet(long dueNs, Memory bytes, int size) {}

    private final Tun tun;
    private final long oneWayNs;
    private final SplittableRandom random = new SplittableRandom(42);
    private final Deque<Packet> onTheWay = new ArrayDeque<>();
    private final Thread writer = new Thread(this::write, "bad-network-out");
    private volatile double loss;
    private volatile boolean closed;

    private BadNetwork(Tun tun, Duration roundTrip) {
        this.tun = tun;
        this.oneWayNs = roundTrip.toNanos() / 2;
    }

    /**
     * Makes it, without loss yet. The process must be in a network namespace of its own, and may do there what it wants.
     *
     * @throws IOException if it cannot, saying why
     */
    public static BadNetwork open(Duration roundTrip) throws IOException {
        BadNetwork network = new BadNetwork(Tun.open(NAME), roundTrip);
        ip("link", "set", "lo", "up");
        ip("addr", "add", HERE + "/24", "dev", NAME);
        ip("link", "set", NAME, "up");
        Thread reader = new Thread(network::read, "bad-network-in");
        reader.setDaemon(true);
        reader.start();
        network.writer.setDaemon(true);
        network.writer.start();
        return network;
    }

    private static void ip(String... words) throws IOException {
        String[] command = new String[words.length + 1];
        command[0] = "ip";
        System.arraycopy(words, 0, command, 1, words.length);
        Process ip = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(ip.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        try {
            if (ip.waitFor() != 0) {
                throw new IOException("ip " + String.join(" ", words) + ": " + said.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Loses this share of all packets from now on, 0 to 1. */
    public void lose(double share) {
        loss = share;
    }

    private void read() {
        while (!closed) {
            Memory packet = new Memory(MTU);
            int size;
            try {
                size = tun.read(packet);
            } catch (LastErrorException e) {
                return; // closed
            }
            boolean ipv4 = (packet.getByte(0) >> VERSION_SHIFT & 0xf) == IPV4;
            if (!ipv4 || random.nextDouble() < loss) {
                continue;
            }
            int source = packet.getInt(SOURCE);
            packet.setInt(SOURCE, packet.getInt(DESTINATION));
            packet.setInt(DESTINATION, source);
            synchronized (onTheWay) {
                if (onTheWay.size() < MAX_ON_THE_WAY) {
                    onTheWay.add(new Packet(System.nanoTime() + oneWayNs, packet, size));
                }
            }
            LockSupport.unpark(writer);
        }
    }

    private void write() {
        while (!closed) {
            Packet next;
            synchronized (onTheWay) {
                next = onTheWay.peek();
            }
            if (next == null) {
                LockSupport.park(this);
                continue;
            }
            long leftNs = next.dueNs - System.nanoTime();
            if (leftNs > 0) {
                LockSupport.parkNanos(this, leftNs);
                continue;
            }
            synchronized (onTheWay) {
                onTheWay.remove();
            }
            try {
                tun.write(next.bytes, next.size);
            } catch (LastErrorException e) {
                // the kernel does not take it: lost
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(writer);
        tun.close();
    }
}
