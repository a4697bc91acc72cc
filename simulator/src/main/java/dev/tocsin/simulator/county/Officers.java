package dev.tocsin.simulator.county;

import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.AlarmState;
import dev.tocsin.simulator.centre.ledger.DrillPlan;
import dev.tocsin.simulator.centre.ledger.Entry;
import dev.tocsin.simulator.centre.ledger.EntryType;
import dev.tocsin.simulator.centre.ledger.Submission;
import dev.tocsin.simulator.county.CountyPlan.PlannedAcceptance;
import dev.tocsin.simulator.county.CountyPlan.PlannedDrill;
import dev.tocsin.simulator.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The people at the centres: they accept alarms and order drills, in the ledger beside the centre, as the commands do. */
final class Officers {

    /** A drill is ordered this long before it begins, so that each device's next heartbeats bring it. */
    private static final Duration ORDERED_BEFORE = Duration.ofMinutes(10);

    /** How often an officer looks at the screen. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private static final int PAGE = 1_000;

    private final World world;
    private final long startNs;
    private final Map<String, CentreHouse> centres;
    private final Chronicle chronicle;

    Officers(World world, long startNs, Map<String, CentreHouse> centres, Chronicle chronicle) {
        this.world = world;
        this.startNs = startNs;
        this.centres = new LinkedHashMap<>(centres);
        this.chronicle = chronicle;
    }

    void order(PlannedDrill drill) {
        long orderedNs = Math.max(0, drill.fromNs() - ORDERED_BEFORE.toNanos());
        CentreHouse education = centres.get("education");
        if (education == null) {
            throw new IllegalArgumentException("a drill without the centre education");
        }
        at(orderedNs, () -> {
            Instant begins = education.machine().clock().wallTime().plusNanos(drill.fromNs() - orderedNs);
            Instant ends = begins.plusNanos(drill.toNs() - drill.fromNs());
            for (String order : orders(drill).keySet()) {
                String school = order.substring(drill.id().length() + 1);
                DrillPlan plan = new DrillPlan(order, school + "/*", begins, ends, school);
                write(education, new Submission.BeginDrill(plan, drill.by()));
                chronicle.exercised("drill-ordered");
            }
        });
    }

    /** An order for each school, by its name: whose alarms are drills. */
    static SortedMap<String, Set<String>> orders(PlannedDrill drill) {
        SortedMap<String, Set<String>> orders = new TreeMap<>();
        drill.devices()
                .forEach(d -> orders.computeIfAbsent(
                                drill.id() + "-" + d.substring(0, Math.max(0, d.indexOf('/'))), o -> new TreeSet<>())
                        .add(d));
        return orders;
    }

    void accept(PlannedAcceptance acceptance) {
        Set<String> devices = Set.copyOf(acceptance.devices());
        at(
                acceptance.atNs(),
                () -> centres.values().forEach(centre -> {
                    if (acceptance.after().isPresent()) {
                        watch(centre, centre.ledger().head().number() + 1, acceptance, devices);
                    } else {
                        acceptAll(centre, centre.ledger().open(PAGE), acceptance, devices);
                    }
                }));
    }

    /** Looks at what is new on the screen, and accepts it in its time. */
    private void watch(CentreHouse centre, long from, PlannedAcceptance acceptance, Set<String> devices) {
        List<Entry> fresh = centre.ledger().entries(from, PAGE);
        long next = fresh.isEmpty() ? from : fresh.getLast().number() + 1;
        if (!fresh.isEmpty()) {
            world.schedule(
                    acceptance.after().orElseThrow().toNanos(), () -> acceptAll(centre, fresh, acceptance, devices));
        }
        world.schedule(LOOK.toNanos(), () -> watch(centre, next, acceptance, devices));
    }

    private void acceptAll(
            CentreHouse centre, Collection<Entry> entries, PlannedAcceptance acceptance, Set<String> devices) {
        for (Entry entry : entries) {
            boolean alarm = entry.type() == EntryType.ALARM
                    && entry.fact().kind().filter(AlarmKind::isLife).isPresent()
                    && entry.fact().state().filter(AlarmState.RAISED::equals).isPresent();
            if (alarm && devices.contains(entry.fact().device())) {
                entry.fact().alarm().ifPresent(id -> {
                    chronicle.exercised("alarm-accepted");
                    write(centre, new Submission.Accept(id, acceptance.by()));
                });
            }
        }
    }

    /** Another process writes; the centre sees it when it looks. */
    private static void write(CentreHouse centre, Submission submission) {
        centre.ledger().submit(submission, outcome -> {});
        centre.ledger().commit();
    }

    private void at(long sinceStartNs, Runnable task) {
        world.schedule(startNs + sinceStartNs - world.nanoTime(), task);
    }
}
