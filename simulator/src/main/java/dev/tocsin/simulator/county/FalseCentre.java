package dev.tocsin.simulator.county;

import dev.tocsin.sdk.coap.CoapNode;
import dev.tocsin.sdk.coap.CoapService;
import dev.tocsin.sdk.coap.DtlsIdentity;
import dev.tocsin.sdk.coap.Peer;
import dev.tocsin.sdk.codec.Decoded;
import dev.tocsin.sdk.codec.MessageType;
import dev.tocsin.sdk.codec.Messages;
import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.Answer;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.Heartbeat;
import dev.tocsin.sdk.port.Signer;
import dev.tocsin.sdk.port.Transport.Content;
import dev.tocsin.sdk.port.Transport.Outcome;
import dev.tocsin.sdk.port.Transport.Retransmission;
import dev.tocsin.simulator.machine.Boot;
import dev.tocsin.simulator.machine.Machine;
import dev.tocsin.simulator.world.SeededEntropy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Stands in a centre's place with whatever certificate it has, and answers with what that centre never said to this device:
 * forged, of another alarm, of another device, of another centre, of long ago.
 */
final class FalseCentre implements Machine.Program {

    private static final int ANSWERS = 6;
    private static final int PUSHES = 5;

    /**
     * Whom it plays.
     *
     * @param keyId names the key that signs that centre's receipts
     * @param accomplice signs orders truly, with that centre's own key, where the centre may order nothing
     */
    record Role(String centre, int port, Optional<DtlsIdentity> identity, Bytes keyId, Optional<Signer> accomplice) {}

    private final Role role;
    private final Loot loot;
    private final Crafts crafts;
    private final Chronicle chronicle;
    private final SeededEntropy entropy;
    private double share;
    private int alarms;
    private int heartbeats;

    FalseCentre(Role role, Loot loot, Crafts crafts, Chronicle chronicle, SeededEntropy entropy) {
        this.role = role;
        this.loot = loot;
        this.crafts = crafts;
        this.chronicle = chronicle;
        this.entropy = entropy;
    }

    /** This share of what it is asked it answers from now on; the rest it keeps without a word. */
    void answer(double part) {
        share = part;
    }

    @Override
    public void boot(Boot boot) throws IOException {
        CoapService service = new CoapService(CoapNode.centre(
                boot.network(),
                new InetSocketAddress(role.port),
                role.identity,
                boot.loop(),
                boot.clock(),
                boot.entropy()));
        service.onHandshakeRefused((peer, why) -> chronicle.exercised("attack-false-centre-refused-by-device"));
        service.handle("alarm", (request, reply) -> {
            if (entropy.chance(share)) {
                alarm(request.payload(), boot, reply);
            }
        });
        service.handle("heartbeat", (request, reply) -> {
            reply.respond(
                    503, Content.TEXT, Bytes.EMPTY); // a channel that answers is a link: that is the channel's word
            if (entropy.chance(share)
                    && Messages.readHeartbeat(request.payload()) instanceof Decoded.Ok<Heartbeat>(Heartbeat beat)) {
                order(beat).ifPresent(order -> push(service, request.peer(), beat.device(), order));
            }
        });
        service.start();
    }

    private void alarm(Bytes payload, Boot boot, CoapService.Reply reply) {
        if (!(SignedEnvelope.read(payload) instanceof Decoded.Ok<SignedEnvelope>(SignedEnvelope envelope))
                || !(Messages.readAlarm(envelope) instanceof Decoded.Ok<Alarm>(Alarm alarm))) {
            return;
        }
        Optional<Bytes> own = other(MessageType.ANSWER, p -> p.signer().equals(role.centre) && !isAbout(p, alarm));
        Optional<Bytes> others = other(MessageType.ANSWER, p -> !p.signer().equals(role.centre) && isAbout(p, alarm));
        switch (alarms++ % ANSWERS) {
            case 0 -> {
                met("forged-receipt");
                signed(
                        reply,
                        crafts.forgedReceipt(
                                alarm,
                                payload,
                                role.centre,
                                role.keyId,
                                boot.clock().wallTime()));
            }
            case 1 ->
                own.ifPresent(receipt -> {
                    met("receipt-of-another-alarm");
                    signed(reply, receipt);
                });
            case 2 ->
                others.ifPresent(receipt -> {
                    met("receipt-of-another-centre");
                    signed(reply, receipt);
                });
            case 3 -> {
                met("alarm-as-receipt");
                signed(reply, payload);
            }
            case 4 ->
                own.ifPresent(receipt -> {
                    met("replayed-receipt-not-found");
                    reply.respond(404, Content.COSE_SIGN1, receipt);
                });
            default -> {
                met("unsigned-answer");
                reply.respond(204, Content.TEXT, Bytes.EMPTY);
            }
        }
    }

    /** @param mustFail whether it is a breach if the device takes it */
    private record Push(String name, String path, Bytes signed, boolean mustFail) {}

    private Optional<Push> order(Heartbeat beat) {
        return switch (heartbeats++ % PUSHES) {
            case 0 ->
                Optional.of(new Push(
                        "forged-order",
                        "order",
                        crafts.forgedOrder(role.centre, beat.device(), beat.echo(), role.keyId),
                        true));
            case 1 ->
                other(MessageType.ORDER, p -> p.signer().equals(role.centre))
                        .map(order -> new Push("replayed-order", "order", order, true));
            case 2 ->
                other(MessageType.ORDER, p -> !p.signer().equals(role.centre))
                        .map(order -> new Push("order-of-another-centre", "order", order, true));
            case 3 ->
                role.accomplice.map(signer -> new Push(
                        "order-of-wrong-authority",
                        "order",
                        crafts.order(role.centre, beat.device(), beat.echo(), signer),
                        true));
            default ->
                other(MessageType.ANSWER, p -> true)
                        .map(receipt -> new Push("pushed-receipt", "receipt", receipt, false));
        };
    }

    private void push(CoapService service, Peer peer, String device, Push push) {
        met(push.name);
        var unused =
                service.push(peer, push.path, Content.COSE_SIGN1, push.signed, Retransmission.RFC_7252, outcome -> {
                    if (outcome instanceof Outcome.Answered(int code, var payload, var roundTrip, int sent)) {
                        chronicle.exercised("attack-pushed-answered-" + code / 100 + "xx");
                        if (code / 100 == 2 && push.mustFail) {
                            chronicle.believed(device + " took an attacker's " + push.name);
                        }
                    }
                });
    }

    private static boolean isAbout(Loot.Piece answer, Alarm alarm) {
        return Messages.readAnswer(answer.envelope()) instanceof Decoded.Ok<Answer>(Answer said)
                && said.alarm().equals(alarm.id());
    }

    private Optional<Bytes> other(MessageType type, Predicate<Loot.Piece> fit) {
        List<Loot.Piece> pieces = loot.of(type).stream().filter(fit).toList();
        return pieces.isEmpty()
                ? Optional.empty()
                : Optional.of(pieces.get((int) entropy.below(pieces.size()))
                        .envelope()
                        .bytes());
    }

    private static void signed(CoapService.Reply reply, Bytes answer) {
        reply.respond(204, Content.COSE_SIGN1, answer);
    }

    private void met(String what) {
        chronicle.exercised("attack-" + what);
    }
}
