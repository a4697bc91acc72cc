package dev.tocsin.sdk.coap;

import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.network.stack.AbstractLayer;

/** Tells of every error that answers a request which no handler was asked about: what Californium refuses, and we by path and method. Lies below the block-wise layer. */
final class RefusalLayer extends AbstractLayer {

    private volatile CoapService.RefusalListener listener = (peer, code, why) -> {};

    void tell(CoapService.RefusalListener to) {
        listener = to;
    }

    /** What a handler answers: it has told already whom it refused. */
    static final class Handled extends Response {
        Handled(ResponseCode code) {
            super(code);
        }
    }

    @Override
    public void sendResponse(Exchange exchange, Response response) {
        if (response.isError() && !(response instanceof Handled)) {
            listener.refused(
                    Peer.of(exchange.getCurrentRequest().getSourceContext()),
                    response.getCode().codeClass * 100 + response.getCode().codeDetail,
                    response.getPayloadString());
        }
        super.sendResponse(exchange, response);
    }
}
