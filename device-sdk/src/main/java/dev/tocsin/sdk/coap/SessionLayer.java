package dev.tocsin.sdk.coap;

import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.network.stack.AbstractLayer;
import org.eclipse.californium.elements.AddressEndpointContext;
import org.eclipse.californium.elements.DtlsEndpointContext;
import org.eclipse.californium.elements.EndpointContext;
import org.eclipse.californium.elements.MapBasedEndpointContext;
import org.jspecify.annotations.Nullable;

/**
 * Decides for each transmission of a request which DTLS session it goes out in: the one that stands, or, where the centre
 * may have lost that, a fresh one that is offered in its place. Lies below the retransmission. Called by one exchange at a
 * time; its own state is guarded.
 */
final class SessionLayer extends AbstractLayer {

    private static final int MAX_PEERS = 64;

    private final @Nullable PortDtlsConnector dtls;

    /** By peer, the session in which a whole exchange went unanswered and none was answered since. */
    private final Map<InetSocketAddress, Object> suspects = new LinkedHashMap<>();

    /** By peer, how many requests it has answered. */
    private final Map<InetSocketAddress, Long> answers = new LinkedHashMap<>();

    /** @param dtls where the sessions are, or null where there are none, or none may be begun */
    SessionLayer(@Nullable PortDtlsConnector dtls) {
        this.dtls = dtls;
    }

    @Override
    public void sendRequest(Exchange exchange, Request message) {
        if (exchange.getRequest() instanceof TimedRequest request) {
            int repeat = exchange.getFailedTransmissionCount();
            if (repeat > request.timing().retransmissions()) {
                exchange.setTimedOut(message);
                return;
            }
            if (dtls != null) {
                chooseSession(dtls, exchange, message, request, repeat);
            }
        }
        super.sendRequest(exchange, message);
    }

    private void chooseSession(
            PortDtlsConnector sessions, Exchange exchange, Request message, TimedRequest request, int repeat) {
        InetSocketAddress peer = message.getDestinationContext().getPeerAddress();
        EndpointContext context = new AddressEndpointContext(peer);
        // Californium forgets the session of the transmission before; but a late answer within it still counts.
        exchange.setEndpointContextPreOperator(established -> request.context = established);
        if (request.context != null) {
            exchange.setEndpointContext(request.context);
        }
        Object session = sessions.sessionWith(peer);
        boolean due = request.timing().probeAt().equals(OptionalInt.of(repeat));
        if (session != null
                && (repeat == 0
                        ? due || isSuspect(peer, session)
                        : due && isSame(session, request.sentIn) && !hasAnsweredSince(peer, request))) {
            context = MapBasedEndpointContext.setEntries(context, DtlsEndpointContext.ATTRIBUTE_HANDSHAKE_MODE_PROBE);
        }
        message.setEffectiveDestinationContext(context); // not tied to a session, as Californium would have it
    }

    /** Notes in which session the request left. Called whenever a datagram of it did. */
    void left(TimedRequest request) {
        if (dtls != null) {
            InetSocketAddress peer = request.getDestinationContext().getPeerAddress();
            request.sentIn = dtls.sessionWith(peer);
            if (request.answersBefore < 0) {
                request.answersBefore = answersOf(peer);
            }
        }
    }

    void answered(TimedRequest request) {
        InetSocketAddress peer = request.getDestinationContext().getPeerAddress();
        synchronized (suspects) {
            suspects.remove(peer);
            answers.merge(peer, 1L, Long::sum);
            bound(answers);
        }
    }

    /** A peer that answered something else meanwhile has not lost the session: it is busy, and a handshake would add to it. */
    private boolean hasAnsweredSince(InetSocketAddress peer, TimedRequest request) {
        return answersOf(peer) != request.answersBefore;
    }

    private long answersOf(InetSocketAddress peer) {
        synchronized (suspects) {
            return answers.getOrDefault(peer, 0L);
        }
    }

    /** The request was sent, and nobody answered. */
    void unanswered(TimedRequest request) {
        Object session = request.sentIn;
        if (session != null) {
            synchronized (suspects) {
                suspects.put(request.getDestinationContext().getPeerAddress(), session);
                bound(suspects);
            }
        }
    }

    private static void bound(Map<InetSocketAddress, ?> map) {
        if (map.size() > MAX_PEERS) {
            Iterator<?> eldest = map.values().iterator();
            eldest.next();
            eldest.remove();
        }
    }

    private boolean isSuspect(InetSocketAddress peer, Object session) {
        synchronized (suspects) {
            return isSame(session, suspects.get(peer));
        }
    }

    @SuppressWarnings("ReferenceEquality") // resumed sessions may be equal, yet are not the same
    private static boolean isSame(Object session, @Nullable Object other) {
        return session == other;
    }
}
