package dev.tocsin.simulator.centre;

import dev.tocsin.sdk.codec.DrillMessages;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.DrillOrder;
import dev.tocsin.sdk.model.DrillState;
import dev.tocsin.sdk.model.Heartbeat;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.port.Signer;
import dev.tocsin.simulator.centre.ledger.DrillPlan;
import dev.tocsin.simulator.centre.ledger.Entry;
import dev.tocsin.simulator.centre.ledger.EntryType;
import dev.tocsin.simulator.centre.ledger.LedgerView;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * Brings drills to the devices. What is ordered and ended is in the ledger; each device gets an order of its own, signed
 * over the echo of its heartbeat, in that heartbeat's answer, until a heartbeat says that it stands there. From then on it
 * is not offered again: a device that a live press or a reboot has taken out of a drill stays out of it. On the loop.
 */
final class DrillDesk {

    /** Where devices take orders. */
    static final String PATH = "order";

    /** Drills remembered; beyond it the oldest is forgotten, and ends on its devices in its time. */
    static final int MAX_DRILLS = 64;

    /** Entries about drills looked back at when the centre starts. */
    private static final int LOOK_BACK = 8 * MAX_DRILLS;

    private static final class Drill {
        final DrillPlan plan;
        final Set<String> offered = new HashSet<>();
        final Set<String> confirmed = new HashSet<>();
        String by;
        boolean ended;

        Drill(DrillPlan plan, String by) {
            this.plan = plan;
            this.by = by;
        }

        boolean isOver(Instant now) {
            return !now.isBefore(plan.ends());
        }
    }

    /** A device's last heartbeat. */
    private record Contact(Peer peer, long echo, Instant heard, Optional<DrillState> state) {}

    private final Settings settings;
    private final Signer signer;
    private final Clock clock;
    private final Audit audit;
    private final SequencedMap<String, Drill> drills = new LinkedHashMap<>();
    private final Map<String, Contact> contacts = new HashMap<>();

    DrillDesk(Settings settings, Signer signer, Clock clock, Audit audit) {
        this.settings = settings;
        this.signer = signer;
        this.clock = clock;
        this.audit = audit;
    }

    /** Takes up what an earlier run of the centre left. */
    void recover(LedgerView ledger) {
        Instant oldest = clock.wallTime().minus(DrillPlan.LONGEST);
        ledger.drills(Long.MAX_VALUE, LOOK_BACK).reversed().stream()
                .filter(entry -> !entry.time().isBefore(oldest))
                .forEach(this::note);
    }

    /** Forgets where others are to be found: who is revoked is told nothing any more. */
    void keepOnly(Set<String> devices) {
        contacts.keySet().retainAll(devices);
    }

    /** A new entry in the ledger: devices that can be reached are told at once. */
    void entered(Entry entry) {
        note(entry)
                .ifPresent(drill -> contacts.forEach((device, contact) -> {
                    if (drill.plan.covers(device) && contact.echo != 0) {
                        Optional<Bytes> order = drill.ended
                                ? drill.offered.contains(device) ? end(drill, device, contact) : Optional.empty()
                                : begin(drill, device, contact);
                        order.ifPresent(signed -> contact.peer.push(PATH, signed, result -> {}));
                    }
                }));
    }

    private Optional<Drill> note(Entry entry) {
        Optional<DrillPlan> plan = DrillPlan.of(entry);
        if (plan.isEmpty()) {
            return Optional.empty();
        }
        if (!settings.drills()) {
            audit.line("drill " + plan.get().order() + " is not held: this centre takes no drills");
            return Optional.empty();
        }
        Drill drill = drills.computeIfAbsent(
                plan.get().order(), order -> new Drill(plan.get(), entry.fact().by()));
        if (entry.type() == EntryType.DRILL_ENDED) {
            drill.ended = true;
            drill.by = entry.fact().by();
        }
        if (drills.size() > MAX_DRILLS) {
            drills.pollFirstEntry();
        }
        return Optional.of(drill);
    }

    /** A device's heartbeat: the order that its answer should carry, if any. One at a time: no device holds two drills. */
    Optional<Bytes> heard(Heartbeat heartbeat, Peer peer) {
        String device = heartbeat.device();
        Contact contact = new Contact(peer, heartbeat.echo(), clock.wallTime(), heartbeat.drill());
        contacts.put(device, contact);
        heartbeat.drill().ifPresent(state -> {
            Drill drill = drills.get(state.order());
            if (drill != null && drill.confirmed.add(device)) {
                audit.line("drill " + drill.plan.order() + " stands on " + device);
            }
        });
        if (contact.echo == 0 || drills.isEmpty()) {
            return Optional.empty(); // it takes no orders, or there are none
        }
        return drills.values().stream()
                .filter(drill -> drill.plan.covers(device))
                .flatMap(drill -> (drill.ended
                                ? stands(drill, contact) ? end(drill, device, contact) : Optional.<Bytes>empty()
                                : begin(drill, device, contact))
                        .stream())
                .findFirst();
    }

    private static boolean stands(Drill drill, Contact contact) {
        return contact.state
                .filter(s -> s.order().equals(drill.plan.order()) && !s.left().isZero())
                .isPresent();
    }

    private Optional<Bytes> begin(Drill drill, String device, Contact contact) {
        Instant begins = drill.plan.begins().isBefore(contact.heard) ? contact.heard : drill.plan.begins();
        Duration after = Duration.between(contact.heard, begins);
        if (drill.confirmed.contains(device)
                || drill.isOver(clock.wallTime())
                || after.compareTo(DrillOrder.MAX_STARTS_AFTER) > 0) {
            return Optional.empty();
        }
        drill.offered.add(device);
        return Optional.of(signed(drill, device, contact, after, Duration.between(begins, drill.plan.ends())));
    }

    private Optional<Bytes> end(Drill drill, String device, Contact contact) {
        return drill.isOver(clock.wallTime())
                ? Optional.empty()
                : Optional.of(signed(drill, device, contact, Duration.ZERO, Duration.ZERO));
    }

    private Bytes signed(Drill drill, String device, Contact contact, Duration after, Duration lasts) {
        DrillOrder order = new DrillOrder(
                settings.id(),
                drill.plan.order(),
                device,
                contact.echo,
                drill.plan.places(),
                Duration.between(contact.heard, clock.wallTime()),
                after,
                lasts,
                drill.by);
        return DrillMessages.sign(order, signer).bytes();
    }
}
