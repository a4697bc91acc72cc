package dev.tocsin.simulator.centre.ledger;

import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.AlarmState;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.DrillNotice;
import dev.tocsin.sdk.model.Mode;
import dev.tocsin.sdk.model.NoticeReceipt;
import dev.tocsin.sdk.model.OrderResult;
import java.util.Optional;

/**
 * What an entry says, before it has its place in the chain.
 *
 * @param type what is recorded
 * @param device the device it is about
 * @param alarm the alarm it is about
 * @param about the alarm that this alarm updates or restores
 * @param kind the alarm's kind
 * @param state the alarm's state
 * @param mode the alarm's mode
 * @param envelope the exact signed bytes, where they came with this entry; otherwise empty
 * @param envelopeSha256 SHA-256 of the signed bytes that this entry is about, 32 bytes; empty where it is about none
 * @param by the person who acted; otherwise empty
 * @param detail for people, one line; may be empty
 */
public record Fact(
        EntryType type,
        String device,
        Optional<AlarmId> alarm,
        Optional<AlarmId> about,
        Optional<AlarmKind> kind,
        Optional<AlarmState> state,
        Optional<Mode> mode,
        Bytes envelope,
        Bytes envelopeSha256,
        String by,
        String detail) {

    /** A signed alarm: {@link EntryType#ALARM} or {@link EntryType#CONFLICT}. */
    static Fact alarm(EntryType type, Alarm alarm, Bytes envelope, String detail) {
        return new Fact(
                type,
                alarm.id().device(),
                Optional.of(alarm.id()),
                alarm.about(),
                Optional.of(alarm.kind()),
                Optional.of(alarm.state()),
                Optional.of(alarm.mode()),
                envelope,
                envelope.sha256(),
                "",
                detail);
    }

    /** What a person did about an alarm that is in the ledger. */
    static Fact deed(EntryType type, Entry alarm, String by, String detail) {
        Fact a = alarm.fact();
        return new Fact(
                type, a.device, a.alarm, a.about, a.kind, a.state, a.mode, Bytes.EMPTY, a.envelopeSha256, by, detail);
    }

    /** Something about a device, no alarm. */
    static Fact event(EntryType type, String device, String detail) {
        return new Fact(
                type,
                device,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Bytes.EMPTY,
                Bytes.EMPTY,
                "",
                detail);
    }

    /** A drill that a person ordered or ended. */
    static Fact drill(EntryType type, DrillPlan plan, String by) {
        return event(type, plan.devices(), plan.detail()).with(Bytes.EMPTY, Bytes.EMPTY, by);
    }

    /** What another centre says of a drill of its own. */
    static Fact notice(DrillNotice n, Bytes envelope) {
        String detail = "drill " + n.order() + " of " + n.centre() + " from " + n.begins() + " to " + n.ends()
                + (n.places().isEmpty() ? "" : " at " + n.places()) + (n.over() ? " is over" : "");
        return event(EntryType.DRILL_NOTICE, n.devices(), detail).with(envelope, envelope.sha256(), n.by());
    }

    /** That another centre was told of a drill, by its own word. */
    static Fact noticeTaken(NoticeReceipt r, Bytes envelope) {
        String detail = "was told of the " + (r.over() ? "end" : "start") + " of drill " + r.order();
        return event(EntryType.NOTICE_TAKEN, r.centre(), detail).with(envelope, envelope.sha256(), "");
    }

    /** An order that a person gave. */
    static Fact order(OrderPlan plan) {
        return event(EntryType.ORDERED, plan.device(), plan.detail()).with(Bytes.EMPTY, Bytes.EMPTY, plan.by());
    }

    /** What became of an order, by its device's word. */
    static Fact orderResult(OrderResult r, Bytes envelope) {
        return event(EntryType.ORDER_RESULT, r.device(), OrderStanding.detail(r))
                .with(envelope, envelope.sha256(), "");
    }

    private Fact with(Bytes signed, Bytes sha256, String person) {
        return new Fact(type, device, alarm, about, kind, state, mode, signed, sha256, person, detail);
    }

    /** Whether it carries a signed alarm. */
    public boolean isAlarm() {
        return (type == EntryType.ALARM || type == EntryType.CONFLICT) && envelope.size() > 0;
    }
}
