package dev.tocsin.simulator.check;

import dev.tocsin.simulator.centre.ledger.LedgerCheck;
import dev.tocsin.simulator.scenario.Expectation;
import dev.tocsin.simulator.scenario.Expectation.Delivered;
import dev.tocsin.simulator.scenario.Expectation.Latency;
import dev.tocsin.simulator.scenario.Expectation.Quantile;
import dev.tocsin.simulator.scenario.Expectation.Recovered;
import dev.tocsin.simulator.scenario.Expectation.ThreadsGrown;
import dev.tocsin.simulator.scenario.Expectation.ToldAgain;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Says of each expectation whether it held. Besides those of the scenario there are always some more: each promise of which
 * there was anything to see, and that the hash chain of every ledger holds.
 */
public final class Judge {

    /** The expectation that every run has. */
    public static final String LEDGERS_SOUND = "ledgers-sound";

    /** Most presses that a sentence names. */
    private static final int MAX_NAMED = 5;

    private final Findings findings;
    private final Latencies latencies;
    private final Circumstances circumstances;

    private Judge(Findings findings, Latencies latencies, Circumstances circumstances) {
        this.findings = findings;
        this.latencies = latencies;
        this.circumstances = circumstances;
    }

    /** Judges all expectations, in their order. */
    public static List<Outcome> judge(
            List<Expectation> expectations, Findings findings, Latencies latencies, Circumstances circumstances) {
        Judge judge = new Judge(findings, latencies, circumstances);
        List<Outcome> outcomes = new ArrayList<>();
        expectations.forEach(e -> outcomes.add(judge.judge(e)));
        for (Promise promise : Promise.values()) {
            judge.promise(promise).ifPresent(outcomes::add);
        }
        outcomes.add(judge.ledgers());
        return List.copyOf(outcomes);
    }

    /** Those promises of which a run says nothing: nothing happened that could have broken them, and nothing did. */
    public static List<Promise> unexamined(Findings findings) {
        return Arrays.stream(Promise.values())
                .filter(p -> findings.seen().examined().getOrDefault(p, 0L) == 0)
                .filter(p -> findings.breaches().stream().noneMatch(b -> b.promise() == p))
                .toList();
    }

    /** What a promise is called among expectations. */
    public static String id(Promise promise) {
        return "promise-" + promise.id();
    }

    /** The verdict over a whole run: violated if one is, else inconclusive if one is. */
    public static Verdict overall(List<Outcome> outcomes) {
        if (outcomes.stream().anyMatch(o -> o.verdict() == Verdict.VIOLATED)) {
            return Verdict.VIOLATED;
        }
        return outcomes.stream().anyMatch(o -> o.verdict() == Verdict.INCONCLUSIVE)
                ? Verdict.INCONCLUSIVE
                : Verdict.HELD;
    }

    private Outcome judge(Expectation expectation) {
        return switch (expectation) {
            case Delivered e -> delivered(e);
            case Latency e -> latency(e);
            case Recovered e -> recovered(e);
            case ToldAgain e -> toldAgain(e);
            case Expectation.SlowedBy e -> slowedBy(e);
            case Expectation.Durable e -> durable(e);
            case Expectation.Renewed e -> RenewalVerdict.of(e, findings.seen().lapses(), circumstances.cutShort());
            case Expectation.OutagesDetected e -> detected(e);
            case Expectation.DrillsAt e -> drillsAt(e);
            case Expectation.Detects e -> detects(e);
            case ThreadsGrown e ->
                outcome(
                        e.id(),
                        circumstances.threadsGrown() <= e.most(),
                        circumstances.threadsGrown() + " threads more than with one device, at most " + e.most());
        };
    }

