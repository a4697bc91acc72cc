package dev.tocsin.sdk.coap;

import dev.tocsin.sdk.port.Clock;
import java.util.Optional;
import org.eclipse.californium.core.coap.BlockOption;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.network.stack.AbstractLayer;

/**
 * Refuses what comes too fast, and blocks that are not what they say; and tells of every error that answers a request which no
 * handler was asked about: these, what Californium refuses, and we by path and method. Lies below the block-wise layer, and
 * above the one that absorbs what is sent again.
 */
final class RefusalLayer extends AbstractLayer {

    /** Answers to a source that is too fast: more would be a flood of our own. The rest is dropped, and told all the same. */
    private static final SourceLimits.Rate ANSWERS = new SourceLimits.Rate(5, 20);

    private final Optional<Gate> gate;
    private volatile CoapService.RefusalListener listener = (peer, code, why) -> {};

    /** What a later block counts at least, bytes: one without anything in it would else be free. */
    private static final int LEAST_BLOCK = 256;

    /** What each source may send. */
    private record Gate(
            Buckets messages,
            Buckets shared,
            Buckets bytes,
            Buckets sharedBytes,
            Buckets uploads,
            Buckets sharedUploads,
            Buckets answers) {

        double tooFast(Object source, boolean known, Request request) {
            BlockOption block = request.getOptions().getBlock1();
            boolean begins = block == null || block.getNum() == 0;
            double laterS = begins ? (known ? messages : shared).take(source, 1) : 0;
            if (laterS == 0 && begins && block != null) {
                laterS = (known ? uploads : sharedUploads).take(source, 1);
            }
            return laterS > 0
                    ? laterS
                    : (known ? bytes : sharedBytes)
                            .take(
                                    source,
                                    begins
                                            ? request.getPayloadSize()
                                            : Math.max(LEAST_BLOCK, request.getPayloadSize()));
        }
    }

    /** @param limits of each source; nothing is too fast where empty */
    RefusalLayer(Optional<SourceLimits> limits, Clock clock) {
        this.gate = limits.map(l -> new Gate(
                new Buckets(l.messages(), l.sources(), clock),
                new Buckets(l.messages().shared(), l.sources(), clock),
                new Buckets(l.bytes(), l.sources(), clock),
                new Buckets(l.bytes().shared(), l.sources(), clock),
                new Buckets(l.uploads(), l.sources(), clock),
                new Buckets(l.uploads().shared(), l.sources(), clock),
                new Buckets(ANSWERS, l.sources(), clock)));
    }

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
    public void receiveRequest(Exchange exchange, Request request) {
        double laterS = tooFast(request);
        if (laterS > 0) {
            later(exchange, request, laterS);
        } else if (isOverfull(request)) {
            Response response = new Response(ResponseCode.BAD_REQUEST);
            response.setPayload("a block of " + request.getPayloadSize() + " bytes that says it has at most "
                    + request.getOptions().getBlock1().getSize());
            refuse(exchange, request, response);
        } else {
            super.receiveRequest(exchange, request);
        }
    }

    /** RFC 7959, section 2.2: a block has the size that it names, the last one that or less.  */
    static boolean isOverfull(Request request) {
        BlockOption block = request.getOptions().getBlock1();
        return block != null && request.getPayloadSize() > block.getSize();
    }

    /** 0 if it may come; otherwise after how many seconds the next one may. */
    private double tooFast(Request request) {
        if (gate.isEmpty()) {
            return 0;
        }
        Peer peer = Peer.of(request.getSourceContext());
        return gate.get().tooFast(source(peer), peer.publicKey().isPresent(), request);
    }

    /** Who it is, over all its sessions: a certificate, or an address without one. */
    static Object source(Peer peer) {
        return peer.publicKey()
                .map(Object.class::cast)
                .orElseGet(() -> peer.address().getAddress());
    }

    /** 4.29 with Max-Age (RFC 8516). */
    private void later(Exchange exchange, Request request, double laterS) {
        Peer peer = Peer.of(request.getSourceContext());
        String why = "too many requests of this source; the next one in " + (long) Math.ceil(laterS) + " s";
        if (gate.orElseThrow().answers.take(source(peer), 1) > 0) {
            listener.refused(peer, 429, why + " (not even answered)");
            exchange.executeComplete();
            return;
        }
        Response response = new Response(ResponseCode.TOO_MANY_REQUESTS);
        response.getOptions().setMaxAge(Math.max(1, (long) Math.ceil(laterS)));
        response.setPayload(why);
        refuse(exchange, request, response);
    }

    /** As the layer above does it, which never hears of this request. */
    private void refuse(Exchange exchange, Request request, Response response) {
        response.setDestinationContext(request.getSourceContext());
        exchange.setCurrentResponse(response);
        sendResponse(exchange, response);
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
