package dev.tocsin.sdk.coap;

import dev.tocsin.sdk.port.DatagramNetwork;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Stands between one device and a centre like a router with address translation; loses datagrams when told to. */
public final class NatBox implements AutoCloseable {

    // RFC 6347, section 4.1; RFC 5246, section 7.4
    private static final int HANDSHAKE = 22;
    private static final int RECORD_HEADER_BYTES = 13;
    private static final int CLIENT_HELLO = 1;

    private final DatagramNetwork network;
    private final InetSocketAddress centre;
    private final DatagramNetwork.Socket inside;
    private volatile DatagramNetwork.Socket outside;
    private volatile @Nullable InetSocketAddress device;
    private volatile boolean cutUp;
    private volatile boolean cutDown;
    private volatile int lastUpwards = -1;
    private final AtomicInteger upwards = new AtomicInteger();
    private final AtomicInteger clientHellos = new AtomicInteger();

    /** Between a device, which is given {@link #address}, and this centre. */
    public NatBox(DatagramNetwork network, InetSocketAddress centre) throws IOException {
        this.network = network;
        this.centre = centre;
        outside = network.open(Loopback.anyPort(), this::fromCentre);
        inside = network.open(Loopback.anyPort(), this::fromDevice);
    }

    /** Where the device believes its centre to be. */
    public InetSocketAddress address() {
        return inside.localAddress();
    }

    /** Forgets the mapping: from now on the centre sees the device under another port. */
    void rebind() throws IOException {
        DatagramNetwork.Socket before = outside;
        outside = network.open(Loopback.anyPort(), this::fromCentre);
        before.close();
    }

    /** Loses everything, or nothing any more. */
    void cut(boolean everything) {
        cutUp(everything);
        cutDown = everything;
    }

    /** Loses everything that the device sends, or nothing of it any more. */
    void cutUp(boolean everything) {
        cutUp = everything;
    }

    /** Loses everything from that many datagrams of the device's on. */
    void cutAfter(int more) {
        lastUpwards = upwards.get() + more;
    }

    boolean isCut() {
        return cutUp;
    }

    /** Datagrams that went from the device to the centre. */
    int upwards() {
        return upwards.get();
    }

    /** Those of them with which a handshake begins, including the one that repeats the cookie. */
    public int clientHellos() {
        return clientHellos.get();
    }

    private void fromDevice(InetSocketAddress from, byte[] data, int length) {
        device = from;
        if (!cutUp) {
            if (upwards.incrementAndGet() == lastUpwards) {
                cut(true);
            }
            if (data[0] == HANDSHAKE && data[RECORD_HEADER_BYTES] == CLIENT_HELLO) {
                clientHellos.incrementAndGet();
            }
            outside.send(centre, data, 0, length);
        }
    }

    private void fromCentre(InetSocketAddress from, byte[] data, int length) {
        InetSocketAddress to = device;
        if (to != null && !cutDown) {
            inside.send(to, data, 0, length);
        }
    }

    @Override
    public void close() {
        inside.close();
        outside.close();
    }
}
