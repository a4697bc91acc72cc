package dev.tocsin.simulator.centre.ledger;

import dev.tocsin.sdk.codec.Decoded;
import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.simulator.centre.ledger.Outcome.Committed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Decides what becomes an entry: the one place for it, whatever the medium. Stateless. */
public final class Rules {

    private Rules() {}

    /** Applies one submission, inside the writer's transaction. */
    public static Outcome apply(Submission submission, Rows rows) {
        return switch (submission) {
            case Submission.Received r -> received(r, rows);
            case Submission.Misrouted m -> misrouted(m, rows);
            case Submission.BeginDrill b -> drill(EntryType.DRILL_BEGUN, b.plan(), b.by(), rows);
            case Submission.EndDrill e -> drill(EntryType.DRILL_ENDED, e.plan(), e.by(), rows);
            case Submission.Notified n -> once(Fact.notice(n.notice(), n.envelope()), rows);
            case Submission.NoticeTaken t -> once(Fact.noticeTaken(t.receipt(), t.envelope()), rows);
            case Submission.GiveOrder o -> order(o, rows);
            case Submission.Resulted r ->
                rows.order(r.result().device(), r.result().number()).isEmpty()
                        ? new Outcome.Unchanged() // of no order here
                        : once(Fact.orderResult(r.result(), r.envelope()), rows);
            case Submission.SignOfLife s -> signOfLife(s, rows);
            case Submission.Silence s -> silence(s, rows);
            case Submission.Accept a -> accept(a, rows);
            case Submission.Close c -> close(c, rows);
            case Submission.Acknowledged a -> {
                rows.acknowledge(a.number());
                yield new Outcome.Unchanged();
            }
            case Submission.Pulse p -> {
                rows.pulse();
                yield new Outcome.Unchanged();
            }
        };
    }

    private static Outcome received(Submission.Received r, Rows rows) {
        Alarm alarm = r.alarm();
        Optional<Entry> there = rows.withEnvelope(alarm.id(), r.envelope().sha256())
                .or(() -> rewrapped(alarm.id(), r.envelope(), rows));
        if (there.isPresent()) {
            return new Committed(there.get(), true);
        }
        Optional<String> contradiction = contradiction(alarm.id(), rows);
        if (contradiction.isEmpty()) {
            return new Committed(rows.append(Fact.alarm(EntryType.ALARM, alarm, r.envelope(), r.remark())), false);
        }
        String why = contradiction.get();
        Entry entry = rows.append(Fact.alarm(EntryType.CONFLICT, alarm, r.envelope(), join(why, r.remark())));
        fault(alarm.id().device(), why, rows);
        return new Committed(entry, false);
    }

    private static Outcome misrouted(Submission.Misrouted m, Rows rows) {
        AlarmId id = m.alarm().id();
        Optional<Entry> there =
                rows.withEnvelope(id, m.envelope().sha256()).or(() -> rewrapped(id, m.envelope(), rows));
        if (there.isPresent()) {
            return new Committed(there.get(), true);
        }
        contradiction(id, rows).ifPresent(other -> fault(id.device(), other, rows));
        String detail = join("a misrouted drill: nobody is to act on it", m.remark());
        Entry entry = rows.append(Fact.alarm(EntryType.CONFLICT, m.alarm(), m.envelope(), detail));
        fault(id.device(), "sends drill alarms to this centre, which takes no drills: look at its configuration", rows);
        return new Committed(entry, false);
    }

    private static Outcome drill(EntryType type, DrillPlan plan, String by, Rows rows) {
        return rows.saying(type, plan.devices(), plan.detail()).isPresent()
                ? new Outcome.Unchanged()
                : new Committed(rows.append(Fact.drill(type, plan, by)), false);
    }

