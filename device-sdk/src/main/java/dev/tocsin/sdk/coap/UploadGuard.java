package dev.tocsin.sdk.coap;

import dev.tocsin.sdk.port.Clock;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.californium.core.coap.BlockOption;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.OptionSet;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.network.stack.AbstractLayer;

/**
 * Lets a block-wise upload (RFC 7959) begin only where somebody takes it. The block-wise layer above sets aside room for a
 * whole body with the first block, one for each URI that a peer names, and asks only at the end whether such a URI is served:
 * a few bytes a datagram would fill the memory. Host, port and query, which nobody looks at, are taken away for the same
 * reason. So a peer has at most one upload a resource; a source has so many over all its sessions, and each has to end in
 * its time ({@link OpenUploads}). Any thread.
 */
final class UploadGuard extends AbstractLayer {

    /** No upload has so many blocks: the layer above takes it for one that does not fit, and lets go of the upload. */
    private static final int NO_BLOCK = (1 << 20) - 1;

    private final OpenUploads open;
    private volatile Function<Request, Optional<Response>> refusal = request -> Optional.empty();

    UploadGuard(Clock clock) {
        open = new OpenUploads(clock);
    }

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
                refuse(exchange, request, refused.get());
                return;
            }
            options.removeUriHost();
            options.removeUriPort();
            options.clearUriQuery();
            if (!hasRoom(request)) {
                Response full = new Response(ResponseCode.TOO_MANY_REQUESTS);
                full.getOptions().setMaxAge(Tuning.UPLOAD_S);
                full.setPayload("too many uploads of this source at once");
                refuse(exchange, request, full);
                return;
            }
        }
        super.receiveRequest(exchange, request);
    }

    private boolean hasRoom(Request request) {
        BlockOption block = request.getOptions().getBlock1();
        Peer peer = Peer.of(request.getSourceContext());
        OpenUploads.Key key = new OpenUploads.Key(
                RefusalLayer.source(peer), peer.address(), request.getOptions().getUriPathString());
        if (block.getNum() == 0) {
            int most = OpenUploads.MAX_OF_ONE * (peer.publicKey().isPresent() ? 1 : SourceLimits.SHARED);
            return !block.isM() || open.begins(key, most);
        }
        if (!open.goesOn(key)) {
            request.getOptions().setBlock1(block.getSzx(), true, NO_BLOCK); // 4.08
        } else if (!block.isM()) {
            open.end(key);
        }
        return true;
    }

    private void refuse(Exchange exchange, Request request, Response response) {
        response.setDestinationContext(request.getSourceContext());
        sendResponse(exchange, response);
    }
}
