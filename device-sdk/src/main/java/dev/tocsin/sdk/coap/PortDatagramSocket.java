package dev.tocsin.sdk.coap;

import dev.tocsin.sdk.port.DatagramNetwork;
import java.io.FileDescriptor;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.DatagramSocketImpl;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;

/**
 * The port's socket in the clothes of a {@link DatagramSocket}, which is all that Scandium can be given. Opens no file
 * descriptor of its own, and receives nothing: datagrams reach the connector another way. Any thread.
 */
final class PortDatagramSocket extends DatagramSocket {

    private final DatagramNetwork.Socket socket;
    private volatile boolean closed;

    PortDatagramSocket(DatagramNetwork.Socket socket) {
        super(new Unused());
        this.socket = socket;
    }

    @Override
    public void send(DatagramPacket packet) {
        socket.send(
                (InetSocketAddress) packet.getSocketAddress(),
                packet.getData(),
                packet.getOffset(),
                packet.getLength());
    }

    @Override
    public void bind(SocketAddress address) {
        throw new IllegalStateException("bound when it was opened");
    }

    @Override
    public boolean isBound() {
        return true;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        socket.close();
    }

    @Override
    public InetAddress getLocalAddress() {
        return socket.localAddress().getAddress();
    }

    @Override
    public int getLocalPort() {
        return socket.localAddress().getPort();
    }

    @Override
    public int getReceiveBufferSize() {
        return 0; // the network's business
    }

    @Override
    public int getSendBufferSize() {
        return 0;
    }

    /** Keeps the platform from opening a socket. None of it is ever called. */
    private static final class Unused extends DatagramSocketImpl {

        private static UnsupportedOperationException never() {
            return new UnsupportedOperationException("not a socket of the platform's");
        }

        @Override
        protected void create() {
            throw never();
        }

        @Override
        protected void bind(int port, InetAddress address) {
            throw never();
        }

        @Override
        protected void send(DatagramPacket packet) {
            throw never();
        }

        @Override
        protected int peek(InetAddress address) {
            throw never();
        }

        @Override
        protected int peekData(DatagramPacket packet) {
            throw never();
        }

        @Override
        protected void receive(DatagramPacket packet) {
            throw never();
        }

        @Deprecated
        @Override
        protected void setTTL(byte ttl) {
            throw never();
        }

        @Deprecated
        @Override
        protected byte getTTL() {
            throw never();
        }

        @Override
        protected void setTimeToLive(int ttl) {
            throw never();
        }

        @Override
        protected int getTimeToLive() {
            throw never();
        }

        @Override
        protected void join(InetAddress address) {
            throw never();
        }

        @Override
        protected void leave(InetAddress address) {
            throw never();
        }

        @Override
        protected void joinGroup(SocketAddress address, NetworkInterface on) {
            throw never();
        }

        @Override
        protected void leaveGroup(SocketAddress address, NetworkInterface on) {
            throw never();
        }

        @Override
        protected void close() {}

        @Override
        public void setOption(int option, Object value) {
            throw never();
        }

        @Override
        public Object getOption(int option) {
            throw never();
        }

        @Override
        protected FileDescriptor getFileDescriptor() {
            throw never();
        }
    }
}
