package dev.tocsin.sdk.session;

import dev.tocsin.sdk.codec.OutboxItem;
import dev.tocsin.sdk.journal.Item;
import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmState;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.Mode;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One alarm, report or piece of evidence in the outbox, and how far it has come. Ordered: lives first, then by age. Belongs to
 * the event loop.
 */
final class Outgoing implements Comparable<Outgoing> {

    private static final Comparator<Outgoing> ORDER =
            Comparator.comparing((Outgoing o) -> !o.isLife()).thenComparingLong(o -> o.order);

    private final OutboxItem.Kind kind;
    private final @Nullable Alarm alarm;
    private final Bytes body;
    private final Bytes sha256;
    private final long order;
    private final long sinceNs;
    private final long signedNs;
    private final Map<String, Delivery> deliveries = new LinkedHashMap<>();
    private final Set<String> unreported = new LinkedHashSet<>();
    private OptionalLong keptNs = OptionalLong.empty();
    private @Nullable Item item;
    private boolean held;
    private boolean released;
    private @Nullable AlarmStatus status; // as it stands; null when something has changed since

    private Outgoing(
            OutboxItem.Kind kind,
            @Nullable Alarm alarm,
            Bytes body,
            List<String> route,
            boolean held,
            long order,
            long sinceNs,
            long signedNs) {
        this.kind = kind;
        this.alarm = alarm;
        this.body = body;
        this.sha256 = body.sha256();
        this.held = held;
        this.order = order;
        this.sinceNs = sinceNs;
        this.signedNs = signedNs;
        if (alarm == null) {
            unreported.addAll(route);
        } else {
            route.forEach(centre -> deliveries.put(centre, Delivery.begin(centre)));
        }
    }

    /** An alarm that has just been signed. */
    static Outgoing fresh(Alarm alarm, Bytes envelope, List<String> route, boolean held, long order, long nowNs) {
        return new Outgoing(OutboxItem.Kind.ALARM, alarm, envelope, route, held, order, nowNs, nowNs);
    }

    /** An alarm that an earlier boot left. */
    static Outgoing recovered(Alarm alarm, Bytes envelope, List<String> route, boolean held, long order, long nowNs) {
        return new Outgoing(OutboxItem.Kind.ALARM, alarm, envelope, route, held, order, nowNs, 0);
    }

    /** A report. */
    static Outgoing report(Bytes body, List<String> route, long order, long nowNs) {
        return new Outgoing(OutboxItem.Kind.REPORT, null, body, route, false, order, nowNs, 0);
    }

    /** Signed evidence of an alarm. */
    static Outgoing evidence(Bytes envelope, List<String> route, long order, long nowNs) {
        return new Outgoing(OutboxItem.Kind.EVIDENCE, null, envelope, route, false, order, nowNs, 0);
    }

    /** The exact bytes to send. */
    Bytes body() {
        return body;
    }

    Bytes sha256() {
        return sha256;
    }

    /** A report or evidence: it yields to every alarm. */
    boolean isTelemetry() {
        return kind != OutboxItem.Kind.ALARM;
    }

    boolean isEvidence() {
        return kind == OutboxItem.Kind.EVIDENCE;
    }

    Alarm alarm() {
        if (alarm == null) {
            throw new IllegalStateException("telemetry is not an alarm");
        }
        return alarm;
    }

    boolean isLife() {
        return alarm != null && alarm.kind().isLife() && alarm.mode() != Mode.TEST;
    }

    boolean isLive() {
        return alarm().mode() == Mode.LIVE;
    }

    boolean isAccepted() {
        for (Delivery d : deliveries.values()) {
            if (d.state() == Delivery.State.ACCEPTED) {
                return true;
            }
        }
        return false;
    }

    boolean isRefusedByAll() {
        for (Delivery d : deliveries.values()) {
            if (d.state() != Delivery.State.REFUSED) {
                return false;
            }
        }
        return true;
    }

    /** A latched alarm is held in the journal until its reset. */
    boolean isHeld() {
        return held;
    }

    /** Its reset: it is held no longer, and nobody who turned the key wants to see it any more. */
    void release() {
        held = false;
        released = true;
    }

    /** Whether the lamp may speak of it. A drill that is over concerns nobody, whoever has it. */
    boolean isShown() {
        return isLife() && alarm().state() != AlarmState.RESTORED && !(released && (!isLive() || isReceivedByAny()));
    }

    /** Since when this boot has had it, device's monotonic clock. */
    long sinceNs() {
        return sinceNs;
    }

    Optional<Item> item() {
        return Optional.ofNullable(item);
    }

    void keptAs(Item kept) {
        item = kept;
    }

    void keptAt(long ns) {
        keptNs = OptionalLong.of(ns);
        status = null;
    }

    Optional<Delivery> delivery(String centre) {
        return Optional.ofNullable(deliveries.get(centre));
    }

    boolean isReceivedByAll() {
        for (Delivery d : deliveries.values()) {
            if (!d.state().isReceived()) {
                return false;
            }
        }
        return true;
    }

    boolean isReceivedByAny() {
        for (Delivery d : deliveries.values()) {
            if (d.state().isReceived()) {
                return true;
            }
        }
        return false;
    }

    boolean isRefusedBy(String centre) {
        Delivery d = deliveries.get(centre);
        return d != null && d.state() == Delivery.State.REFUSED;
    }

    void update(Delivery delivery) {
        deliveries.put(delivery.centre(), delivery);
        status = null;
    }

    /** A centre has the report or evidence, or will not have it; whether that was the last one. */
    boolean reportedTo(String centre) {
        unreported.remove(centre);
        return unreported.isEmpty();
    }

    List<String> route() {
        return isTelemetry() ? List.copyOf(unreported) : List.copyOf(deliveries.keySet());
    }

    AlarmStatus status() {
        AlarmStatus now = status;
        if (now == null) {
            now = new AlarmStatus(alarm(), body, signedNs, keptNs, deliveries);
            status = now;
        }
        return now;
    }

    OutboxItem toOutboxItem() {
        return new OutboxItem(kind, body, route(), held);
    }

    @Override
    public int compareTo(Outgoing other) {
        return ORDER.compare(this, other);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