    private static Outcome order(Submission.GiveOrder o, Rows rows) {
        long number = rows.lastOrder(o.device())
                        .flatMap(OrderPlan::of)
                        .map(OrderPlan::number)
                        .orElse(0L)
                + 1;
        OrderPlan plan = new OrderPlan(o.device(), number, o.task(), o.expires(), o.by());
        return new Committed(rows.append(Fact.order(plan)), false);
    }

    /** Written unless an entry says exactly this already, whatever wraps its words. */
    private static Outcome once(Fact fact, Rows rows) {
        return rows.saying(fact.type(), fact.device(), fact.detail())
                .map(there -> new Committed(there, true))
                .orElseGet(() -> new Committed(rows.append(fact), false));
    }

    /** The entry that holds the same signed words in other wrapping: no second alarm, and no contradiction. */
    private static Optional<Entry> rewrapped(AlarmId id, Bytes envelope, Rows rows) {
        List<Entry> same = rows.alarms(id);
        return same.isEmpty() || !(SignedEnvelope.read(envelope) instanceof Decoded.Ok<SignedEnvelope>(var mine))
                ? Optional.empty()
                : same.stream()
                        .filter(e -> SignedEnvelope.read(e.fact().envelope())
                                        instanceof Decoded.Ok<SignedEnvelope>(var theirs)
                                && theirs.saysTheSameAs(mine))
                        .findFirst();
    }

    /** Why an alarm of this id cannot be what it says; binds the boot where it can. */
    private static Optional<String> contradiction(AlarmId id, Rows rows) {
        List<Entry> same = rows.alarms(id);
        if (!same.isEmpty()) {
            return Optional.of("alarm id " + id + " came with another content in entry "
                    + same.getFirst().number());
        }
        return otherNonce(id.device(), new Submission.Boot(id.boot(), id.nonce()), rows);
    }

    private static Optional<String> otherNonce(String device, Submission.Boot boot, Rows rows) {
        if (boot.counter() == AlarmId.UNCOUNTED) {
            return Optional.empty();
        }
        OptionalLong bound = rows.boundNonce(device, boot.counter());
        if (bound.isEmpty()) {
            rows.bind(device, boot.counter(), boot.nonce());
            return Optional.empty();
        }
        return bound.getAsLong() == boot.nonce()
                ? Optional.empty()
                : Optional.of("boot " + boot.counter() + " was first seen with nonce " + hex(bound.getAsLong())
                        + " and now with " + hex(boot.nonce()) + ": a cloned or restored card");
    }

    private static Outcome signOfLife(Submission.SignOfLife s, Rows rows) {
        List<Entry> written = new ArrayList<>();
        if (isOffline(s.device(), rows)) {
            written.add(rows.append(Fact.event(EntryType.ONLINE, s.device(), "reports again")));
        }
        s.boot().flatMap(boot -> boot(s.device(), boot, rows)).ifPresent(written::add);
        return written.isEmpty() ? new Outcome.Unchanged() : new Committed(written.getLast(), false);
    }

    private static Optional<Entry> boot(String device, Submission.Boot boot, Rows rows) {
        if (boot.counter() == AlarmId.UNCOUNTED) {
            return Optional.empty();
        }
        String name = "boot " + boot.counter() + ", nonce " + hex(boot.nonce());
        if (boot.counter() < rows.highestBoot(device)) {
            // Not bound: alarms of the true earlier boot may still be on their way.
            return clone(device, "a heartbeat of an earlier boot (" + name + "): a cloned or restored card", rows);
        }
        boolean known = rows.boundNonce(device, boot.counter()).isPresent();
        Optional<String> contradiction = otherNonce(device, boot, rows);
        if (contradiction.isPresent()) {
            return clone(device, contradiction.get(), rows);
        }
        return known ? Optional.empty() : Optional.of(rows.append(Fact.event(EntryType.BOOT, device, name)));
    }

    private static Optional<Entry> clone(String device, String why, Rows rows) {
        String detail = "heartbeat: " + why;
        if (rows.saying(EntryType.CONFLICT, device, detail).isPresent()) {
            return Optional.empty();
        }
        Entry entry = rows.append(Fact.event(EntryType.CONFLICT, device, detail));
        fault(device, why, rows);
        return Optional.of(entry);
    }

