package dev.tocsin.sdk.coap;

import java.util.Optional;
import java.util.function.Function;
import org.eclipse.californium.core.coap.OptionSet;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.network.stack.AbstractLayer;

/**
 * Lets a block-wise upload (RFC 7959) begin only where somebody takes it. The block-wise layer above sets aside room for a
 * whole body with the first block, one for each URI that a peer names, and asks only at the end whether such a URI is served:
 * a few bytes a datagram would fill the memory. Host, port and query, which nobody looks at, are taken away for the same
 * reason. So a peer has at most one upload a resource. Any thread.
 */
final class UploadGuard extends AbstractLayer {

    private volatile Function<Request, Optional<Response>> refusal = request -> Optional.empty();

    /** From now on it is asked of each first block, and each later one, whether it is refused. */
    void ask(Function<Request, Optional<Response>> whether) {
        refusal = whether;
    }

    @Override
    public void receiveRequest(Exchange exchange, Request request) {
        OptionSet options = request.getOptions();
        if (options.hasBlock1()) {
            Optional<Response> refused = refusal.apply(request);
            if (refused.isPresent()) {
                refused.get().setDestinationContext(request.getSourceContext());
                sendResponse(exchange, refused.get());
                return;
            }
            options.removeUriHost();
            options.removeUriPort();
            options.clearUriQuery();
        }
        super.receiveRequest(exchange, request);
    }
}
