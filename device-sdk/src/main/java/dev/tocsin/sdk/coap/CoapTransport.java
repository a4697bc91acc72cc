package dev.tocsin.sdk.coap;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.Timers;
import dev.tocsin.sdk.port.Transport;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.server.MessageDeliverer;
import org.eclipse.californium.elements.AddressEndpointContext;
import org.jspecify.annotations.Nullable;

/**
 * A device's side of CoAP: requests to centres, each in a DTLS session that is begun when it is first needed, kept, and
 * begun again where a centre has lost it; and requests from centres within these sessions. Its executor is the device's
 * event loop, on which it is called and calls back.
 *
 * <p>An address may hold a host name. It is looked up off the event loop, and an address once found goes on being used while
 * it is looked up again, so that an alarm waits for no name service.
 *
 * <p>A payload above 1024 bytes goes block-wise (RFC 7959), one at a time per resource, as section 2.5 there asks. Each of
 * its blocks counts as a transmission, so its round trip is never taken for a sample.
 */
public final class CoapTransport implements Transport {

    private final CoapNode node;
    private final ScheduledExecutorService loop;
    private final HostNames names;
    private final UploadQueue uploads = new UploadQueue();
    private final AtomicReference<@Nullable PushHandler> pushes = new AtomicReference<>();

    /** Takes over a node made by {@link CoapNode#device}, and closes it in the end. */
    public CoapTransport(CoapNode node) {
        this.node = node;
        this.loop = node.settings().executor();
        this.names = new HostNames(node.settings().network(), node.settings().clock());
        node.endpoint().setMessageDeliverer(new Deliverer());
    }

    @Override
    public void serve(PushHandler handler) {
        pushes.set(handler);
    }

    @Override
    public Timers.Cancellable post(Post post, ExchangeListener listener) {
        Pending pending = new Pending(post, listener);
        CentreAddress address;
        try {
            address = names.parse(post.to());
        } catch (IllegalArgumentException e) {
            return pending.failLater(Objects.requireNonNullElse(e.getMessage(), "not an address"));
        }
        if (address.secure() != node.isSecure()) {
            return pending.failLater(post.to() + ": this device speaks "
                    + (address.secure() ? "plain coap only, having no certificate" : "coaps only"));
        }
        names.resolve(address, loop, pending::sendTo, pending::fail);
        return pending;
    }

    /** It has a new certificate: from the next handshake on it shows that, and a handshake is the next thing it does. */
    public void show(DtlsIdentity identity) {
        node.show(identity);
    }

    /** How many of its handshakes came to their end. Any thread. */
    public CoapNode.Handshakes handshakes() {
        return node.handshakes();
    }

    /** Ends everything under way, without outcomes. Any thread. */
    @Override
    public void close() {
        node.close();
    }

    /** A post that may still wait for a name, or for another upload to the same resource. Belongs to the event loop. */
    private final class Pending implements Timers.Cancellable {

        private final Post post;
        private final ExchangeListener listener;
        private boolean cancelled;
        private @Nullable ClientExchange exchange;
        private UploadQueue.@Nullable Ticket ticket;

        Pending(Post post, ExchangeListener listener) {
            this.post = post;
            this.listener = listener;
        }

        void sendTo(InetSocketAddress address) {
            if (cancelled) {
                return;
            }
            if (post.payload().size() <= Tuning.MAX_MESSAGE_BYTES) {
                send(address, () -> {});
                return;
            }
            ticket = uploads.enter(address + "/" + post.path(), t -> send(address, t::leave));
            if (ticket == null) {
                failLater("too many large requests to " + post.to() + "/" + post.path() + " wait");
            }
        }

        private void send(InetSocketAddress address, Runnable over) {
            TimedRequest request = new TimedRequest(post.timing());
            request.setScheme(node.scheme());
            request.setDestinationContext(new AddressEndpointContext(address));
            request.getOptions().setUriPath(post.path());
            request.getOptions().setContentFormat(post.content().format());
            request.getOptions().setAccept(post.content().format()); // a signed answer to what is signed
            request.setPayload(post.payload().readOnlyArray());
            exchange = new ClientExchange(node, request, listener, over);
            exchange.start();
        }

        Timers.Cancellable failLater(String why) {
            loop.execute(() -> fail(why));
            return this;
        }

        void fail(String why) {
            if (!cancelled) {
                cancelled = true;
                listener.ended(new Outcome.Unreachable(why));
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
            if (exchange != null) {
                exchange.cancel();
            } else if (ticket != null) {
                ticket.leave();
            }
        }
    }

    /**
     * Requests from centres. Over DTLS only a centre that the device began a session with gets so far: a device accepts no
     * handshake.
     */
    private final class Deliverer implements MessageDeliverer {

        @Override
        public void deliverRequest(Exchange exchange) {
            Request request = exchange.getRequest();
            PushHandler handler = pushes.get();
            if (handler != null
                    && request.getCode() == CoAP.Code.GET
                    && request.getOptions().getUriPathString().equals(CoapService.WELL_KNOWN_CORE)) {
                Response links = new Response(ResponseCode.CONTENT);
                links.setPayload(handler.links());
                links.getOptions().setContentFormat(MediaTypeRegistry.APPLICATION_LINK_FORMAT);
                exchange.sendResponse(links);
                return;
            }
            if (request.getCode() != CoAP.Code.POST || handler == null) {
                Response refusal = new Response(
                        handler == null ? ResponseCode.SERVICE_UNAVAILABLE : ResponseCode.METHOD_NOT_ALLOWED);
                exchange.sendResponse(refusal);
                return;
            }
            byte[] payload = request.getPayload();
            int code = handler.pushed(
                    request.getOptions().getUriPathString(), payload == null ? Bytes.EMPTY : Bytes.wrap(payload));
            exchange.sendResponse(new Response(Codes.response(code)));
        }

        @Override
        public void deliverResponse(Exchange exchange, Response response) {
            exchange.getRequest().setResponse(response);
        }
    }
}