    /** What an oracle found; empty where there was nothing that it could have found wrong, see {@link #unexamined}. */
    private Optional<Outcome> promise(Promise promise) {
        List<String> broken = findings.breaches().stream()
                .filter(b -> b.promise() == promise)
                .map(Breach::what)
                .toList();
        long examined = findings.seen().examined().getOrDefault(promise, 0L);
        if (broken.isEmpty() && examined == 0) {
            return Optional.empty();
        }
        String id = id(promise);
        if (broken.isEmpty()) {
            // of a run that was cut short nobody knows whether the rest would have arrived; nothing was wrong so far
            return Optional.of(outcome(id, true, String.format(Locale.ROOT, "%,d looked at", examined)));
        }
        if (promise == Promise.NOTHING_LOST && circumstances.cutShort().isPresent()) {
            return Optional.of(new Outcome(
                    id, Verdict.INCONCLUSIVE, circumstances.cutShort().get()));
        }
        return Optional.of(
                outcome(id, false, String.format(Locale.ROOT, "%,d broken: %s", broken.size(), broken.getFirst())));
    }

    /** Of presses that met no trouble on their own device; a press that a power cut undid before that is counted undurable. */
    private Outcome durable(Expectation.Durable e) {
        List<Fate> decided = findings.presses().stream()
                .filter(p -> p.decidedNs().isPresent() && !p.faulted())
                .toList();
        long soon = decided.stream()
                .filter(p -> p.isDurableWithin(e.within().toNanos()))
                .count();
        double share = decided.isEmpty() ? 0 : (double) soon / decided.size();
        String detail = String.format(
                Locale.ROOT,
                "%d of %d decided presses that met no fault were durable within %s ms: %.2f %% (limit %.2f %%)",
                soon,
                decided.size(),
                plain(e.within().toNanos() / 1e6),
                100 * share,
                100 * e.least().part());
        return decided.isEmpty()
                ? new Outcome(e.id(), Verdict.INCONCLUSIVE, detail)
                : outcome(e.id(), share >= e.least().part(), detail);
    }

    private Outcome detected(Expectation.OutagesDetected e) {
        List<Detection> all = findings.seen().detections();
        List<Detection> late = all.stream()
                .filter(d -> d.toldNs().isEmpty()
                        || d.toldNs().getAsLong() - d.lastNs() > e.within().toNanos())
                .toList();
        long slowestNs = all.stream()
                .filter(d -> d.toldNs().isPresent())
                .mapToLong(d -> d.toldNs().getAsLong() - d.lastNs())
                .max()
                .orElse(0);
        String detail = String.format(
                Locale.ROOT,
                "%d silences, the slowest told after %.1f s (limit %s s); %d late or never told%s",
                all.size(),
                slowestNs / 1e9,
                plain(e.within().toNanos() / 1e9),
                late.size(),
                late.stream()
                        .limit(MAX_NAMED)
                        .map(d -> d.device() + " at " + d.centre())
                        .collect(Collectors.joining(", ", late.isEmpty() ? "" : ": ", "")));
        return all.isEmpty()
                ? new Outcome(
                        e.id(), Verdict.INCONCLUSIVE, "no device fell silent for longer than the supervision time")
                : outcome(e.id(), late.isEmpty(), detail);
    }

    private Outcome drillsAt(Expectation.DrillsAt e) {
        SortedMap<String, Integer> drills = findings.seen().drillsAt();
        int there = drills.entrySet().stream()
                .filter(at -> at.getKey().equals(e.centre()) || at.getKey().endsWith("/" + e.centre()))
                .mapToInt(Map.Entry::getValue)
                .sum();
        int all = drills.values().stream().mapToInt(Integer::intValue).sum();
        String detail = there + " drill alarms at " + e.centre() + " (limit " + e.most() + "), " + (all - there)
                + " at other centres";
        return all == 0
                ? new Outcome(e.id(), Verdict.INCONCLUSIVE, "nobody pressed within a drill")
                : outcome(e.id(), there <= e.most(), detail);
    }

