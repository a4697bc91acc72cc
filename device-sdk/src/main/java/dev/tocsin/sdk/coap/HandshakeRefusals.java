package dev.tocsin.sdk.coap;

import java.net.InetSocketAddress;
import java.util.function.BiConsumer;
import org.eclipse.californium.scandium.dtls.HandshakeException;
import org.eclipse.californium.scandium.dtls.Handshaker;
import org.eclipse.californium.scandium.dtls.SessionAdapter;

/** Tells of handshakes that failed because one side would not: not of those that merely found no answer. Any thread. */
final class HandshakeRefusals extends SessionAdapter {

    private volatile BiConsumer<InetSocketAddress, String> listener = (peer, why) -> {};

    void tell(BiConsumer<InetSocketAddress, String> to) {
        listener = to;
    }

    @Override
    public void handshakeFailed(Handshaker handshaker, Throwable error) {
        if (error instanceof HandshakeException) {
            listener.accept(handshaker.getPeerAddress(), Reasons.of(error));
        }
    }
}
