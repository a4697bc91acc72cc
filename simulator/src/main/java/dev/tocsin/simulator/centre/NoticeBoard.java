package dev.tocsin.simulator.centre;

import dev.tocsin.sdk.model.DrillNotice;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.port.Timers;
import dev.tocsin.simulator.centre.ledger.DrillPlan;
import dev.tocsin.simulator.centre.ledger.Entry;
import dev.tocsin.simulator.centre.ledger.HeldNotice;
import dev.tocsin.simulator.centre.ledger.LedgerView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Knows which other centre is still to be told of which drill's start and end. All of it follows from the ledger, so a
 * restart takes it up: a drill is there as it was ordered and ended, and what a centre has is there with its receipt. A
 * drill that nobody ends is over when its time is. On the loop.
 */
final class NoticeBoard {

    /** Drills that somebody is still to be told of; beyond it the oldest is given up. */
    static final int MAX_DRILLS = 1_024;

    /** What ended before that is not taken up by a restart: a centre new in the configuration wants no old news. */
    static final Duration LOOK_BACK = Duration.ofDays(90);

    /** The wall clock is looked at that often, in case it jumps. */
    private static final Duration LONGEST_LOOK = Duration.ofMinutes(1);

    private static final int PAGE = 500;

    /**
     * The start or the end of a drill. From the same ledger it is always the same.
     *
     * @param over whether it is the end
     * @param ends when the drill ends, or ended
     * @param by who ordered or ended it
     */
    record Notice(DrillPlan plan, boolean over, Instant ends, String by) {

        String order() {
            return plan.order();
        }

        /** As one centre tells another. */
        DrillNotice message(String from, String to) {
            return new DrillNotice(
                    from, to, plan.order(), plan.devices(), plan.places(), plan.begins(), ends, over, by);
        }

        @Override
        public String toString() {
            return "the " + (over ? "end" : "start") + " of drill " + plan.order();
        }
    }

    private static final class Drill {
        final Notice start;
        final Set<String> knowStart = new HashSet<>();
        final Set<String> knowEnd = new HashSet<>();
        Optional<Notice> end = Optional.empty();

        Drill(Notice start) {
            this.start = start;
        }
    }

    private final Clock clock;
    private final Timers timers;
    private final Audit audit;
    private final Map<String, NoticeCourier> couriers = new LinkedHashMap<>();
    private final SequencedMap<String, Drill> drills = new LinkedHashMap<>();
    private Timers.@Nullable Cancellable look;
    private boolean closed;

    NoticeBoard(String centre, Partners partners, NoticeCourier.Ports ports) {
        this.clock = ports.clock();
        this.timers = ports.timers();
        this.audit = ports.audit();
        partners.told().forEach(to -> couriers.put(to.id(), new NoticeCourier(centre, to, ports, this::entered)));
        ports.transport().serve((path, payload) -> 404); // who is told has nothing else to say
    }

    /** Takes up what an earlier run of the centre left. */
    void recover(LedgerView ledger) {
        Instant oldest = clock.wallTime().minus(LOOK_BACK);
        List<Entry> found = new ArrayList<>();
        long before = Long.MAX_VALUE;
        for (List<Entry> page = ledger.drills(before, PAGE);
                !page.isEmpty() && !page.getFirst().time().isBefore(oldest);
                page = ledger.drills(before, PAGE)) {
            found.addAll(page);
            before = page.getLast().number();
        }
        found.reversed().forEach(this::note);
        proceed();
    }

    /** A new entry in the ledger. */
    void entered(Entry entry) {
        if (entry.type().isAboutDrills()) {
            note(entry);
            proceed();
        }
    }

    /** Tells nobody anything any more. */
    void close() {
        closed = true;
        couriers.values().forEach(NoticeCourier::close);
        if (look != null) {
            look.cancel();
        }
    }

    private void note(Entry entry) {
        switch (entry.type()) {
            case DRILL_BEGUN ->
                DrillPlan.of(entry).ifPresent(plan -> begun(plan, entry.fact().by()));
            case DRILL_ENDED -> DrillPlan.of(entry).ifPresent(plan -> ended(plan, entry));
            case NOTICE_TAKEN ->
                HeldNotice.receipt(entry)
                        .ifPresent(receipt -> taken(
                                receipt.order(), receipt.over(), entry.fact().device()));
            default -> {}
        }
    }

    private void begun(DrillPlan plan, String by) {
        drills.putIfAbsent(plan.order(), new Drill(new Notice(plan, false, plan.ends(), by)));
        if (drills.size() > MAX_DRILLS) {
            Drill oldest = drills.pollFirstEntry().getValue();
            audit.line(oldest.start + " or its end is given up: there are too many drills to tell of");
            couriers.values().forEach(courier -> {
                courier.drop(oldest.start);
                oldest.end.ifPresent(courier::drop);
            });
        }
    }

    /** Ended by a person. What is ended after its time was over before. */
    private void ended(DrillPlan plan, Entry entry) {
        Drill drill = drills.get(plan.order());
        if (drill != null && drill.end.isEmpty() && entry.time().isBefore(drill.start.ends)) {
            drill.end = Optional.of(new Notice(
                    drill.start.plan, true, entry.time(), entry.fact().by()));
        }
    }

    private void taken(String order, boolean over, String by) {
        Drill drill = drills.get(order);
        NoticeCourier courier = couriers.get(by);
        if (drill == null || courier == null) {
            return;
        }
        (over ? drill.knowEnd : drill.knowStart).add(by);
        (over ? drill.end : Optional.of(drill.start)).ifPresent(courier::drop);
        if (drill.knowStart.containsAll(couriers.keySet()) && drill.knowEnd.containsAll(couriers.keySet())) {
            drills.remove(order);
        }
    }

    /** Hands out what is due, and looks again when the next drill is over. */
    private void proceed() {
        if (closed) {
            return;
        }
        Instant now = clock.wallTime();
        Duration next = LONGEST_LOOK;
        boolean anyRuns = false;
        for (Drill drill : drills.values()) {
            if (drill.end.isEmpty() && !now.isBefore(drill.start.ends)) {
                drill.end = Optional.of(new Notice(drill.start.plan, true, drill.start.ends, drill.start.by));
            }
            couriers.forEach((to, courier) -> {
                if (!drill.knowStart.contains(to)) {
                    courier.bring(drill.start);
                }
                drill.end.filter(end -> !drill.knowEnd.contains(to)).ifPresent(courier::bring);
            });
            if (drill.end.isEmpty()) {
                anyRuns = true;
                Duration left = Duration.between(now, drill.start.ends);
                next = left.compareTo(next) < 0 ? left : next;
            }
        }
        if (look != null) {
            look.cancel();
            look = null;
        }
        if (anyRuns) {
            look = timers.schedule(next.toNanos(), this::proceed);
        }
    }
}
