package dev.tocsin.simulator.centre.coap;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tocsin.sdk.coap.CoapService;
import dev.tocsin.sdk.coap.Peer;
import dev.tocsin.sdk.crypto.CertificateBag;
import dev.tocsin.sdk.crypto.CertificateFacts;
import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.Transport.Content;
import dev.tocsin.simulator.centre.Plain;
import dev.tocsin.simulator.centre.Refused;
import dev.tocsin.simulator.centre.authority.Caller;
import dev.tocsin.simulator.centre.authority.EnrolmentDesk;
import java.security.InvalidKeyException;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * EST over secure CoAP (RFC 9148) before an authority: {@code crts}, {@code sen} and {@code sren} under {@code
 * /.well-known/est}. Certificates go out alone (287) or in a bag (281), as the asker accepts; 281 where it does not say.
 */
public final class EstDoor {

    private static final String ROOT = ".well-known/est/";

    /** Told of what came of requests. Any thread; must not block. */
    public interface Listener {
        /** A certificate was issued, or said again. */
        void granted(EnrolmentDesk.Answer.Granted granted, String source);

        /** A request waits for a person. */
        void pending(String device, String source);

        /** A request was refused. */
        void refused(Refused why, String detail, String source);
    }

    private interface Counter {
        EnrolmentDesk.Answer ask(Bytes request, Caller caller);
    }

    private final EnrolmentDesk desk;
    private final Listener listener;

    private EstDoor(EnrolmentDesk desk, Listener listener) {
        this.desk = desk;
        this.listener = listener;
    }

    /** Lets a service hand an authority what devices ask. Before the service is started; its executor may be blocked. */
    public static void open(EnrolmentDesk desk, CoapService service, Listener listener) {
        EstDoor door = new EstDoor(desk, listener);
        service.onRefused((peer, code, why) ->
                listener.refused(Refused.of(code), code / 100 + ".%02d ".formatted(code % 100) + why, label(peer)));
        service.onHandshakeRefused((peer, why) ->
                listener.refused(Refused.HANDSHAKE, why, peer.getAddress().getHostAddress()));
        service.handleGet(ROOT + "crts", ";rt=\"ace.est.crts\";ct=\"281 287\"", door::crts);
        service.handle(
                ROOT + "sen",
                ";rt=\"ace.est.sen\";ct=\"281 287\"",
                (request, reply) -> door.certify(request, reply, desk::enrol));
        service.handle(
                ROOT + "sren",
                ";rt=\"ace.est.sren\";ct=\"281 287\"",
                (request, reply) -> door.certify(request, reply, desk::renew));
    }

    private void crts(CoapService.Request request, CoapService.Reply reply) {
        if (accepts(request, reply)) {
            respond(205, desk.authority(), request.accept(), reply);
        }
    }

    private void certify(CoapService.Request request, CoapService.Reply reply, Counter counter) {
        String source = label(request.peer());
        if (request.content().orElse(-1) != Content.PKCS10.format()) {
            deny(415, "send a PKCS#10 request, Content-Format 286", source, reply);
        } else if (accepts(request, reply)) {
            switch (counter.ask(request.payload(), caller(request.peer()))) {
                case EnrolmentDesk.Answer.Granted granted -> {
                    listener.granted(granted, source);
                    respond(204, granted.certificate(), request.accept(), reply);
                }
                case EnrolmentDesk.Answer.Pending pending -> {
                    listener.pending(pending.device(), source);
                    reply.later(pending.askAgain(), text("a person has to let " + pending.device() + " in first"));
                }
                case EnrolmentDesk.Answer.Denied(Refused why, String told, String detail) -> {
                    listener.refused(why, detail, source);
                    reply.respond(why.code(), Content.TEXT, text(told));
                }
            }
        }
    }

    private boolean accepts(CoapService.Request request, CoapService.Reply reply) {
        OptionalInt accept = request.accept();
        boolean good = accept.isEmpty()
                || accept.getAsInt() == Content.CERTIFICATES.format()
                || accept.getAsInt() == Content.CERTIFICATE.format();
        if (!good) {
            deny(406, "certificates come in Content-Format 281 or 287", label(request.peer()), reply);
        }
        return good;
    }

    private void deny(int code, String why, String source, CoapService.Reply reply) {
        listener.refused(Refused.MALFORMED, why, source);
        reply.respond(code, Content.TEXT, text(why));
    }

    private static void respond(int code, CertificateFacts certificate, OptionalInt accept, CoapService.Reply reply) {
        if (accept.orElse(-1) == Content.CERTIFICATE.format()) {
            reply.respond(code, Content.CERTIFICATE, certificate.der());
        } else {
            reply.respond(code, Content.CERTIFICATES, CertificateBag.of(certificate));
        }
    }

    private static Caller caller(Peer peer) {
        Optional<Bytes> key = peer.publicKey().flatMap(EstDoor::canonical);
        return new Caller(key, Optional.of(peer.name()).filter(name -> !name.isEmpty()), peer.validUntil());
    }

    /** A key of another kind than a device's is none to us. */
    private static Optional<Bytes> canonical(Bytes key) {
        try {
            return Optional.of(Keys.canonical(key));
        } catch (InvalidKeyException e) {
            return Optional.empty();
        }
    }

    private static String label(Peer peer) {
        return peer.name().isEmpty() ? peer.address().getHostString() : peer.name();
    }

    private static Bytes text(String sentence) {
        return Bytes.wrap(Plain.line(sentence).getBytes(UTF_8));
    }
}