    private static void fault(String device, String why, Rows rows) {
        if (rows.saying(EntryType.FAULT, device, why).isEmpty()) {
            rows.append(Fact.event(EntryType.FAULT, device, why));
        }
    }

    private static Outcome silence(Submission.Silence s, Rows rows) {
        return isOffline(s.device(), rows)
                ? new Outcome.Unchanged()
                : new Committed(rows.append(Fact.event(EntryType.OFFLINE, s.device(), s.detail())), false);
    }

    private static boolean isOffline(String device, Rows rows) {
        return rows.lastSupervision(device)
                .map(e -> e.type() == EntryType.OFFLINE)
                .orElse(false);
    }

    private static Outcome accept(Submission.Accept a, Rows rows) {
        List<Entry> alarms = alarmWithUpdates(a.alarm(), rows);
        if (alarms.isEmpty()) {
            return new Outcome.NoSuchAlarm(a.alarm());
        }
        Optional<Entry> closing = closing(alarms, rows);
        if (closing.isPresent()) {
            return new Committed(closing.get(), true); // whoever pressed must not be told now that somebody comes
        }
        List<Entry> before = new ArrayList<>();
        List<Entry> written = new ArrayList<>();
        for (Entry alarm : alarms) {
            AlarmId id = alarm.fact().alarm().orElse(a.alarm());
            rows.acceptance(id, alarm.fact().envelopeSha256())
                    .ifPresentOrElse(
                            before::add,
                            () -> written.add(rows.append(Fact.deed(EntryType.ACCEPTED, alarm, a.by(), ""))));
        }
        return written.isEmpty() ? new Committed(before.getFirst(), true) : new Committed(written.getFirst(), false);
    }

    private static Outcome close(Submission.Close c, Rows rows) {
        List<Entry> alarms = alarmWithUpdates(c.alarm(), rows);
        if (alarms.isEmpty()) {
            return new Outcome.NoSuchAlarm(c.alarm());
        }
        Optional<Entry> closing = rows.lastClosing(c.alarm());
        if (closing.isPresent()
                && alarms.stream().allMatch(e -> e.number() < closing.get().number())) {
            return new Committed(closing.get(), true);
        }
        String detail = join(c.as().word(), c.why());
        return new Committed(rows.append(Fact.deed(EntryType.CLOSED, alarms.getFirst(), c.by(), detail)), false);
    }

    /** The last closing, where every one of these is closed, by itself or with what it is about. */
    private static Optional<Entry> closing(List<Entry> alarms, Rows rows) {
        List<Entry> closings = new ArrayList<>();
        for (Entry alarm : alarms) {
            Optional<Entry> its = Stream.of(alarm.fact().alarm(), alarm.fact().about())
                    .flatMap(Optional::stream)
                    .flatMap(id -> rows.lastClosing(id).stream())
                    .filter(closing -> closing.number() > alarm.number())
                    .max(Comparator.comparingLong(Entry::number));
            if (its.isEmpty()) {
                return Optional.empty();
            }
            closings.add(its.get());
        }
        return closings.stream().max(Comparator.comparingLong(Entry::number));
    }

    /** What is in the ledger under this id, then what updates it; empty if nothing is under this id. */
    private static List<Entry> alarmWithUpdates(AlarmId alarm, Rows rows) {
        List<Entry> all = new ArrayList<>(rows.alarms(alarm));
        if (!all.isEmpty()) {
            all.addAll(rows.updates(alarm, Ledger.MAX_UPDATES_ACCEPTED));
        }
        return all;
    }

    private static String join(String first, String second) {
        return second.isEmpty() ? first : first + "; " + second;
    }

    private static String hex(long nonce) {
        return HexFormat.of().toHexDigits(nonce);
    }
}
