package dev.tocsin.sdk.session;

import dev.tocsin.sdk.codec.Decoded;
import dev.tocsin.sdk.codec.Messages;
import dev.tocsin.sdk.codec.OutboxItem;
import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.journal.Item;
import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.Mode;
import dev.tocsin.sdk.model.ReceiptStage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Reads what an earlier boot, or an earlier version with other centres, left in the journal. */
final class Records {

    /** Marks a latched alarm as reset. */
    static final Bytes RELEASED = mark("released");

    private final List<CentreLink> centres;
    private final long nowNs;

    Records(List<CentreLink> centres, long nowNs) {
        this.centres = centres;
        this.nowNs = nowNs;
    }

    /** Marks an alarm as received or accepted by a centre. */
    static Bytes receipt(ReceiptStage stage, String centre) {
        return mark(stage + " " + centre);
    }

    /** Ids of the centres that shall have an alarm. One that is nobody's business is everybody's, unless it is a drill. */
    static List<String> route(List<CentreLink> centres, Alarm alarm) {
        List<String> ids = centres.stream()
                .filter(c -> c.isOnRouteOf(alarm))
                .map(CentreLink::id)
                .toList();
        return ids.isEmpty() && alarm.mode() != Mode.DRILL
                ? centres.stream().map(CentreLink::id).toList()
                : ids;
    }

    /** What the record says; empty if this version cannot read it. */
    Optional<Outgoing> read(Item item, long order) {
        if (!(Messages.readOutboxItem(item.body()) instanceof Decoded.Ok<OutboxItem>(OutboxItem kept))) {
            return Optional.empty();
        }
        Outgoing o;
        if (kept.kind() == OutboxItem.Kind.REPORT) {
            o = Outgoing.report(kept.body(), known(kept.route()), order, nowNs);
        } else if (kept.kind() == OutboxItem.Kind.EVIDENCE) {
            o = Outgoing.evidence(kept.body(), known(kept.route()), order, nowNs);
        } else {
            if (!(SignedEnvelope.read(kept.body()) instanceof Decoded.Ok<SignedEnvelope>(SignedEnvelope envelope))
                    || !(Messages.readAlarm(envelope) instanceof Decoded.Ok<Alarm>(Alarm alarm))) {
                return Optional.empty();
            }
            List<String> route = known(kept.route());
            // where all its centres have gone from the configuration, today's have it
            o = Outgoing.recovered(
                    alarm, kept.body(), route.isEmpty() ? route(centres, alarm) : route, kept.held(), order, nowNs);
        }
        o.keptAs(item);
        o.keptAt(nowNs);
        item.marks().forEach(m -> apply(o, m));
        return Optional.of(o);
    }

    private List<String> known(List<String> route) {
        return route.stream()
                .filter(id -> centres.stream().anyMatch(c -> c.id().equals(id)))
                .toList();
    }

    private static void apply(Outgoing o, Bytes mark) {
        String text = new String(mark.readOnlyArray(), StandardCharsets.UTF_8);
        if (mark.equals(RELEASED)) {
            o.release();
        } else if (text.startsWith("RECEIVED ")) {
            o.delivery(text.substring(9)).ifPresent(d -> o.update(d.with(Delivery.State.RECEIVED, "")));
        } else if (text.startsWith("ACCEPTED ")) {
            o.delivery(text.substring(9)).ifPresent(d -> o.update(d.with(Delivery.State.ACCEPTED, "")));
        }
    }

    private static Bytes mark(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
