package dev.tocsin.sdk.coap;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.eclipse.californium.scandium.dtls.AlertMessage;
import org.eclipse.californium.scandium.dtls.AlertMessage.AlertDescription;
import org.eclipse.californium.scandium.dtls.AlertMessage.AlertLevel;
import org.eclipse.californium.scandium.dtls.HandshakeException;
import org.eclipse.californium.scandium.dtls.Handshaker;
import org.eclipse.californium.scandium.dtls.SessionAdapter;

/**
 * Refuses handshakes that an address begins too often, and tells of those that failed because one side would not: not of
 * those that merely found no answer. A handshake begins when the address has sent the cookie back: who only claims an address
 * costs a hash, and takes nothing from who has it. Any thread.
 */
final class HandshakeRefusals extends SessionAdapter {

    private final Optional<Buckets> begun;
    private volatile BiConsumer<InetSocketAddress, String> listener = (peer, why) -> {};

    /** @param begun how many each address may begin; any number where empty */
    HandshakeRefusals(Optional<Buckets> begun) {
        this.begun = begun;
    }

    void tell(BiConsumer<InetSocketAddress, String> to) {
        listener = to;
    }

    @Override
    public void handshakeStarted(Handshaker handshaker) throws HandshakeException {
        if (begun.isPresent() && begun.get().take(handshaker.getPeerAddress().getAddress(), 1) > 0) {
            throw new HandshakeException(
                    "too many handshakes of this address",
                    new AlertMessage(AlertLevel.FATAL, AlertDescription.INTERNAL_ERROR));
        }
    }

    @Override
    public void handshakeFailed(Handshaker handshaker, Throwable error) {
        if (error instanceof HandshakeException) {
            listener.accept(handshaker.getPeerAddress(), Reasons.of(error));
        }
    }
}
