package dev.tocsin.sdk.coap;

import dev.tocsin.sdk.port.DatagramNetwork;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.elements.Connector;
import org.eclipse.californium.elements.EndpointContextMatcher;
import org.eclipse.californium.elements.RawData;
import org.eclipse.californium.elements.RawDataChannel;
import org.eclipse.californium.elements.UdpEndpointContext;
import org.eclipse.californium.elements.exception.EndpointMismatchException;
import org.eclipse.californium.elements.util.ClockUtil;
import org.jspecify.annotations.Nullable;

/** Plain UDP over a {@link DatagramNetwork}, for laboratories. Neither encrypted nor authenticated. Any thread. */
final class PortUdpConnector implements Connector {

    private final DatagramNetwork network;
    private final InetSocketAddress bind;
    private volatile @Nullable RawDataChannel channel;
    private volatile @Nullable EndpointContextMatcher matcher;
    private volatile DatagramNetwork.@Nullable Socket socket;

    PortUdpConnector(DatagramNetwork network, InetSocketAddress bind) {
        this.network = network;
        this.bind = bind;
    }

    @Override
    public synchronized void start() throws IOException {
        if (socket == null) {
            socket = network.open(bind, this::received);
        }
    }

    @Override
    public synchronized void stop() {
        DatagramNetwork.Socket open = socket;
        socket = null;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void destroy() {
        stop();
        channel = null;
    }

    @Override
    public void send(RawData message) {
        DatagramNetwork.Socket open = socket;
        InetSocketAddress to = message.getInetSocketAddress();
        if (open == null) {
            message.onError(new InterruptedIOException("closed"));
            return;
        }
        UdpEndpointContext context = new UdpEndpointContext(to);
        EndpointContextMatcher check = matcher;
        if (to.getPort() == 0 || (check != null && !check.isToBeSent(message.getEndpointContext(), context))) {
            message.onError(new EndpointMismatchException("UDP sending"));
            return;
        }
        message.onContextEstablished(context);
        open.send(to, message.bytes, 0, message.getSize());
        message.onSent();
    }

    private void received(InetSocketAddress from, byte[] data, int length) {
        RawDataChannel receiver = channel;
        if (receiver != null && from.getPort() != 0) {
            receiver.receiveData(RawData.inbound(
                    Arrays.copyOf(data, length),
                    new UdpEndpointContext(from),
                    false,
                    ClockUtil.nanoRealtime(),
                    getAddress()));
        }
    }

    @Override
    public void processDatagram(DatagramPacket datagram) {
        byte[] data = Arrays.copyOfRange(
                datagram.getData(), datagram.getOffset(), datagram.getOffset() + datagram.getLength());
        received((InetSocketAddress) datagram.getSocketAddress(), data, data.length);
    }

    @Override
    public void setRawDataReceiver(RawDataChannel receiver) {
        channel = receiver;
    }

    @Override
    public void setEndpointContextMatcher(EndpointContextMatcher check) {
        matcher = check;
    }

    @Override
    public InetSocketAddress getAddress() {
        DatagramNetwork.Socket open = socket;
        return open == null ? bind : open.localAddress();
    }

    @Override
    public String getProtocol() {
        return CoAP.PROTOCOL_UDP;
    }

    @Override
    public boolean isRunning() {
        return socket != null;
    }

    @Override
    public String toString() {
        return getProtocol() + "-" + getAddress();
    }
}
