package dev.tocsin.simulator.check;

import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.Mode;
import dev.tocsin.simulator.centre.ledger.LedgerCheck;
import dev.tocsin.simulator.check.Attribution.Owed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Compares what was done with what the centres hold. An entry that was filed as a conflict counts as delivered: whoever
 * pressed is served. A press that left no trace at all is lost, unless its device lost its power.
 */
public final class Observer {

    /** So long after a press the device has told it, if it had power. */
    private static final long DECISION_NS = 500_000_000L;

    private final Evidence evidence;
    private final Set<String> centres;
    private final Map<String, Map<AlarmId, List<LedgerAlarm>>> held = new TreeMap<>();
    private final Map<AlarmId, Alarm> known = new LinkedHashMap<>();
    private final Map<AlarmId, Claim> claims = new HashMap<>();
    private final Verdicts verdicts = new Verdicts();
    private final Count alarms = new Count();
    private final Count others = new Count();
    private final List<Fate> presses = new ArrayList<>();
    private final List<Fate> rest = new ArrayList<>();

    private Observer(Evidence evidence) {
        this.evidence = evidence;
        this.centres = new TreeSet<>(evidence.centres());
    }

    /** Compares. */
    public static Findings examine(Evidence evidence) {
        return new Observer(evidence).examine();
    }

    private Findings examine() {
        evidence.ledgers().forEach(this::take);
        for (Claim claim : evidence.claims()) {
            known.putIfAbsent(claim.alarm().id(), claim.alarm());
            claims.put(claim.alarm().id(), claim);
        }
        Attribution attribution = Attribution.of(
                evidence.deeds(), known.values(), this::edgeNs, this::isOfBrokenContact, this::mayHaveForgotten);
        attribution.owed().forEach(this::settle);
        for (Alarm alarm : attribution.doubled()) {
            alarms.duplicated++;
            verdicts.breach(
                    Promise.NOTHING_TWICE,
                    alarm.id() + ": the press before it was told already, as an alarm of its own");
        }
        for (Alarm alarm : attribution.unexplained()) {
            alarms.forgedAccepted += isInALedger(alarm.id()) ? 1 : 0;
            verdicts.breach(
                    Promise.NOTHING_FORGED,
                    alarm.id() + ": nobody did what it tells (" + alarm.kind() + " " + alarm.state() + ")");
        }
        List<Detection> detections = evidence.witness()
                .map(witness -> Oracles.examine(new Exhibits(evidence, witness), presses, rest, attribution, verdicts))
                .orElse(List.of());
        presses.sort(Fate.IN_TIME);
        rest.sort(Fate.IN_TIME);
        return new Findings(
                alarms.tally(),
                others.tally(),
                presses,
                rest,
                verdicts.breaches(),
                chains(),
                new Seen(
                        verdicts.examined(),
                        detections,
                        evidence.witness().map(Availability::of).orElse(Availability.UNKNOWN),
                        drillsAt()));
    }

    private void take(LedgerCopy ledger) {
        Map<AlarmId, List<LedgerAlarm>> byId = new HashMap<>();
        held.put(ledger.centre(), byId);
        for (LedgerAlarm row : ledger.alarms()) {
            AlarmId id = row.alarm().id();
            verdicts.examined(Promise.NOTHING_FORGED);
            if (row.genuine()) {
                known.putIfAbsent(id, row.alarm());
                byId.computeIfAbsent(id, k -> new ArrayList<>(1)).add(row);
            } else {
                alarms.forgedAccepted++;
                verdicts.breach(
                        Promise.NOTHING_FORGED,
                        ledger.centre() + " entry " + row.number() + ": " + id
                                + " is not signed by the device it names");
            }
        }
        for (long number : ledger.unreadable()) {
            alarms.forgedAccepted++;
            verdicts.breach(
                    Promise.NOTHING_FORGED, ledger.centre() + " entry " + number + ": its envelope holds no alarm");
        }
        alarms.conflicts += ledger.conflicts().size();
        ledger.conflicts().stream().filter(c -> !isExpected(c)).forEach(c -> {
            boolean drill = c.mode().filter(Mode.DRILL::equals).isPresent();
            verdicts.breach(
                    drill ? Promise.REAL_STAYS_REAL : Promise.NOTHING_TWICE,
                    ledger.centre() + " entry " + c.number() + ": a conflict of " + c.device() + ", " + c.detail());
        });
        if (ledger.chain() instanceof LedgerCheck.Result.Broken(long number, String why)) {
            verdicts.breach(Promise.NOTHING_FORGED, ledger.centre() + " entry " + number + ": " + why);
        }
    }

