package dev.tocsin.sdk.session;

import dev.tocsin.sdk.codec.Decoded;
import dev.tocsin.sdk.codec.Messages;
import dev.tocsin.sdk.journal.Finding;
import dev.tocsin.sdk.journal.Item;
import dev.tocsin.sdk.journal.Journal;
import dev.tocsin.sdk.journal.Priority;
import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.AlarmState;
import dev.tocsin.sdk.model.Answer;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.ReceiptStage;
import dev.tocsin.sdk.port.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Everything on its way: one entry an alarm, report or piece of evidence, kept in the journal until each centre on its route has it. Belongs
 * to the event loop.
 */
final class Outbox implements Courier.Customer {

    /** Alarms that all centres have, still remembered for the receipt that a person accepted them. */
    static final int MAX_SETTLED = 64;

    /** Pieces of evidence that some centre does not have yet. */
    static final int MAX_EVIDENCE = 8;

    /**
     * Alarms that some centre does not have yet. Beyond it one makes room: the oldest repeated press that a newer one of the
     * same alarm repeats again, else the oldest routine one, else the newest life alarm but one. A life alarm is never
     * given up: it stays in the journal and goes on at the next start. One routine alarm more may stand where all others
     * are about life: the fault that tells of this.
     */
    static final int MAX_PENDING = 10_000;

    /** What a session must say aloud about an outbox's room. */
    interface Room {
        /** A new life alarm came, and the journal had room for it or not. */
        void kept(boolean kept);

        /** All life alarms are being sent again, or some wait for the next start. */
        void sendsAll(boolean all);
    }

    /** What centres say about what was ordered. */
    interface Answers {
        /** This one answered a heartbeat that was sent since the settings are what they are. */
        void reached(CentreLink centre);

        /** This one has the result of an order. */
        void told(CentreLink centre, Bytes result);
    }

    private final Settings settings;
    private final SessionListener listener;
    private final Lamp lamp;
    private final Clock clock;
    private final Journal journal;
    private final Room room;
    private final Answers answers;
    private final List<Courier> couriers = new ArrayList<>();
    private final SequencedMap<AlarmId, Outgoing> pending = new LinkedHashMap<>();
    private final Map<AlarmId, Outgoing> settled = new LinkedHashMap<>();
    private final Map<Long, Outgoing> byItem = new LinkedHashMap<>();
    private @Nullable Outgoing latched;
    private long order;
    private boolean crowded;

    Outbox(
            Settings settings,
            Session.Ports ports,
            Lamp lamp,
            Drills drills,
            Orders orders,
            Answers answers,
            SessionListener listener,
            Journal.Listener journalListener,
            Room room) {
        this.settings = settings;
        this.room = room;
        this.answers = answers;
        this.listener = listener;
        this.lamp = lamp;
        this.clock = ports.clock();
        this.journal = Journal.open(ports.storage(), ports.timers(), settings.journal(), journalListener);
        for (CentreLink centre : settings.centres()) {
            couriers.add(new Courier(centre, settings.timing(), ports, drills, orders, this));
        }
    }

    List<Finding> findings() {
        return journal.findings();
    }

    long boot(Runnable kept) {
        return journal.boot(kept);
    }

    /** Alarms that some centre does not have yet. */
    int depth() {
        int depth = 0;
        for (Outgoing alarm : pending.values()) {
            depth += alarm.isReceivedByAll() ? 0 : 1;
        }
        return depth;
    }

    long bytes() {
        return journal.bytes();
    }

    /** Takes up what the journal holds, without sending yet. Returns the alarm that is still latched. */
    Optional<Alarm> recover() {
        Records records = new Records(settings.centres(), clock.nanoTime());
        for (Item item : List.copyOf(journal.items())) {
            Optional<Outgoing> kept = records.read(item, order++);
            if (kept.isEmpty()) {
                listener.remark("journal: record " + item.number() + " is of a kind that this version does not know");
                continue;
            }
            byItem.put(item.number(), kept.get());
            if (!kept.get().isTelemetry()) {
                pending.put(kept.get().alarm().id(), kept.get());
            }
        }
        pending.values().stream()
                .map(Outgoing::alarm)
                .filter(a -> a.state() == AlarmState.RESTORED)
                .flatMap(a -> a.about().stream())
                .toList()
                .forEach(this::release);
        for (Outgoing o : List.copyOf(pending.values())) {
            if (o.isHeld()) {
                Optional.ofNullable(latched)
                        .ifPresent(older -> release(older.alarm().id())); // one latch, one alarm
                latched = o;
            }
        }
        return Optional.ofNullable(latched).map(Outgoing::alarm);
    }

