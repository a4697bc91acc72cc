package dev.tocsin.sdk.coap;

import dev.tocsin.sdk.port.Transport.Retransmission;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.network.stack.ReliabilityLayerParameters;
import org.eclipse.californium.elements.EndpointContext;
import org.jspecify.annotations.Nullable;

/** A confirmable request with a timing of its own, which the layers below look up. */
final class TimedRequest extends Request {

    private static final int MAX_TIMEOUT_MS = 3_600_000;

    private final Retransmission timing;

    /** The session of its latest transmission as Californium has it, or null until then. */
    @Nullable
    EndpointContext context;

    /** The same as Scandium has it; null in plain CoAP, too. */
    @Nullable
    Object sentIn;

    /** How many requests its peer had answered when it first left; negative until then. */
    long answersBefore = -1;

    TimedRequest(Retransmission timing) {
        this(CoAP.Code.POST, timing);
    }

    TimedRequest(CoAP.Code method, Retransmission timing) {
        super(method, CoAP.Type.CON);
        this.timing = timing;
        setReliabilityLayerParameters(ReliabilityLayerParameters.builder()
                .ackTimeout((int) Math.min(Math.max(2, timing.first().toMillis()), MAX_TIMEOUT_MS))
                .ackRandomFactor((float) timing.stretch())
                .ackTimeoutScale((float) timing.growth())
                .maxRetransmit(Math.max(1, timing.retransmissions())) // 0 is not taken; SessionLayer sees to it
                .maxAckTimeout(MAX_TIMEOUT_MS)
                .nstart(1)
                .build());
    }

    Retransmission timing() {
        return timing;
    }

    /** Nanoseconds from the first transmission until nobody waits for an answer any more. */
    long spanNs() {
        double timeoutNs = timing.first().toNanos() * timing.stretch();
        double spanNs = 0;
        for (int i = 0; i <= timing.retransmissions(); i++) {
            spanNs += timeoutNs;
            timeoutNs = Math.min(timeoutNs * timing.growth(), MAX_TIMEOUT_MS * 1e6);
        }
        return (long) spanNs;
    }
}