    /**
     * A device whose medium cannot keep the boot counter uses one twice, and says so; heartbeats over plain CoAP are not
     * signed, so that a replayed one is told as a clone. A conflict is then what a person should see.
     */
    private boolean isExpected(LedgerCopy.Conflict conflict) {
        return evidence.witness()
                .map(w -> w.mayDiskForget(conflict.device(), w.nsOf().applyAsLong(conflict.at()))
                        || (w.isReplayed() && conflict.alarm().isEmpty()))
                .orElse(false);
    }

    private void settle(Owed owed) {
        Count count = owed.press() ? alarms : others;
        count.raised++;
        Optional<AlarmId> id = owed.alarm().map(Alarm::id);
        Set<String> deliveredTo = new TreeSet<>();
        SortedMap<String, Long> filedNs = new TreeMap<>();
        for (String centre : centres) {
            List<LedgerAlarm> rows = id.map(i -> rows(centre, i)).orElse(List.of());
            if (!rows.isEmpty()) {
                deliveredTo.add(centre);
                evidence.witness().ifPresent(w -> filedNs.put(centre, firstNs(rows, w)));
            }
            verdicts.examined(Promise.NOTHING_TWICE);
            long tooMany = Math.max(0, rows.stream().filter(r -> !r.conflict()).count() - 1);
            if (tooMany > 0) {
                count.duplicated += (int) tooMany;
                verdicts.breach(
                        Promise.NOTHING_TWICE,
                        name(owed) + " is in the ledger of " + centre + " " + (tooMany + 1) + " times, in entries "
                                + rows.stream()
                                        .map(r -> Long.toString(r.number()))
                                        .collect(Collectors.joining(", ")));
            }
        }
        Optional<Claim> claim = id.map(claims::get);
        boolean durable = !deliveredTo.isEmpty()
                || claim.map(c -> c.keptNs().isPresent() || !c.receivedNs().isEmpty())
                        .orElse(false);
        if (durable) {
            count.durable++;
        } else {
            count.undurable++;
        }
        Set<String> route = route(owed);
        Set<String> missing = new TreeSet<>(route);
        missing.removeAll(deliveredTo);
        verdicts.examined(Promise.NOTHING_LOST);
        if (missing.isEmpty()) {
            count.delivered++;
        } else if (isSpoiltAndTold(owed, missing, claim)) {
            count.spoilt++;
        } else if (!isExcused(owed, missing, claim)) {
            count.lost++;
            lost(owed, missing, durable);
        }
        (owed.press() ? presses : rest).add(fate(owed, route, durable, deliveredTo, filedNs, claim));
    }

    private static long firstNs(List<LedgerAlarm> rows, Witness witness) {
        return rows.stream()
                .mapToLong(row -> witness.nsOf().applyAsLong(row.at()))
                .min()
                .orElseThrow();
    }

    private void lost(Owed owed, Set<String> missing, boolean durable) {
        String what = name(owed) + " is missing in the ledger of " + String.join(" and ", missing)
                + (durable ? "" : ", and was never durable anywhere");
        verdicts.breach(Promise.NOTHING_LOST, what);
        if (evidence.witness()
                .filter(w -> w.isClockWrong(owed.device(), owed.atNs()))
                .isPresent()) {
            verdicts.breach(Promise.WORKS_CLOCKLESS, what + "; its device's clock was wrong");
        }
    }

    private Set<String> route(Owed owed) {
        return isDrill(owed) ? new TreeSet<>(evidence.drillCentres()) : centres;
    }

    private static boolean isDrill(Owed owed) {
        return owed.alarm().filter(a -> a.mode() == Mode.DRILL).isPresent();
    }

    /** A power cut excuses what was durable for a centre neither on the device's medium nor by that centre's own word. */
    private boolean isExcused(Owed owed, Set<String> missing, Optional<Claim> claim) {
        boolean durable = claim.filter(c -> c.keptNs().isPresent()).isPresent() || isReceived(missing, claim);
        long untilNs = owed.alarm().isPresent() ? Long.MAX_VALUE : owed.atNs() + DECISION_NS;
        return !durable && evidence.lostPower(owed.device(), owed.atNs(), untilNs);
    }

