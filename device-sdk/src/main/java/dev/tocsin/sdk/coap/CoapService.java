package dev.tocsin.sdk.coap;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.Timers;
import dev.tocsin.sdk.port.Transport.Content;
import dev.tocsin.sdk.port.Transport.ExchangeListener;
import dev.tocsin.sdk.port.Transport.Retransmission;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.eclipse.californium.core.coap.BlockOption;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.OptionSet;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.server.MessageDeliverer;
import org.eclipse.californium.elements.DtlsEndpointContext;
import org.eclipse.californium.elements.MapBasedEndpointContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A centre's side of CoAP: takes what devices post, answers when it is ready, and posts to devices within the sessions that
 * they began. Any thread may call; handlers and listeners are called on the executor, several at a time where it is a pool.
 *
 * <p>What is not served is answered 4.04, another method than it is served for 4.05, a payload above 32 KiB 4.13; {@code
 * GET /.well-known/core} lists the resources (RFC 6690).
 */
public final class CoapService implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CoapService.class);
    /** Where whoever asks finds what is served (RFC 6690). */
    static final String WELL_KNOWN_CORE = ".well-known/core";

    /** 1024 bytes (RFC 7959, section 2.2). */
    private static final int LARGEST_BLOCK_SZX = 6;

    private final CoapNode node;
    private final Map<String, Resource> resources = new ConcurrentSkipListMap<>();
    private final Map<String, Blocks> folders = new ConcurrentSkipListMap<>();

    /** @param attributes its attributes in the list of resources (RFC 6690), each with a semicolon before it */
    private record Resource(CoAP.Code method, String attributes, Handler handler) {}

    /** Takes a request to one resource. */
    public interface Handler {
        /** A device posted something. Must not block, unless the executor is a pool that can spare the thread. */
        void handle(Request request, Reply reply);
    }

    /**
     * What a device posted.
     *
     * @param path the resource, without a leading slash
     * @param content its content format's number, if it names one
     * @param accept the content format's number it would like in return, if it names one
     * @param peer who posted it
     */
    public record Request(String path, OptionalInt content, Bytes payload, OptionalInt accept, Peer peer) {}

    /** The way back to a device that waits. Any thread. */
    public interface Reply {
        /**
         * Answers, now or later. Until then a request sent again is absorbed, and afterwards it gets the same answer again.
         *
         * @param code a response code of CoAP as {@code class * 100 + detail}
         * @throws IllegalStateException if it was answered before
         */
        void respond(int code, Content content, Bytes payload);

        /**
         * Answers 5.03: ask again after so long (Max-Age).
         *
         * @throws IllegalStateException if it was answered before
         */
        void later(Duration askAgain, Bytes text);
    }

    /** What is served block by block, because it is too long to be held for every device that asks. */
    public interface Blocks {
        /**
         * A device asks for some bytes. On one of the executor's threads; may read a file.
         *
         * @param name which of what is served here
         * @param length how many, from the offset on; fewer only at the end
         */
        Block read(Peer peer, String name, long offset, int length);

        /** What it gets. */
        sealed interface Block {
            /**
             * The bytes.
             *
             * @param total size of the whole
             * @param etag names this version of it, 1 to 8 bytes (RFC 7252, section 5.10.6)
             */
            record Some(Bytes bytes, long total, Bytes etag) implements Block {}

            /** None, and why. */
            record None(int code, String why) implements Block {}
        }
    }

    /** Takes refusals that no handler gave: an unknown path, another method, a payload too long. */
    public interface RefusalListener {
        /**
         * A request was refused. On one of the executor's threads; must not block.
         *
         * @param peer who sent it
         * @param code the response's code as {@code class * 100 + detail}
         * @param why what the response says, for people; may be empty
         */
        void refused(Peer peer, int code, String why);
    }

    /** Takes over a node made by {@link CoapNode#centre}, and closes it in the end. Does not listen yet. */
    public CoapService(CoapNode node) {
        this.node = node;
        node.endpoint().setMessageDeliverer(new Deliverer());
        node.uploads().ask(this::unserved);
    }

    /** Serves POST on a path, given without a leading slash. */
    public void handle(String path, Handler handler) {
        handle(path, "", handler);
    }

    /**
     * Serves POST on a path, as {@link #handle(String, Handler)}.
     *
     * @param attributes link attributes for whoever asks what is served, such as {@code ;rt="ace.est.sen"}
     */
    public void handle(String path, String attributes, Handler handler) {
        resources.put(path, new Resource(CoAP.Code.POST, attributes, handler));
    }

    /** Serves GET on a path, as {@link #handle(String, String, Handler)}. */
    public void handleGet(String path, String attributes, Handler handler) {
        resources.put(path, new Resource(CoAP.Code.GET, attributes, handler));
    }

    /** Serves GET on what lies under a path, one block a request, from any block on (RFC 7959, section 2.4). */
    public void handleBlocks(String folder, Blocks blocks) {
        folders.put(folder, blocks);
    }

    /** Tells of refusals that no handler gave. Replaces the listener before. */
    public void onRefused(RefusalListener listener) {
        node.refusals().tell(listener);
    }

    /**
     * Tells of DTLS handshakes that were refused, by this side or the other. Replaces the listener before.
     *
     * @param listener takes where the peer is and why, for people. On one of the executor's threads; must not block
     */
    public void onHandshakeRefused(BiConsumer<InetSocketAddress, String> listener) {
        node.onHandshakeRefused(listener);
    }

    /**
     * Listens.
     *
     * @throws IOException if the socket cannot be had
     */
    public void start() throws IOException {
        node.start();
    }

    /** Where it listens. */
    public InetSocketAddress localAddress() {
        return node.localAddress();
    }

    /** How many handshakes of devices came to their end. */
    public CoapNode.Handshakes handshakes() {
        return node.handshakes();
    }

    /**
     * How many DTLS sessions it holds, 100,000 at most. One that a device has resumed on another connection counts twice for a
     * minute; the others stay until their room is needed and nothing has come over them for five minutes.
     */
    public int sessionsHeld() {
        return node.sessionsHeld();
    }

    /**
     * Posts to a device within the session it has, and never begins one: where there is none the outcome is {@code
     * Unreachable}.
     *
     * @param peer as it came with the device's latest request
     * @param timing when to retransmit; {@code probeAt} has no meaning here
     * @return a handle: cancelling ends the exchange without an outcome
     */
    public Timers.Cancellable push(
            Peer peer, String path, Content content, Bytes payload, Retransmission timing, ExchangeListener listener) {
        TimedRequest request = new TimedRequest(timing);
        request.setScheme(node.scheme());
        request.setDestinationContext(
                MapBasedEndpointContext.addEntries(peer.context(), DtlsEndpointContext.ATTRIBUTE_HANDSHAKE_MODE_NONE));
        request.getOptions().setUriPath(path);
        request.getOptions().setContentFormat(content.format());
        request.setPayload(payload.readOnlyArray());
        ClientExchange exchange = new ClientExchange(node, request, listener, () -> {});
        exchange.start();
        return exchange;
    }

    /** Stops listening and forgets every session. */
    @Override
    public void close() {
        node.close();
    }

    private final class Deliverer implements MessageDeliverer {

        @Override
        public void deliverRequest(Exchange exchange) {
            org.eclipse.californium.core.coap.Request request = exchange.getRequest();
            String path = request.getOptions().getUriPathString();
            Resource resource = resources.get(path);
            int slash = path.indexOf('/');
            Blocks blocks = slash < 0 ? null : folders.get(path.substring(0, slash));
            if (path.equals(WELL_KNOWN_CORE)) {
                exchange.sendResponse(
                        request.getCode() == CoAP.Code.GET
                                ? list()
                                : refusal(ResponseCode.METHOD_NOT_ALLOWED, "GET only"));
            } else if (blocks != null) {
                exchange.sendResponse(
                        request.getCode() == CoAP.Code.GET
                                ? block(blocks, path.substring(slash + 1), request)
                                : refusal(ResponseCode.METHOD_NOT_ALLOWED, "GET only"));
            } else if (resource == null || request.getCode() != resource.method) {
                exchange.sendResponse(unserved(request).orElseThrow());
            } else {
                handle(exchange, request, path, resource.handler);
            }
        }

        private void handle(
                Exchange exchange, org.eclipse.californium.core.coap.Request request, String path, Handler handler) {
            OptionSet options = request.getOptions();
            byte[] payload = request.getPayload();
            HeldReply reply = new HeldReply(exchange);
            try {
                handler.handle(
                        new Request(
                                path,
                                number(options.hasContentFormat(), options.getContentFormat()),
                                payload == null ? Bytes.EMPTY : Bytes.wrap(payload),
                                number(options.hasAccept(), options.getAccept()),
                                Peer.of(request.getSourceContext())),
                        reply);
            } catch (RuntimeException e) {
                LOG.error("the handler of {} failed", path, e);
                reply.fail();
            }
        }

        @Override
        public void deliverResponse(Exchange exchange, Response response) {
            exchange.getRequest().setResponse(response);
        }
    }

    private static Response block(Blocks blocks, String name, org.eclipse.californium.core.coap.Request request) {
        BlockOption asked = request.getOptions().getBlock2();
        int szx = asked == null ? LARGEST_BLOCK_SZX : Math.min(asked.getSzx(), LARGEST_BLOCK_SZX);
        int size = BlockOption.szx2Size(szx);
        int number = asked == null ? 0 : asked.getNum();
        long offset = (long) number * size;
        return switch (blocks.read(Peer.of(request.getSourceContext()), name, offset, size)) {
            case Blocks.Block.None(int code, String why) -> {
                Response response = new RefusalLayer.Handled(Codes.response(code));
                response.setPayload(why);
                yield response;
            }
            case Blocks.Block.Some(Bytes bytes, long total, Bytes etag) -> {
                Response response = new RefusalLayer.Handled(ResponseCode.CONTENT);
                response.setPayload(bytes.readOnlyArray());
                response.getOptions().setContentFormat(Content.PROTOBUF.format());
                response.getOptions().addETag(etag.toArray());
                response.getOptions().setBlock2(szx, offset + bytes.size() < total, number);
                yield response;
            }
        };
    }

    private static OptionalInt number(boolean there, int value) {
        return there ? OptionalInt.of(value) : OptionalInt.empty();
    }

    /** What to answer where nothing is served; empty where a handler is to be asked. */
    private Optional<Response> unserved(org.eclipse.californium.core.coap.Request request) {
        Resource resource = resources.get(request.getOptions().getUriPathString());
        if (resource == null) {
            return Optional.of(
                    refusal(ResponseCode.NOT_FOUND, "served here: " + String.join(", ", resources.keySet())));
        }
        return request.getCode() == resource.method
                ? Optional.empty()
                : Optional.of(refusal(ResponseCode.METHOD_NOT_ALLOWED, resource.method + " only"));
    }

    private static Response refusal(ResponseCode code, String why) {
        Response response = new Response(code);
        response.setPayload(why);
        return response;
    }

    private Response list() {
        Response response = new Response(ResponseCode.CONTENT);
        response.setPayload(resources.entrySet().stream()
                .map(e -> "</" + e.getKey() + ">" + e.getValue().attributes)
                .collect(Collectors.joining(",")));
        response.getOptions().setContentFormat(MediaTypeRegistry.APPLICATION_LINK_FORMAT);
        return response;
    }

    private static final class HeldReply implements Reply {

        private final Exchange exchange;
        private final AtomicBoolean given = new AtomicBoolean();

        HeldReply(Exchange exchange) {
            this.exchange = exchange;
        }

        @Override
        public void respond(int code, Content content, Bytes payload) {
            Response response = new RefusalLayer.Handled(Codes.response(code));
            if (payload.size() > 0) {
                response.setPayload(payload.readOnlyArray());
                response.getOptions().setContentFormat(content.format());
            }
            send(response);
        }

        @Override
        public void later(Duration askAgain, Bytes text) {
            Response response = new RefusalLayer.Handled(ResponseCode.SERVICE_UNAVAILABLE);
            response.getOptions().setMaxAge(askAgain.toSeconds());
            response.setPayload(text.readOnlyArray());
            send(response);
        }

        private void send(Response response) {
            if (given.getAndSet(true)) {
                throw new IllegalStateException("answered before");
            }
            exchange.sendResponse(response);
        }

        void fail() {
            if (!given.getAndSet(true)) {
                exchange.sendResponse(new RefusalLayer.Handled(ResponseCode.INTERNAL_SERVER_ERROR));
            }
        }
    }
}
