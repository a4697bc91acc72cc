package dev.tocsin.sdk.coap;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.eclipse.californium.scandium.dtls.AlertMessage;
import org.eclipse.californium.scandium.dtls.AlertMessage.AlertDescription;
import org.eclipse.californium.scandium.dtls.AlertMessage.AlertLevel;
import org.eclipse.californium.scandium.dtls.DTLSContext;
import org.eclipse.californium.scandium.dtls.DtlsHandshakeTimeoutException;
import org.eclipse.californium.scandium.dtls.HandshakeException;
import org.eclipse.californium.scandium.dtls.Handshaker;
import org.eclipse.californium.scandium.dtls.ResumingClientHandshaker;
import org.eclipse.californium.scandium.dtls.SessionAdapter;

/**
 * Refuses handshakes that an address begins too often, and tells of those that failed because one side would not: not of
 * those that merely found no answer. A handshake begins when the address has sent the cookie back: who only claims an address
 * costs a hash, and takes nothing from who has it. Counts those that came to their end, and has a device keep what a full one
 * agreed on. Any thread.
 */
final class HandshakeWatch extends SessionAdapter {

    private final Optional<Buckets> begun;
    private final Optional<DeviceSessions> kept;
    private final AtomicLong full = new AtomicLong();
    private final AtomicLong resumed = new AtomicLong();
    private volatile BiConsumer<InetSocketAddress, String> listener = (peer, why) -> {};

    /**
     * @param begun how many each address may begin; any number where empty
     * @param kept what a device resumes after a restart, if it keeps anything
     */
    HandshakeWatch(Optional<Buckets> begun, Optional<DeviceSessions> kept) {
        this.begun = begun;
        this.kept = kept;
    }

    void tell(BiConsumer<InetSocketAddress, String> to) {
        listener = to;
    }

    CoapNode.Handshakes counted() {
        return new CoapNode.Handshakes(full.get(), resumed.get());
    }

    @Override
    public void contextEstablished(Handshaker handshaker, DTLSContext context) {
        if (handshaker.isFullHandshake()) {
            full.incrementAndGet();
            kept.ifPresent(sessions -> sessions.keep(handshaker.getPeerAddress(), context.getSession()));
        } else {
            resumed.incrementAndGet();
        }
    }

    @Override
    public void handshakeStarted(Handshaker handshaker) throws HandshakeException {
        if (begun.isPresent() && begun.get().take(handshaker.getPeerAddress().getAddress(), 1) > 0) {
            throw new HandshakeException(
                    "too many handshakes of this address",
                    new AlertMessage(AlertLevel.FATAL, AlertDescription.INTERNAL_ERROR));
        }
    }

    /**
     * Whether a failure says something of the session. Where nobody answered the first flight it does not: the centre was not
     * there, as after a power cut that the device survived and the line did not yet.
     */
    static boolean isAbout(Throwable failure) {
        return !(failure instanceof DtlsHandshakeTimeoutException silence && silence.getFlightNumber() <= 1);
    }

    @Override
    public void handshakeFailed(Handshaker handshaker, Throwable error) {
        if (handshaker instanceof ResumingClientHandshaker
                && !handshaker.isProbing()
                && !handshaker.hasContextEstablished()
                && isAbout(error)) {
            kept.ifPresent(sessions -> sessions.forget(handshaker.getPeerAddress()));
        }
        if (error instanceof HandshakeException) {
            listener.accept(handshaker.getPeerAddress(), Reasons.of(error));
        }
    }
}
