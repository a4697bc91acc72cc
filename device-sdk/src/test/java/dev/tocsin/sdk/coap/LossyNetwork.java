package dev.tocsin.sdk.coap;

import dev.tocsin.sdk.port.DatagramNetwork;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;

/** A network that loses, when told to, all that is sent or all that comes. Any thread. */
public final class LossyNetwork implements DatagramNetwork {

    private final DatagramNetwork below;
    private volatile boolean losesSent;
    private volatile boolean losesComing;

    /** Loses nothing yet. */
    public LossyNetwork(DatagramNetwork below) {
        this.below = below;
    }

    /** From now on this is lost. */
    public void lose(boolean sent, boolean coming) {
        losesSent = sent;
        losesComing = coming;
    }

    @Override
    public Socket open(InetSocketAddress bind, Receiver receiver) throws IOException {
        Socket socket = below.open(bind, (from, data, length) -> {
            if (!losesComing) {
                receiver.received(from, data, length);
            }
        });
        return new Socket() {
            @Override
            public InetSocketAddress localAddress() {
                return socket.localAddress();
            }

            @Override
            public void send(InetSocketAddress to, byte[] data, int offset, int length) {
                if (!losesSent) {
                    socket.send(to, data, offset, length);
                }
            }

            @Override
            public void close() {
                socket.close();
            }
        };
    }

    @Override
    public CompletionStage<InetAddress> resolve(String host) {
        return below.resolve(host);
    }
}
