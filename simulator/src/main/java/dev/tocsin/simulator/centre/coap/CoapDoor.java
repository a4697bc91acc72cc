package dev.tocsin.simulator.centre.coap;

import dev.tocsin.sdk.coap.CoapService;
import dev.tocsin.sdk.port.Transport.Content;
import dev.tocsin.simulator.centre.Centre;
import dev.tocsin.simulator.centre.Refused;

/** The resources that a centre serves over CoAP, whatever carries it. */
public final class CoapDoor {

    private CoapDoor() {}

    /** Lets a service hand a centre all that devices and other centres post. Before the service is started. */
    public static void open(Centre centre, CoapService service) {
        service.onRefused((peer, code, why) -> centre.refused(code, why, new CoapPeer(service, peer)));
        service.onHandshakeRefused((peer, why) ->
                centre.refused(Refused.HANDSHAKE, why, peer.getAddress().getHostAddress()));
        service.handle(
                "alarm",
                link("alarm", 18),
                (request, reply) -> centre.alarm(
                        request.payload(),
                        request.accept().orElse(-1) == Content.COSE_SIGN1.format(),
                        new CoapPeer(service, request.peer()),
                        reply::respond));
        service.handle(
                "evidence",
                link("evidence", 18),
                (request, reply) ->
                        centre.evidence(request.payload(), new CoapPeer(service, request.peer()), reply::respond));
        service.handle(
                "heartbeat",
                link("heartbeat", 42),
                (request, reply) ->
                        centre.heartbeat(request.payload(), new CoapPeer(service, request.peer()), reply::respond));
        service.handle(
                "notice",
                link("notice", 18),
                (request, reply) ->
                        centre.notice(request.payload(), new CoapPeer(service, request.peer()), reply::respond));
        service.handle(
                "order-result",
                link("order-result", 18),
                (request, reply) ->
                        centre.result(request.payload(), new CoapPeer(service, request.peer()), reply::respond));
        service.handle(
                "report",
                link("report", 42),
                (request, reply) ->
                        centre.report(request.payload(), new CoapPeer(service, request.peer()), reply::respond));
    }

    /** What it says of itself to who asks what is served (RFC 6690): resource type and content format. */
    private static String link(String type, int format) {
        return ";rt=\"tocsin." + type + "\";ct=" + format;
    }
}
