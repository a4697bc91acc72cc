package dev.tocsin.sdk.coap;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.PackageSource;
import dev.tocsin.sdk.port.Timers;
import dev.tocsin.sdk.port.Transport;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.californium.core.coap.BlockOption;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.elements.AddressEndpointContext;
import org.jspecify.annotations.Nullable;

/**
 * Fetches payloads over CoAP: {@code GET /package/<SHA-256>} with a Block2 option for the block that is wanted (RFC 7959,
 * section 2.4), so that a fetch goes on at any block, after days and after a restart. The answer's ETag has to be the first
 * eight bytes of the payload's digest. Blocks are asked for some time apart ({@link #USUAL_PACE}), so that on a fast line a
 * fetch leaves half of what a centre takes of one device ({@link SourceLimits}) to its alarms. Its executor is the event loop of the updates.
 */
public final class PackageClient implements PackageSource {

    /** Bytes of the digest that make the ETag; it holds no more. */
    public static final int ETAG_BYTES = 8;

    /** Where payloads lie, followed by a slash and the digest in hexadecimal digits. */
    public static final String FOLDER = "package";

    /** 1024 bytes (RFC 7959, section 2.2). */
    private static final int SZX = 6;

    /** From one block to the next: 25 a second, of 50 that a centre takes. 20 MB are 14 minutes. */
    public static final Duration USUAL_PACE = Duration.ofMillis(40);

    private final CoapNode node;
    private final HostNames names;
    private final Pace pace;

    /**
     * Takes over a node made by {@link CoapNode#fetcher}, and closes it in the end.
     *
     * @param pace from asking for a block to asking for the next, at least
     */
    public PackageClient(CoapNode node, Duration pace) {
        this.node = node;
        this.names = new HostNames(node.settings().network(), node.settings().clock());
        this.pace = new Pace(node.settings().clock(), pace);
    }

    @Override
    public Timers.Cancellable block(String from, Bytes sha256, int number, Consumer<Outcome> ended) {
        ScheduledExecutorService loop = node.settings().executor();
        Pending pending = new Pending(sha256, number, ended);
        CentreAddress to;
        try {
            to = names.parse(from);
        } catch (IllegalArgumentException e) {
            loop.execute(() -> pending.fail(Objects.requireNonNullElse(e.getMessage(), "not an address")));
            return pending;
        }
        if (to.secure() != node.isSecure()) {
            loop.execute(() -> pending.fail(from + ": this device speaks " + node.scheme() + " only"));
            return pending;
        }
        names.resolve(to, loop, pending::inTurn, pending::fail);
        return pending;
    }

    /** The device has a new certificate: from the next handshake on it shows that, and a handshake is the next thing it does. */
    public void show(DtlsIdentity identity) {
        node.show(identity);
    }

    @Override
    public void close() {
        node.close();
    }

    /** A block that was asked for. Belongs to the event loop. */
    private final class Pending implements Timers.Cancellable {

        private final Bytes sha256;
        private final int number;
        private final Consumer<Outcome> ended;
        private boolean cancelled;
        private @Nullable Future<?> turn;
        private @Nullable ClientExchange exchange;

        Pending(Bytes sha256, int number, Consumer<Outcome> ended) {
            this.sha256 = sha256;
            this.number = number;
            this.ended = ended;
        }

        void inTurn(InetSocketAddress to) {
            if (!cancelled) {
                turn = node.settings().executor().schedule(() -> send(to), pace.takeNs(), TimeUnit.NANOSECONDS);
            }
        }

        private void send(InetSocketAddress to) {
            if (cancelled) {
                return;
            }
            TimedRequest request = new TimedRequest(CoAP.Code.GET, Transport.Retransmission.RFC_7252);
            request.setScheme(node.scheme());
            request.setDestinationContext(new AddressEndpointContext(to));
            request.getOptions().setUriPath(FOLDER + "/" + sha256.hex());
            request.getOptions().setBlock2(SZX, false, number);
            exchange = new ClientExchange(
                    node, request, outcome -> ended.accept(read(request.getResponse(), outcome)), () -> {});
            exchange.start();
        }

        void fail(String why) {
            if (!cancelled) {
                cancelled = true;
                ended.accept(new Outcome.NoAnswer(why));
            }
        }

        private Outcome read(@Nullable Response response, Transport.Outcome outcome) {
            return switch (outcome) {
                case Transport.Outcome.Answered a
                when a.code() == 205 && response != null -> block(response, a.payload());
                case Transport.Outcome.Answered a ->
                    new Outcome.Refused(a.code(), new String(a.payload().readOnlyArray(), UTF_8));
                case Transport.Outcome.NoAnswer n -> new Outcome.NoAnswer("no answer");
                case Transport.Outcome.Unreachable(String why) -> new Outcome.NoAnswer(why);
            };
        }

        private Outcome block(Response response, Bytes payload) {
            BlockOption block = response.getOptions().getBlock2();
            byte[] etag = Arrays.copyOf(sha256.readOnlyArray(), ETAG_BYTES);
            if (block == null || block.getNum() != number || block.getSzx() != SZX) {
                return new Outcome.NoAnswer("another block than was asked for");
            }
            if (!response.getOptions().containsETag(etag)) {
                return new Outcome.NoAnswer("a block of something else: the ETag does not fit");
            }
            return new Outcome.Block(payload, block.isM());
        }

        @Override
        public void cancel() {
            cancelled = true;
            if (turn != null) {
                turn.cancel(false);
            }
            if (exchange != null) {
                exchange.cancel();
            }
        }
    }
}