    /**
     * Whether the medium damaged the alarm's record in more than one copy, by what was seen of the medium, and the device has
     * told a fault since. Its word alone that it lost something is no excuse for losing it.
     */
    private boolean isSpoiltAndTold(Owed owed, Set<String> missing, Optional<Claim> claim) {
        OptionalLong spoiltNs = owed.alarm()
                .flatMap(alarm -> evidence.witness().map(w -> w.spoiltNs(alarm.id())))
                .orElse(OptionalLong.empty());
        return spoiltNs.isPresent()
                && !isReceived(missing, claim)
                && evidence.lostPower(owed.device(), owed.atNs(), Long.MAX_VALUE)
                && known.values().stream()
                        .anyMatch(told -> told.kind() == AlarmKind.FAULT
                                && told.id().device().equals(owed.device())
                                && isInALedger(told.id())
                                && decidedNs(told) >= spoiltNs.getAsLong());
    }

    private static boolean isReceived(Set<String> missing, Optional<Claim> claim) {
        return claim.filter(c -> missing.stream().anyMatch(m -> c.receivedNs().containsKey(m)))
                .isPresent();
    }

    private Fate fate(
            Owed owed,
            Set<String> route,
            boolean durable,
            Set<String> deliveredTo,
            SortedMap<String, Long> filedNs,
            Optional<Claim> claim) {
        return new Fate(
                owed.name(),
                owed.device(),
                owed.kind(),
                owed.state(),
                isDrill(owed),
                owed.alarm().map(Alarm::id),
                new TreeSet<>(route),
                durable,
                new TreeSet<>(deliveredTo),
                owed.toldAgain(),
                owed.atNs(),
                owed.alarm().map(a -> OptionalLong.of(decidedNs(a))).orElse(OptionalLong.empty()),
                claim.map(Claim::signedNs).orElse(OptionalLong.empty()),
                claim.map(Claim::keptNs).orElse(OptionalLong.empty()),
                claim.map(Claim::sentNs).orElse(new TreeMap<>()),
                filedNs,
                claim.map(Claim::receivedNs).orElse(new TreeMap<>()),
                false);
    }

    /** By the device's own word, which is in the observer's time; by what it signed where nobody heard it say so. */
    private long edgeNs(Alarm alarm) {
        Claim claim = claims.get(alarm.id());
        return claim == null ? alarm.stages().edgeNs() : claim.edgeNs();
    }

    private long decidedNs(Alarm alarm) {
        Claim claim = claims.get(alarm.id());
        return claim == null ? alarm.stages().decidedNs() : claim.decidedNs();
    }

    private boolean mayHaveForgotten(String device, List<Alarm> latching, long sinceNs, long untilNs) {
        return evidence.powerCuts().getOrDefault(device, List.of()).stream()
                .filter(cut -> cut >= sinceNs && cut <= untilNs)
                .anyMatch(cut -> latching.stream()
                        .map(alarm -> Optional.ofNullable(claims.get(alarm.id())))
                        .noneMatch(claim -> claim.map(c -> c.keptNs().orElse(Long.MAX_VALUE) <= cut)
                                .orElse(false)));
    }

    private boolean isOfBrokenContact(Alarm alarm) {
        return evidence.witness()
                .filter(w -> w.isContactBroken(alarm.id().device(), edgeNs(alarm)))
                .isPresent();
    }

    private List<LedgerAlarm> rows(String centre, AlarmId id) {
        return held.getOrDefault(centre, Map.of()).getOrDefault(id, List.of());
    }

    private boolean isInALedger(AlarmId id) {
        return held.values().stream().anyMatch(byId -> byId.containsKey(id));
    }

    private static String name(Owed owed) {
        String id = owed.alarm().map(a -> a.id().toString()).orElse("no alarm");
        return owed.name().equals(id) ? id : owed.name() + " (" + id + ")";
    }

    private SortedMap<String, LedgerCheck.Result> chains() {
        SortedMap<String, LedgerCheck.Result> chains = new TreeMap<>();
        evidence.ledgers().forEach(l -> chains.put(l.centre(), l.chain()));
        return chains;
    }

    private SortedMap<String, Integer> drillsAt() {
        SortedMap<String, Integer> drills = new TreeMap<>();
        evidence.ledgers()
                .forEach(l -> drills.put(l.centre(), (int) l.alarms().stream()
                        .filter(row -> row.alarm().mode() == Mode.DRILL)
                        .count()));
        return drills;
    }

    /** A tally in the making. */
    private static final class Count {
        private int raised;
        private int durable;
        private int undurable;
        private int delivered;
        private int lost;
        private int duplicated;
        private int conflicts;
        private int forgedAccepted;
        private int spoilt;

        Tally tally() {
            return new Tally(
                    raised, durable, undurable, delivered, lost, duplicated, conflicts, forgedAccepted, spoilt);
        }
    }
}
