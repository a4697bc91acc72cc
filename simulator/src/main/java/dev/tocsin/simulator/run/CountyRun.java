package dev.tocsin.simulator.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.simulator.check.Deed;
import dev.tocsin.simulator.check.Evidence;
import dev.tocsin.simulator.check.FaultSpan;
import dev.tocsin.simulator.check.Findings;
import dev.tocsin.simulator.check.Happening;
import dev.tocsin.simulator.check.Lane;
import dev.tocsin.simulator.check.LedgerCopy;
import dev.tocsin.simulator.check.Observer;
import dev.tocsin.simulator.check.Sightings;
import dev.tocsin.simulator.county.Chronicle;
import dev.tocsin.simulator.county.County;
import dev.tocsin.simulator.county.CountyPlan;
import dev.tocsin.simulator.county.Trouble;
import dev.tocsin.simulator.report.Trace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;

/** Plays one county from nothing to what the observer finds, on the thread that calls. Its progress may be asked by any. */
final class CountyRun implements Callable<CountyRun.Played> {

    /** A contact's whole movement must lie in a healthy time for the device to owe an alarm: so long after its first edge. */
    private static final long DECISION_NS = 500_000_000L;

    /** Devices get their power one after the other, this far apart… */
    private static final Duration BETWEEN_BOOTS = Duration.ofMillis(20);

    /** …and the scenario starts this long after the last of them. */
    private static final Duration LINKING = Duration.ofSeconds(30);

    /**
     * What came of it. Times count from the scenario's start, nanoseconds.
     *
     * @param whole whether it was played to its end
     * @param returnedNs when each centre that had been killed was there again, for the last time
     * @param receipts receipts that devices verified
     * @param failures what programs threw
     */
    record Played(
            List<String> devices,
            boolean whole,
            Findings findings,
            List<FaultSpan> spans,
            Map<String, Long> returnedNs,
            SortedMap<String, Long> exercised,
            String digest,
            long endNs,
            double playedS,
            long receipts,
            List<String> failures,
            Trace trace) {}

    private final CountyPlan plan;
    private final Duration lead;
    private final BooleanSupplier interrupted;
    private volatile double share;
    private volatile int alarms;

    CountyRun(CountyPlan plan, Duration lead, BooleanSupplier interrupted) {
        this.plan = plan;
        this.lead = lead;
        this.interrupted = interrupted;
    }

    /** How long before the scenario's start the power comes, in every county alike. */
    static Duration lead(List<CountyPlan> counties) {
        int most = counties.stream().mapToInt(c -> c.devices().size()).max().orElse(0);
        return BETWEEN_BOOTS.multipliedBy(most).plus(LINKING);
    }

    /** How much of it has been played, 0 to 1. */
    double share() {
        return share;
    }

    /** Alarms and other signed events that devices have raised. */
    int alarms() {
        return alarms;
    }

    @Override
    public Played call() {
        try (County county = new County(plan, lead, BETWEEN_BOOTS)) {
            boolean whole = county.play(standing -> {
                share = (double) standing.played().toNanos() / standing.of().toNanos();
                alarms = standing.alarms();
                return !interrupted.getAsBoolean();
            });
            return record(county, whole);
        }
    }

    private Played record(County county, boolean whole) {
        Chronicle chronicle = county.chronicle();
        Map<String, List<Long>> cuts = new HashMap<>();
        chronicle.power().stream()
                .filter(change -> !change.on())
                .forEach(change -> cuts.computeIfAbsent(change.device(), d -> new ArrayList<>())
                        .add(change.atNs()));
        List<Deed> deeds = chronicle.deeds().stream()
                .map(deed -> isExcused(deed, chronicle) ? deed.excuse() : deed)
                .toList();
        List<LedgerCopy> ledgers = county.ledgers();
        Findings findings = Observer.examine(new Evidence(
                plan.centres(),
                plan.centres().stream().filter(c -> !c.equals("police")).toList(),
                deeds,
                ledgers,
                List.copyOf(chronicle.claims()),
                cuts,
                Optional.of(county.witness())));
        List<Happening> happenings = chronicle.happenings().stream()
                .map(h -> isExcused(h, chronicle) ? h.excuse() : h)
                .toList();
        List<FaultSpan> spans = spans(chronicle);
        return new Played(
                plan.devices(),
                whole,
                findings.believing(chronicle.believed())
                        .touchedBy(spans)
                        .lapsing(county.lapses(ledgers, findings.presses()))
                        .with(Sightings.of(happenings, chronicle.claims())),
                spans,
                returned(chronicle),
                chronicle.exercised(),
                county.digest(),
                county.startNs() + county.played().toNanos(),
                county.played().toNanos() / 1e9,
                chronicle.claims().stream()
                        .mapToLong(c -> c.receivedNs().size())
                        .sum(),
                chronicle.failures(),
                new CountyTrace(chronicle));
    }

