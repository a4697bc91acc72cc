package dev.tocsin.benchmarks;

import dev.tocsin.sdk.port.DatagramNetwork;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.eclipse.californium.elements.Connector;
import org.eclipse.californium.elements.EndpointContextMatcher;
import org.eclipse.californium.elements.RawData;
import org.eclipse.californium.elements.RawDataChannel;
import org.eclipse.californium.elements.UdpEndpointContext;
import org.jspecify.annotations.Nullable;

/** As little as Californium can stand on in the virtual world. */
final class VirtualConnector implements Connector {

    private final DatagramNetwork network;
    private final InetSocketAddress bind;
    private @Nullable RawDataChannel channel;
    private DatagramNetwork.@Nullable Socket socket;

    VirtualConnector(DatagramNetwork network, InetSocketAddress bind) {
        this.network = network;
        this.bind = bind;
    }

    @Override
    public void start() throws IOException {
        socket = network.open(bind, this::received);
    }

    @Override
    public void send(RawData message) {
        if (socket != null) {
            message.onContextEstablished(new UdpEndpointContext(message.getInetSocketAddress()));
            socket.send(message.getInetSocketAddress(), message.bytes, 0, message.getSize());
            message.onSent();
        }
    }

    private void received(InetSocketAddress from, byte[] data, int length) {
        if (channel != null) {
            channel.receiveData(
                    RawData.inbound(Arrays.copyOf(data, length), new UdpEndpointContext(from), false, 0, getAddress()));
        }
    }

    @Override
    public void processDatagram(DatagramPacket datagram) {
        throw new UnsupportedOperationException("comes from the network");
    }

    @Override
    public void stop() {
        if (socket != null) {
            socket.close();
        }
    }

    @Override
    public void destroy() {
        stop();
    }

    @Override
    public void setRawDataReceiver(RawDataChannel receiver) {
        channel = receiver;
    }

    @Override
    public void setEndpointContextMatcher(EndpointContextMatcher matcher) {
        // one kind of peer, no sessions: everything fits
    }

    @Override
    public InetSocketAddress getAddress() {
        return socket == null ? bind : socket.localAddress();
    }

    @Override
    public String getProtocol() {
        return "UDP";
    }

    @Override
    public boolean isRunning() {
        return socket != null;
    }
}
