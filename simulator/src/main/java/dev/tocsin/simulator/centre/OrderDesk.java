package dev.tocsin.simulator.centre;

import dev.tocsin.sdk.codec.OrderMessages;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.DeviceOrder;
import dev.tocsin.sdk.model.Heartbeat;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.port.Signer;
import dev.tocsin.simulator.centre.ledger.Entry;
import dev.tocsin.simulator.centre.ledger.EntryType;
import dev.tocsin.simulator.centre.ledger.LedgerView;
import dev.tocsin.simulator.centre.ledger.OrderPlan;
import dev.tocsin.simulator.centre.ledger.OrderStanding;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Brings orders other than drills to their devices, one at a time and in turn: signed anew over the echo of the device's last
 * heartbeat, pushed at once and then in each heartbeat's answer, until a result is in the ledger or its time is over. On the
 * loop.
 */
final class OrderDesk {

    /** Orders that wait for one device; what is beyond is taken up by the next start. */
    static final int MAX_WAITING = 64;

    /** A device's last heartbeat. */
    private record Contact(Peer peer, long echo, Instant heard) {}

    private final Settings settings;
    private final Signer signer;
    private final Clock clock;
    private final Audit audit;
    private final Map<String, SortedMap<Long, OrderPlan>> waiting = new HashMap<>();
    private final Map<String, Contact> contacts = new HashMap<>();

    OrderDesk(Settings settings, Signer signer, Clock clock, Audit audit) {
        this.settings = settings;
        this.signer = signer;
        this.clock = clock;
        this.audit = audit;
    }

    /** Takes up what an earlier run of the centre left. */
    void recover(LedgerView ledger) {
        for (OrderStanding order : OrderStanding.all(ledger)) {
            if (order.state().isEmpty()) {
                add(order.plan());
            }
        }
    }

    /** Forgets where others are to be found: who is revoked is told nothing any more. */
    void keepOnly(Set<String> devices) {
        contacts.keySet().retainAll(devices);
    }

    /** A new entry in the ledger: a device that can be reached is told at once. */
    void entered(Entry entry) {
        OrderPlan.of(entry).ifPresent(this::add);
        if (entry.type() == EntryType.ORDER_RESULT) {
            audit.line(entry.fact().device() + " " + Plain.line(entry.fact().detail()));
            OrderStanding.numberOf(entry).ifPresent(number -> {
                SortedMap<Long, OrderPlan> orders = waiting.get(entry.fact().device());
                if (orders != null) {
                    orders.remove(number);
                }
            });
        }
        Contact contact = contacts.get(entry.fact().device());
        if (contact != null) {
            next(entry.fact().device(), contact)
                    .ifPresent(signed -> contact.peer.push(DrillDesk.PATH, signed, result -> {}));
        }
    }

    private void add(OrderPlan plan) {
        SortedMap<Long, OrderPlan> orders = waiting.computeIfAbsent(plan.device(), device -> new TreeMap<>());
        if (orders.size() < MAX_WAITING) {
            orders.put(plan.number(), plan);
        }
    }

    /** A device's heartbeat: the order that its answer should carry, if any. */
    Optional<Bytes> heard(Heartbeat heartbeat, Peer peer) {
        Contact contact = new Contact(peer, heartbeat.echo(), clock.wallTime());
        contacts.put(heartbeat.device(), contact);
        return next(heartbeat.device(), contact);
    }

    private Optional<Bytes> next(String device, Contact contact) {
        SortedMap<Long, OrderPlan> orders = waiting.get(device);
        if (orders == null || contact.echo == 0) {
            return Optional.empty();
        }
        Instant now = clock.wallTime();
        while (!orders.isEmpty()) {
            OrderPlan plan = orders.values().iterator().next();
            if (now.isBefore(plan.expires())) {
                return Optional.of(signed(plan, contact));
            }
            audit.line("order " + plan.number() + " to " + device + " (" + Plain.line(plan.words())
                    + ") expired: no result came in its time");
            orders.remove(plan.number());
        }
        waiting.remove(device);
        return Optional.empty();
    }

    private Bytes signed(OrderPlan plan, Contact contact) {
        Duration left = Duration.between(contact.heard, plan.expires());
        DeviceOrder order = new DeviceOrder(
                settings.id(), plan.device(), plan.number(), contact.echo, left, plan.by(), plan.task());
        return OrderMessages.sign(order, signer).bytes();
    }
}
