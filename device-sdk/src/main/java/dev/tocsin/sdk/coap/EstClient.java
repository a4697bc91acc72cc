package dev.tocsin.sdk.coap;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.EnrolmentService;
import dev.tocsin.sdk.port.Transport;
import dev.tocsin.sdk.port.Transport.Content;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.elements.AddressEndpointContext;

/**
 * EST over secure CoAP (RFC 9148), the device's side: {@code crts}, {@code sen} and {@code sren} under {@code
 * /.well-known/est}, each answered with one certificate (Content-Format 287), block-wise where that is needed. Its executor
 * is the device's event loop.
 */
public final class EstClient implements EnrolmentService {

    private static final String ROOT = ".well-known/est/";

    /** What a 5.03 without Max-Age means (RFC 7252, section 5.10.5). */
    private static final Duration USUAL_MAX_AGE = Duration.ofSeconds(60);

    private final CoapNode node;
    private final String address;
    private final HostNames names;

    /**
     * Takes over a node made by {@link CoapNode#device}, and closes it in the end.
     *
     * @param address of the authority, {@code coaps://host:port}
     */
    public EstClient(CoapNode node, String address) {
        this.node = node;
        this.address = address;
        this.names = new HostNames(node.settings().network(), node.settings().clock());
    }

    @Override
    public void authority(Consumer<Outcome> ended) {
        ask(CoAP.Code.GET, "crts", Optional.empty(), ended);
    }

    @Override
    public void enrol(Bytes request, Consumer<Outcome> ended) {
        ask(CoAP.Code.POST, "sen", Optional.of(request), ended);
    }

    @Override
    public void renew(Bytes request, Consumer<Outcome> ended) {
        ask(CoAP.Code.POST, "sren", Optional.of(request), ended);
    }

    @Override
    public void close() {
        node.close();
    }

    private void ask(CoAP.Code method, String what, Optional<Bytes> payload, Consumer<Outcome> ended) {
        ScheduledExecutorService loop = node.settings().executor();
        CentreAddress to;
        try {
            to = names.parse(address);
        } catch (IllegalArgumentException e) {
            String why = Objects.requireNonNullElse(e.getMessage(), "not an address");
            loop.execute(() -> ended.accept(new Outcome.NoAnswer(why)));
            return;
        }
        if (!to.secure()) {
            loop.execute(() -> ended.accept(new Outcome.NoAnswer(address + ": an authority speaks coaps only")));
            return;
        }
        names.resolve(
                to,
                loop,
                found -> send(found, method, what, payload, ended),
                why -> ended.accept(new Outcome.NoAnswer(why)));
    }

    private void send(
            InetSocketAddress to, CoAP.Code method, String what, Optional<Bytes> payload, Consumer<Outcome> ended) {
        TimedRequest request = new TimedRequest(method, Transport.Retransmission.RFC_7252);
        request.setScheme(node.scheme());
        request.setDestinationContext(new AddressEndpointContext(to));
        request.getOptions().setUriPath(ROOT + what);
        request.getOptions().setAccept(Content.CERTIFICATE.format());
        payload.ifPresent(p -> {
            request.getOptions().setContentFormat(Content.PKCS10.format());
            request.setPayload(p.readOnlyArray());
        });
        new ClientExchange(node, request, outcome -> ended.accept(read(request, outcome)), () -> {}).start();
    }

    private static Outcome read(TimedRequest request, Transport.Outcome outcome) {
        return switch (outcome) {
            case Transport.Outcome.Answered(int code, Bytes payload, Duration time, int sent)
            when code / 100 == 2 -> new Outcome.Certificate(payload);
            case Transport.Outcome.Answered(int code, Bytes payload, Duration time, int sent)
            when code == 503 -> new Outcome.NotYet(maxAge(request.getResponse()));
            case Transport.Outcome.Answered a ->
                new Outcome.Refused(a.code(), new String(a.payload().readOnlyArray(), UTF_8));
            case Transport.Outcome.NoAnswer n -> new Outcome.NoAnswer("no answer");
            case Transport.Outcome.Unreachable(String why) -> new Outcome.NoAnswer(why);
        };
    }

    private static Duration maxAge(Response response) {
        Long seconds = response == null ? null : response.getOptions().getMaxAge();
        return seconds == null ? USUAL_MAX_AGE : Duration.ofSeconds(seconds);
    }
}
