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
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The machine's UDP sockets on one selector, without a thread that waits for them. Any thread. */
final class NioSockets implements DatagramNetwork, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NioSockets.class);

    /** UDP cannot carry more. */
    private static final int MAX_DATAGRAM_BYTES = 65_535;

    private static final int CLOSE_WAITS = 1_000;
    private static final long CLOSE_WAIT_NS = 100_000;

    private static final int MAX_NAME_THREADS = 4;
    private static final int MAX_NAMES_WAITING = 64;

    private final int receiveBufferBytes;
    private final BooleanSupplier waits;
    private final Selector selector;
    private final ThreadPoolExecutor names;

    /**
     * Opens the selector.
     *
     * @param receiveBufferBytes bytes per socket, or {@value NioNetwork#DEFAULT_RECEIVE_BUFFER} for the system's own
     * @param waits whether the calling thread is the only one that waits on the selector
     */
    NioSockets(int receiveBufferBytes, BooleanSupplier waits) throws IOException {
        this.receiveBufferBytes = receiveBufferBytes;
        this.waits = waits;
        selector = Selector.open();
        names = new ThreadPoolExecutor(
                MAX_NAME_THREADS,
                MAX_NAME_THREADS,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MAX_NAMES_WAITING),
                task -> daemon(task, "tocsin-names"));
        names.allowCoreThreadTimeOut(true);
    }

    /** What one thread receives into. */
    static final class Inbox {
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_DATAGRAM_BYTES);
        private final byte[] datagram = new byte[MAX_DATAGRAM_BYTES];
        private int length;
        private InetSocketAddress from = new InetSocketAddress(0);
        private Receiver receiver = (sender, data, size) -> {};

        /** Hands over what was taken last. */
        void deliver() {
            try {
                receiver.received(from, datagram, length);
            } catch (RuntimeException e) {
                LOG.error("a receiver failed", e);
            }
        }
    }

    /** Its selector: whoever waits on it gives each key to {@link #take}. */
    Selector selector() {
        return selector;
    }

    /** Takes one datagram from a socket, if there is one. */
    static boolean take(SelectionKey key, Inbox inbox) {
        DatagramChannel channel = (DatagramChannel) key.channel();
        inbox.buffer.clear();
        try {
            InetSocketAddress from = (InetSocketAddress) channel.receive(inbox.buffer);
            if (from == null) {
                return false;
            }
            inbox.from = from;
            inbox.length = inbox.buffer.flip().remaining();
            inbox.buffer.get(inbox.datagram, 0, inbox.length);
            inbox.receiver = (Receiver) key.attachment();
            return true;
        } catch (ClosedChannelException | CancelledKeyException e) {
            return false;
        } catch (IOException e) {
            // Such as ICMP's "port unreachable" about a datagram sent before: that one is lost, the socket is well.
            LOG.debug("a datagram was not received: {}", e.toString());
            return false;
        }
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

    /** Closes every socket and the selector, which ends whoever waits on it. */
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

    static Thread daemon(Runnable task, String name) {
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
            for (int i = 0; i < CLOSE_WAITS && channel.isRegistered() && !waits.getAsBoolean(); i++) {
                LockSupport.parkNanos(CLOSE_WAIT_NS);
            }
        }
    }
}