    /** Goes on with what an earlier boot left, lives first. */
    void resume() {
        for (Outgoing o : byItem.values().stream().sorted().toList()) {
            for (Courier c : couriers) {
                String id = c.centre().id();
                if (o.isTelemetry() && o.route().contains(id)) {
                    c.report(o);
                } else if (!o.isTelemetry()
                        && o.delivery(id).filter(d -> !d.state().isReceived()).isPresent()) {
                    c.resume(o);
                }
            }
            if (o.isTelemetry() && o.route().isEmpty()) {
                drop(o);
            }
            settle(o);
        }
        refreshLamp();
    }

    void beat(Duration period, Duration keepAlive, long firstInNs, Pulse pulse) {
        couriers.forEach(c -> c.beat(period, keepAlive, firstInNs, pulse));
    }

    /** Beats otherwise from now on. */
    void tune(Duration period, Duration keepAlive) {
        couriers.forEach(c -> c.tune(period, keepAlive));
    }

    /** Centres that are heard of. */
    Set<String> linked() {
        return couriers.stream()
                .filter(Courier::isLinked)
                .map(c -> c.centre().id())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Sends the result of an order to the centre that gave it, if it is still one of this device's. */
    void result(String centre, Bytes result) {
        couriers.stream().filter(c -> c.centre().id().equals(centre)).forEach(c -> c.result(result));
    }

    /** Whether some centre does not have a live alarm about life yet. */
    boolean isLifeWaiting() {
        return pending.values().stream().anyMatch(o -> o.isLife() && o.isLive() && !o.isReceivedByAll());
    }

    @Override
    public void reached(CentreLink centre) {
        answers.reached(centre);
    }

    @Override
    public void told(CentreLink centre, Bytes result) {
        answers.told(centre, result);
    }

    void close() {
        couriers.forEach(Courier::close);
        journal.close();
    }

    /** Sends an alarm to every centre on its route, at once, and then keeps it. */
    AlarmStatus send(Alarm alarm, Bytes envelope, boolean held) {
        List<String> route = Records.route(settings.centres(), alarm);
        Outgoing o = Outgoing.fresh(alarm, envelope, route, held, order++, clock.nanoTime());
        pending.put(alarm.id(), o);
        if (held) {
            latched = o;
        }
        couriers.stream().filter(c -> route.contains(c.centre().id())).forEach(c -> c.deliver(o));
        if (alarm.state() == AlarmState.RESTORED) {
            alarm.about().ifPresent(this::release); // noted before, and so synced with, the alarm that says so
        }
        keep(o, o.isLife() ? Priority.LIFE : Priority.ROUTINE);
        settle(o); // a drill that no centre wants
        boundPending(o);
        refreshLamp();
        changed(o);
        AlarmStatus status = o.status();
        if (o.isLife()) {
            room.kept(o.item().isPresent());
        }
        return status;
    }

    private void boundPending(Outgoing fresh) {
        if (pending.size() > MAX_PENDING) {
            repeatedAgain()
                    .or(() -> pending.values().stream()
                            .filter(o -> !o.isLife() && !o.equals(fresh))
                            .findFirst())
                    .or(() -> pending.sequencedValues().reversed().stream()
                            .filter(o -> fresh.isLife() && !o.isHeld() && !o.equals(fresh))
                            .findFirst())
                    .ifPresent(this::makeRoom);
        }
    }

    /** The oldest press of all those that say no more than a later one: somebody presses again and again. */
    private Optional<Outgoing> repeatedAgain() {
        Map<AlarmId, Outgoing> first = new HashMap<>();
        for (Outgoing o : pending.values()) {
            if (o.isLife() && o.alarm().state() == AlarmState.UPDATED) {
                Optional<Outgoing> older = o.alarm().about().map(about -> first.putIfAbsent(about, o));
                if (older.isPresent()) {
                    return older;
                }
            }
        }
        return Optional.empty();
    }

    private void makeRoom(Outgoing victim) {
        AlarmId id = victim.alarm().id();
        couriers.forEach(c -> c.forget(victim));
        pending.remove(id);
        boolean waits = victim.isLife() && victim.item().isPresent();
        listener.remark("more than " + MAX_PENDING + " alarms pending: "
                + (waits ? id + " waits for the next start" : "gave up " + id));
        if (waits) {
            victim.item().ifPresent(i -> byItem.remove(i.number())); // the journal keeps it
        } else {
            drop(victim);
        }
        if (victim.isLife() && !crowded) {
            crowded = true;
            room.sendsAll(false);
        }
    }

    /** Sends a report to every centre, when there is nothing better to do. */
    void report(Bytes body) {
        Outgoing o = Outgoing.report(
                body, settings.centres().stream().map(CentreLink::id).toList(), order++, clock.nanoTime());
        keep(o, Priority.TELEMETRY);
        if (o.item().isPresent()) {
            couriers.forEach(c -> c.report(o));
        }
    }

    /**
     * Sends evidence of an alarm to the centres on its route, after the alarm. Above {@value #MAX_EVIDENCE} pieces the oldest
     * goes.
     */
    void evidence(Bytes envelope, Collection<String> route) {
        List<Outgoing> waiting =
                byItem.values().stream().filter(Outgoing::isEvidence).toList();
        if (waiting.size() >= MAX_EVIDENCE) {
            listener.remark("more than " + MAX_EVIDENCE + " pieces of evidence wait: the oldest was given up");
            couriers.forEach(c -> c.forget(waiting.getFirst()));
            drop(waiting.getFirst());
        }
        Outgoing o = Outgoing.evidence(envelope, List.copyOf(route), order++, clock.nanoTime());
        keep(o, Priority.TELEMETRY);
        if (o.item().isPresent()) {
            couriers.stream().filter(c -> route.contains(c.centre().id())).forEach(c -> c.report(o));
        }
    }

    private void keep(Outgoing o, Priority priority) {
        Optional<Item> item = journal.put(priority, Messages.write(o.toOutboxItem()), () -> {
            o.keptAt(clock.nanoTime());
            if (!o.isTelemetry()) {
                changed(o);
            }
        });
        item.ifPresentOrElse(
                i -> {
                    o.keptAs(i);
                    byItem.put(i.number(), o);
                },
                () -> listener.remark("the journal has no room for one more " + priority + " record"));
    }

    /** It is over: the latch is open again, and neither it nor its updates are shown once a centre has them. */
    void release(AlarmId id) {
        for (Outgoing o : List.copyOf(pending.values())) {
            boolean it = o.alarm().id().equals(id);
            if (it && o.isHeld()) {
                o.item().ifPresent(i -> journal.mark(i, Records.RELEASED));
            }
            if (it || o.alarm().about().filter(id::equals).isPresent()) {
                latched = o.equals(latched) ? null : latched;
                o.release();
                settle(o);
            }
        }
    }

    /** The journal gave an item up for a more important one. */
    void evicted(Item item) {
        Outgoing o = byItem.remove(item.number());
        if (o != null) {
            couriers.forEach(c -> c.forget(o));
            if (!o.isTelemetry()) {
                pending.remove(o.alarm().id());
                listener.remark("the journal was full: gave up " + o.alarm().id());
            }
        }
    }

    /** A centre posted something of its own accord. */
    int pushed(String path, Bytes payload) {
        return switch (path) {
            case "receipt" -> pushed(courier -> courier.read(payload), effect -> true);
            case "order" -> pushed(courier -> courier.readOrder(payload), stands -> stands);
            default -> 404;
        };
    }

    /** Whichever centre signed it may say it; nobody else. */
    private <T> int pushed(Function<Courier, Decoded<T>> reading, Predicate<T> good) {
        for (Courier c : couriers) {
            if (reading.apply(c) instanceof Decoded.Ok<T>(T said)) {
                return good.test(said) ? 204 : 403;
            }
        }
        return 401;
    }

    @Override
    public void sent(CentreLink centre, Outgoing o) {
        o.delivery(centre.id()).filter(d -> d.firstSentNs().isEmpty()).ifPresent(d -> {
            o.update(d.sentAt(clock.nanoTime()));
            changed(o);
        });
    }

    @Override
    public Courier.Effect answered(CentreLink centre, Answer answer) {
        Outgoing o = pending.getOrDefault(answer.alarm(), settled.get(answer.alarm()));
        if (o == null || !o.sha256().equals(answer.envelopeSha256())) {
            return Courier.Effect.NONE; // of an alarm long settled, or of another envelope under the same id
        }
        Delivery before = o.delivery(centre.id()).orElse(null);
        if (before == null) {
            return Courier.Effect.NONE;
        }
        listener.centreTime(answer.time());
        return switch (answer) {
            case Answer.Receipt r when r.mode() == o.alarm().mode() -> receipted(o, centre, before, r);
            case Answer.Receipt r -> {
                listener.remark("a receipt from " + centre.id() + " for another mode: " + r.mode());
                yield Courier.Effect.NONE;
            }
            case Answer.Refusal r when before.state().isReceived() -> Courier.Effect.NONE;
            case Answer.Refusal r -> {
                o.update(before.with(Delivery.State.REFUSED, r.reason()));
                listener.remark(centre.id() + " refuses " + o.alarm().id() + ": " + r.reason());
                refreshLamp();
                changed(o);
                yield Courier.Effect.REFUSED;
            }
        };
    }

    private Courier.Effect receipted(Outgoing o, CentreLink centre, Delivery before, Answer.Receipt r) {
        boolean accepted = r.stage() == ReceiptStage.ACCEPTED;
        if (before.state() == Delivery.State.ACCEPTED || (before.state() == Delivery.State.RECEIVED && !accepted)) {
            return Courier.Effect.NONE; // told already
        }
        o.update(before.receipted(accepted ? Delivery.State.ACCEPTED : Delivery.State.RECEIVED, r, clock.nanoTime()));
        o.item().ifPresent(i -> journal.mark(i, Records.receipt(r.stage(), centre.id())));
        couriers.stream().filter(c -> c.centre().equals(centre)).forEach(c -> c.forget(o));
        settle(o);
        refreshLamp();
        changed(o);
        return Courier.Effect.FURTHER;
    }

    @Override
    public void delayed(CentreLink centre, Outgoing o, String why) {
        o.delivery(centre.id()).filter(d -> !d.state().isReceived()).ifPresent(d -> {
            o.update(d.with(d.state(), why));
            changed(o);
        });
    }

    @Override
    public void reported(CentreLink centre, Outgoing content) {
        if (content.reportedTo(centre.id())) {
            drop(content);
        }
    }

    @Override
    public void gaveUp(CentreLink centre, Outgoing evidence, String why) {
        listener.remark("evidence for " + centre.id() + " was given up: " + why);
        reported(centre, evidence);
    }

    @Override
    public void linkChanged() {
        lamp.linked(couriers.stream().allMatch(Courier::isLinked));
    }

    @Override
    public void reachability(CentreLink centre, String what) {
        listener.remark(centre.id() + " " + what);
    }

    @Override
    public void centreTime(Instant time) {
        listener.centreTime(time);
    }

    @Override
    public void doubted(CentreLink centre, String why) {
        listener.remark("at the address of centre " + centre.id() + " there is someone who does not prove to be it: "
                + why + "; check the centre's receipt key in this device's configuration");
    }

    private void settle(Outgoing o) {
        if (o.isTelemetry() || o.isHeld() || !o.isReceivedByAll()) {
            return;
        }
        drop(o);
        if (pending.remove(o.alarm().id()) != null) {
            if (crowded && pending.size() <= MAX_PENDING / 2) {
                crowded = false;
                room.sendsAll(true);
            }
            settled.put(o.alarm().id(), o);
            if (settled.size() > MAX_SETTLED) {
                settled.remove(settled.keySet().iterator().next());
            }
        }
    }

    private void drop(Outgoing o) {
        o.item().ifPresent(i -> {
            byItem.remove(i.number());
            journal.remove(i);
        });
    }

    private void changed(Outgoing o) {
        listener.alarmChanged(o.status());
    }

    private void refreshLamp() {
        Optional<Outgoing> oldest = firstShown(pending.values(), true);
        lamp.show(
                standing(oldest.isPresent()),
                oldest.map(o -> OptionalLong.of(o.sinceNs())).orElse(OptionalLong.empty()));
    }

    private Lamp.Standing standing(boolean waits) {
        Collection<Outgoing> newestFirst = pending.sequencedValues().reversed();
        if (waits) {
            // also where an older one has been accepted: who pressed again must not believe that this was heard
            return firstShown(newestFirst, true)
                            .filter(Outgoing::isRefusedByAll)
                            .isPresent()
                    ? Lamp.Standing.REFUSED
                    : Lamp.Standing.WAITING;
        }
        Optional<Outgoing> speaker =
                latched != null && latched.isLive() ? Optional.of(latched) : firstShown(newestFirst, false);
        if (speaker.isPresent()) {
            return speaker.get().isAccepted() ? Lamp.Standing.ACCEPTED : Lamp.Standing.RECEIVED;
        }
        return pending.values().stream().anyMatch(Outgoing::isShown) ? Lamp.Standing.DRILL : Lamp.Standing.NOTHING;
    }

    private static Optional<Outgoing> firstShown(Collection<Outgoing> some, boolean waiting) {
        for (Outgoing o : some) {
            if (o.isShown() && o.isLive() && !(waiting && o.isReceivedByAny())) {
                return Optional.of(o);
            }
        }
        return Optional.empty();
    }
}
