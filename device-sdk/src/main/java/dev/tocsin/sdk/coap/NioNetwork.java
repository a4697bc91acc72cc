package dev.tocsin.sdk.coap;

import dev.tocsin.sdk.port.DatagramNetwork;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.Selector;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The machine's own UDP, with threads ({@code tocsin-net}) that receive for all sockets, however many there are: one, or a
 * few that take turns, where each works off what it received while the next one waits for the datagram after it. A few more
 * ({@code tocsin-names}) exist only while host names are looked up. All are daemons.
 */
public final class NioNetwork implements DatagramNetwork, AutoCloseable {

    /** Receive buffer for a centre, which thousands of devices may address at once. */
    public static final int CENTRE_RECEIVE_BUFFER_BYTES = 4 << 20;

    /** Leaves the receive buffer as the system has it. */
    public static final int DEFAULT_RECEIVE_BUFFER = 0;

    private static final Logger LOG = LoggerFactory.getLogger(NioNetwork.class);

    private final NioSockets sockets;
    private final Executor inPlace;
    private final ReentrantLock turn = new ReentrantLock();
    private final List<Thread> threads;

    /** A network with the system's receive buffers. */
    public NioNetwork() throws IOException {
        this(DEFAULT_RECEIVE_BUFFER);
    }

    /**
     * A network whose sockets ask for a receive buffer; the system may grant less.
     *
     * @param receiveBufferBytes bytes per socket, or {@value #DEFAULT_RECEIVE_BUFFER}
     */
    public NioNetwork(int receiveBufferBytes) throws IOException {
        this(receiveBufferBytes, 1, Runnable::run);
    }

    /**
     * A network that receives on several threads. Its receivers get several datagrams at a time, and may block for a while
     * if not all of them do.
     *
     * @param receiveBufferBytes bytes per socket, or {@value #DEFAULT_RECEIVE_BUFFER}
     * @param threads how many take turns; 1 or more
     * @param inPlace runs what it is given before it returns, on the calling thread
     */
    public NioNetwork(int receiveBufferBytes, int threads, Executor inPlace) throws IOException {
        this.inPlace = inPlace;
        this.sockets = new NioSockets(receiveBufferBytes, this::isOnlyReceiver);
        this.threads = Stream.generate(() -> NioSockets.daemon(this::receiveUntilClosed, "tocsin-net"))
                .limit(threads)
                .toList();
        this.threads.forEach(Thread::start);
    }

    private boolean isOnlyReceiver() {
        return threads.size() == 1 && threads.contains(Thread.currentThread());
    }

    @Override
    public Socket open(InetSocketAddress bind, Receiver receiver) throws IOException {
        return sockets.open(bind, receiver);
    }

    @Override
    public CompletionStage<InetAddress> resolve(String host) {
        return sockets.resolve(host);
    }

    /** Closes every socket and ends the threads. */
    @Override
    public void close() throws IOException {
        sockets.close();
    }

    private void receiveUntilClosed() {
        NioSockets.Inbox inbox = new NioSockets.Inbox();
        while (sockets.selector().isOpen()) {
            try {
                if (next(inbox)) {
                    inPlace.execute(inbox::deliver);
                }
            } catch (ClosedSelectorException e) {
                return;
            } catch (IOException | RuntimeException e) {
                LOG.warn("receiving goes on after: {}", e.toString(), e);
            }
        }
    }

    /** Waits for a datagram, while no other thread does. A socket that has more is told of again. */
    private boolean next(NioSockets.Inbox inbox) throws IOException {
        boolean[] taken = new boolean[1];
        turn.lock();
        try {
            Selector selector = sockets.selector();
            selector.select(key -> taken[0] = taken[0] || NioSockets.take(key, inbox));
            return taken[0];
        } finally {
            turn.unlock();
        }
    }
}