    private Outcome detects(Expectation.Detects e) {
        Sighting seen = findings.seen().sightings().of(e.kind());
        double share = seen.expected() == 0 ? 1 : (double) seen.detected() / seen.expected();
        boolean isQuiet =
                e.falseAlarms().map(most -> seen.falseAlarms() <= most).orElse(true);
        String detail = String.format(
                Locale.ROOT,
                "%d of %d seen: %.2f %% (limit %.2f %%), %d false alarms%s",
                seen.detected(),
                seen.expected(),
                100 * share,
                100 * e.least().part(),
                seen.falseAlarms(),
                e.falseAlarms().map(most -> " (limit " + most + ")").orElse(""));
        if (circumstances.cutShort().isPresent() || (seen.expected() == 0 && isQuiet)) {
            return new Outcome(
                    e.id(), Verdict.INCONCLUSIVE, circumstances.cutShort().orElse("nothing happened") + "; " + detail);
        }
        return outcome(e.id(), share >= e.least().part() && isQuiet, detail);
    }

    private Outcome delivered(Delivered e) {
        Tally alarms = findings.alarms();
        Tally others = findings.others();
        String detail = alarms.delivered() + " of " + alarms.raised() + " alarms and " + others.delivered() + " of "
                + others.raised() + " other events in every ledger; lost " + (alarms.lost() + others.lost())
                + ", duplicated " + (alarms.duplicated() + others.duplicated()) + ", conflicts "
                + alarms.conflicts() + ", forged accepted " + alarms.forgedAccepted();
        if (circumstances.cutShort().isPresent()) {
            return new Outcome(
                    e.id(), Verdict.INCONCLUSIVE, circumstances.cutShort().get() + "; " + detail);
        }
        if (!alarms.isClean() || !others.isClean()) {
            return new Outcome(e.id(), Verdict.VIOLATED, detail);
        }
        return alarms.raised() == 0 && findings.seen().sightings().sum().detected() == 0
                ? new Outcome(e.id(), Verdict.INCONCLUSIVE, "nobody pressed; " + detail)
                : new Outcome(e.id(), Verdict.HELD, detail);
    }

    private Outcome latency(Latency e) {
        Distribution d = (e.noFault() ? unfaulted() : latencies).at(e.to(), e.centre());
        List<String> figures = new ArrayList<>();
        boolean held = true;
        for (Map.Entry<Quantile, Duration> bound : new TreeMap<>(e.bounds()).entrySet()) {
            double ms = d.ms(bound.getKey());
            double limitMs = bound.getValue().toNanos() / 1e6;
            held &= ms < limitMs;
            figures.add(String.format(
                    Locale.ROOT,
                    "%s %.1f ms (limit %s ms)",
                    bound.getKey().name().toLowerCase(Locale.ROOT),
                    ms,
                    plain(limitMs)));
        }
        String detail = String.join(", ", figures) + ", " + d.count() + " samples";
        if (d.count() < e.samples()) {
            return new Outcome(
                    e.id(),
                    Verdict.INCONCLUSIVE,
                    detail + (e.noFault() ? " without a fault" : "") + ", " + e.samples() + " are needed");
        }
        return outcome(e.id(), held, detail);
    }

    private Outcome slowedBy(Expectation.SlowedBy e) {
        String what = "attacker-" + e.deed().name().toLowerCase(Locale.ROOT);
        Distribution under = Latencies.of(findings.presses().stream()
                        .filter(p -> isTouchedOnlyBy(what, p))
                        .toList())
                .at(e.to(), Optional.empty());
        Distribution calm = unfaulted().at(e.to(), Optional.empty());
        double underMs = under.ms(e.quantile());
        double calmMs = calm.ms(e.quantile());
        String detail = String.format(
                Locale.ROOT,
                "%s %.1f ms during it (%d samples), %.1f ms without a fault (%d samples): %.2f times (limit %s)",
                e.quantile().name().toLowerCase(Locale.ROOT),
                underMs,
                under.count(),
                calmMs,
                calm.count(),
                calm.count() == 0 ? 0 : underMs / calmMs,
                plain(e.most()));
        return under.count() < e.samples() || calm.count() < e.samples()
                ? new Outcome(e.id(), Verdict.INCONCLUSIVE, detail + ", " + e.samples() + " of either are needed")
                : outcome(e.id(), underMs <= e.most() * calmMs, detail);
    }