    /** Whether the device had no power when it should have noticed, or a broken contact. Power lost right after excuses nothing. */
    private static boolean isExcused(Deed deed, Chronicle chronicle) {
        long untilNs = deed.atNs() + DECISION_NS;
        boolean on = true;
        for (Chronicle.PowerChange change : chronicle.power()) {
            if (!change.device().equals(deed.device())) {
                continue;
            }
            if (change.atNs() <= deed.atNs()) {
                on = change.on();
            }
        }
        return !on
                || chronicle.spells().stream()
                        .anyMatch(spell -> spell.trouble() instanceof Trouble.Input input
                                && input.device().equals(deed.device())
                                && spell.fromNs() <= untilNs
                                && spell.toNs() + DECISION_NS >= deed.atNs());
    }

    /** Whether the device had no power at some moment of it, or its sensor was not well. */
    private static boolean isExcused(Happening h, Chronicle chronicle) {
        boolean on = true;
        for (Chronicle.PowerChange change : chronicle.power()) {
            if (change.device().equals(h.device()) && change.atNs() <= h.toNs()) {
                on = change.on();
                if (change.atNs() >= h.fromNs()) {
                    return true;
                }
            }
        }
        return !on
                || chronicle.spells().stream()
                        .anyMatch(spell -> spell.trouble() instanceof Trouble.Sensor sensor
                                && sensor.device().equals(h.device())
                                && spell.fromNs() <= h.toNs()
                                && spell.toNs() >= h.fromNs());
    }

    private List<FaultSpan> spans(Chronicle chronicle) {
        List<FaultSpan> spans = new ArrayList<>();
        for (Chronicle.Spell spell : chronicle.spells()) {
            List<String> touched = touched(spell.trouble());
            spans.add(new FaultSpan(
                    spell.trouble().kind(),
                    lane(spell.trouble()),
                    Set.copyOf(touched.isEmpty() ? plan.devices() : touched),
                    spell.fromNs(),
                    OptionalLong.of(spell.toNs())));
        }
        return spans;
    }

    /** A path is cut for the devices at either end of it. */
    private List<String> touched(Trouble trouble) {
        if (trouble instanceof Trouble.Partition p) {
            Set<String> all = Set.copyOf(plan.devices());
            List<String> devices = p.ends().filter(all::contains).toList();
            return devices.isEmpty() ? p.from() : devices;
        }
        return trouble.devices();
    }

    /** The way to one centre where all that is cut leads to it. */
    private Lane lane(Trouble.Partition partition) {
        List<String> centres =
                partition.ends().filter(plan.centres()::contains).distinct().toList();
        return centres.size() == 1 ? Lane.of(Lane.Kind.NETWORK, centres.getFirst()) : Lane.of(Lane.Kind.NETWORK);
    }

    private Lane lane(Trouble trouble) {
        return switch (trouble) {
            case Trouble.PowerOff p -> Lane.of(Lane.Kind.DEVICE);
            case Trouble.Clock c -> Lane.of(Lane.Kind.DEVICE);
            case Trouble.Input i -> Lane.of(Lane.Kind.DEVICE);
            case Trouble.Sensor s -> Lane.of(Lane.Kind.DEVICE);
            case Trouble.Disk d -> Lane.of(Lane.Kind.JOURNAL);
            case Trouble.Centre c -> Lane.of(Lane.Kind.LEDGER, c.centre());
            case Trouble.Certificate c -> Lane.of(Lane.Kind.DEVICE);
            case Trouble.Rebind r -> Lane.of(Lane.Kind.NETWORK);
            case Trouble.Partition p -> lane(p);
            case Trouble.Weather w -> Lane.of(Lane.Kind.NETWORK);
            case Trouble.Attack a -> Lane.of(Lane.Kind.NETWORK);
        };
    }

    private static Map<String, Long> returned(Chronicle chronicle) {
        Map<String, Long> returned = new TreeMap<>();
        for (Chronicle.Spell spell : chronicle.spells()) {
            if (spell.trouble() instanceof Trouble.Centre c && c.outage() == Trouble.Centre.Outage.KILLED) {
                returned.merge(c.centre(), spell.toNs(), Math::max);
            }
        }
        return returned;
    }

    /** One digest of all counties', in the order of their codes. */
    static String together(List<String> digests) {
        return Bytes.wrap(String.join("\n", digests).getBytes(UTF_8)).sha256().hex();
    }
}
