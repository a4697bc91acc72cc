package dev.tocsin.sdk.coap;

import dev.tocsin.sdk.port.Entropy;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.network.stack.ReliabilityLayer;
import org.eclipse.californium.elements.config.Configuration;

/** Californium's retransmission, spread by the given entropy, and with a request's own timing for each of its blocks. */
final class SpreadReliability extends ReliabilityLayer {

    private final Entropy entropy;

    SpreadReliability(Configuration config, Entropy entropy) {
        super(config);
        this.entropy = entropy;
    }

    @Override
    protected void prepareRequest(Exchange exchange, Request request) {
        if (request.getReliabilityLayerParameters() == null) {
            // A block does not inherit it.
            request.setReliabilityLayerParameters(exchange.getRequest().getReliabilityLayerParameters());
        }
        super.prepareRequest(exchange, request);
    }

    @Override
    protected int getRandomTimeout(int timeoutMs, float stretch) {
        return timeoutMs + (int) (entropy.nextUnit() * (timeoutMs * (stretch - 1) + 1));
    }
}