    private boolean isTouchedOnlyBy(String what, Fate press) {
        List<FaultSpan> met =
                circumstances.spans().stream().filter(s -> s.touches(press)).toList();
        return !met.isEmpty() && met.stream().allMatch(s -> s.what().equals(what));
    }

    private Latencies unfaulted() {
        return Latencies.of(
                findings.presses().stream().filter(p -> !p.faulted()).toList());
    }

    private Outcome recovered(Recovered e) {
        Long returnedNs = circumstances.returnedNs().get(e.centre());
        if (returnedNs == null) {
            return new Outcome(e.id(), Verdict.INCONCLUSIVE, e.centre() + " never returned");
        }
        List<Fate> before =
                findings.presses().stream().filter(p -> p.atNs() < returnedNs).toList();
        long missing = before.stream()
                .filter(p -> !p.receivedNs().containsKey(e.centre()))
                .count();
        List<Long> after = before.stream()
                .map(p -> p.receivedNs().getOrDefault(e.centre(), 0L) - returnedNs)
                .filter(ns -> ns > 0)
                .sorted()
                .toList();
        if (missing > 0) {
            return new Outcome(e.id(), Verdict.VIOLATED, missing + " alarms have no receipt of " + e.centre());
        }
        if (after.isEmpty()) {
            return new Outcome(e.id(), Verdict.INCONCLUSIVE, "no alarm was waiting when " + e.centre() + " returned");
        }
        String detail = String.format(
                Locale.ROOT,
                "%d alarms were waiting when %s returned; the last was receipted %.2f s later (limit %s s)",
                after.size(),
                e.centre(),
                after.getLast() / 1e9,
                plain(e.within().toNanos() / 1e9));
        return outcome(e.id(), after.getLast() <= e.within().toNanos(), detail);
    }

    private Outcome toldAgain(ToldAgain e) {
        List<Fate> presses = findings.presses().stream()
                .filter(p -> e.except().map(glob -> !glob.picks(p.name())).orElse(true))
                .toList();
        List<Fate> again = presses.stream().filter(p -> p.toldAgain() > 0).toList();
        int told = again.stream().mapToInt(Fate::toldAgain).sum();
        String which = again.stream()
                .limit(MAX_NAMED)
                .map(p -> p.name() + " x" + (p.toldAgain() + 1))
                .collect(Collectors.joining(", ", again.isEmpty() ? "" : ": ", again.size() > MAX_NAMED ? ", …" : ""));
        String detail = "told again " + told + " (limit " + e.most() + ") in " + presses.size() + " presses"
                + e.except().map(glob -> " other than " + glob.glob()).orElse("") + which;
        if (told > e.most()) {
            return new Outcome(e.id(), Verdict.VIOLATED, detail);
        }
        if (circumstances.cutShort().isPresent()) {
            return new Outcome(
                    e.id(), Verdict.INCONCLUSIVE, circumstances.cutShort().get() + "; " + detail);
        }
        return new Outcome(e.id(), presses.isEmpty() ? Verdict.INCONCLUSIVE : Verdict.HELD, detail);
    }

    private Outcome ledgers() {
        List<String> details = new ArrayList<>();
        boolean sound = true;
        for (Map.Entry<String, LedgerCheck.Result> chain : findings.chains().entrySet()) {
            switch (chain.getValue()) {
                case LedgerCheck.Result.Sound s ->
                    details.add(chain.getKey() + ": " + s.head().number() + " entries, " + s.signatures()
                            + " signatures verified");
                case LedgerCheck.Result.Broken b -> {
                    sound = false;
                    details.add(chain.getKey() + ": entry " + b.number() + ", " + b.why());
                }
            }
        }
        return outcome(LEDGERS_SOUND, sound, String.join("; ", details));
    }

    private static Outcome outcome(String id, boolean held, String detail) {
        return new Outcome(id, held ? Verdict.HELD : Verdict.VIOLATED, detail);
    }

    /** As people write it: whole numbers without a point. */
    static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
