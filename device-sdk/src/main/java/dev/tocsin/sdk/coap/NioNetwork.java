package dev.tocsin.sdk.coap;

import dev.tocsin.sdk.port.DatagramNetwork;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The machine's own UDP. One thread ({@code tocsin-net}) receives for all sockets, however many there are; a few more
 * ({@code tocsin-names}) exist only while host names are looked up. All are daemons.
 */
public final class NioNetwork implements DatagramNetwork, AutoCloseable {

    /** Receive buffer for a centre, which thousands of devices may address at once. */
    public static final int CENTRE_RECEIVE_BUFFER_BYTES = 4 << 20;

    /** Leaves the receive buffer as the system has it. */
    public static final int DEFAULT_RECEIVE_BUFFER = 0;

    private static final Logger LOG = LoggerFactory.getLogger(NioNetwork.class);

    /** UDP cannot carry more. */
    private static final int MAX_DATAGRAM_BYTES = 65_535;

    /** Datagrams taken from one socket before the next has its turn. */
    private static final int BURST = 64;

    private static final int CLOSE_WAITS = 1_000;
    private static final long CLOSE_WAIT_NS = 100_000;

    private static final int MAX_NAME_THREADS = 4;
    private static final int MAX_NAMES_WAITING = 64;

    private final int receiveBufferBytes;
    private final Selector selector;
    private final ThreadPoolExecutor names;
    private final Thread thread = daemon(this::receiveUntilClosed, "tocsin-net");
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_DATAGRAM_BYTES);
    private final byte[] datagram = new byte[MAX_DATAGRAM_BYTES];

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
        this.receiveBufferBytes = receiveBufferBytes;
        selector = Selector.open();
        names = new ThreadPoolExecutor(
                MAX_NAME_THREADS,
                MAX_NAME_THREADS,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MAX_NAMES_WAITING),
                task -> daemon(task, "tocsin-names"));
        names.allowCoreThreadTimeOut(true);
        thread.start();
    }

    @Override
    public Socket open(InetSocketAddress bind, Receiver receiver) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.configureBlocking(false);
            if (receiveBufferBytes > 0) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBufferBytes);
            }
            channel.bind(bind);
            InetSocketAddress local = (InetSocketAddress) channel.getLocalAddress();
            channel.register(selector, SelectionKey.OP_READ, receiver);
            selector.wakeup(); // a selection under way does not see the new key
            return new NioSocket(channel, local);
        } catch (ClosedSelectorException e) {
            channel.close();
            throw new IOException("the network is closed", e);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public CompletionStage<InetAddress> resolve(String host) {
        CompletableFuture<InetAddress> found = new CompletableFuture<>();
        try {
            names.execute(() -> {
                try {
                    found.complete(InetAddress.getByName(host));
                } catch (UnknownHostException | RuntimeException e) {
                    found.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            found.completeExceptionally(new UnknownHostException(host + ": too many names are being looked up"));
        }
        return found;
    }

    /** Closes every socket and ends the threads. */
    @Override
    public void close() throws IOException {
        names.shutdownNow();
        if (!selector.isOpen()) {
            return;
        }
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }

    private void receiveUntilClosed() {
        while (selector.isOpen()) {
            try {
                selector.select(this::receive);
            } catch (ClosedSelectorException e) {
                return;
            } catch (IOException | RuntimeException e) {
                LOG.warn("receiving goes on after: {}", e.toString(), e);
            }
        }
    }

    private void receive(SelectionKey key) {
        DatagramChannel channel = (DatagramChannel) key.channel();
        Receiver receiver = (Receiver) key.attachment();
        for (int i = 0; i < BURST; i++) {
            buffer.clear();
            try {
                InetSocketAddress from = (InetSocketAddress) channel.receive(buffer);
                if (from == null) {
                    return;
                }
                int length = buffer.flip().remaining();
                buffer.get(datagram, 0, length);
                receiver.received(from, datagram, length);
            } catch (ClosedChannelException | CancelledKeyException e) {
                return;
            } catch (IOException e) {
                // Such as ICMP's "port unreachable" about a datagram sent before: that one is lost, the socket is well.
                LOG.debug("a datagram was not received: {}", e.toString());
            } catch (RuntimeException e) {
                LOG.error("a receiver failed", e);
            }
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private final class NioSocket implements Socket {

        private final DatagramChannel channel;
        private final InetSocketAddress local;

        NioSocket(DatagramChannel channel, InetSocketAddress local) {
            this.channel = channel;
            this.local = local;
        }

        @Override
        public InetSocketAddress localAddress() {
            return local;
        }

        @Override
        public void send(InetSocketAddress to, byte[] data, int offset, int length) {
            try {
                channel.send(ByteBuffer.wrap(data, offset, length), to);
            } catch (IOException | RuntimeException e) {
                // No route, no such port, closed: all the same to the one who waits for an answer.
                LOG.debug("a datagram to {} did not leave: {}", to, e.toString());
            }
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                LOG.debug("closing {}: {}", local, e.toString());
            }
            // The port is free only once the selector has let go of the channel, too.
            selector.wakeup();
            for (int i = 0; i < CLOSE_WAITS && channel.isRegistered() && Thread.currentThread() != thread; i++) {
                LockSupport.parkNanos(CLOSE_WAIT_NS);
            }
        }
    }
}
