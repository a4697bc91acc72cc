package dev.tocsin.simulator.check;

import dev.tocsin.simulator.centre.ledger.LedgerCheck;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the observer found.
 *
 * @param alarms about the presses
 * @param others about everything else that is signed: resets, presses told again by a bouncing contact, faults
 * @param presses what became of each press, in order of time
 * @param rest what became of each other thing
 * @param breaches every single thing that is wrong
 * @param chains whether each centre's hash chain holds
 * @param seen what was looked at
 */
public record Findings(
        Tally alarms,
        Tally others,
        List<Fate> presses,
        List<Fate> rest,
        List<Breach> breaches,
        SortedMap<String, LedgerCheck.Result> chains,
        Seen seen) {

    public Findings {
        presses = List.copyOf(presses);
        rest = List.copyOf(rest);
        breaches = List.copyOf(breaches);
        chains = Collections.unmodifiableSortedMap(new TreeMap<>(chains));
    }

    /** Every single thing that is wrong, a sentence each. */
    public List<String> wrongs() {
        return breaches.stream().map(Breach::what).toList();
    }

    /** The same, and what of an attacker's somebody took. */
    public Findings believing(List<String> believed) {
        List<Breach> all = new ArrayList<>(breaches);
        believed.forEach(what -> all.add(new Breach(Promise.NOTHING_FORGED, what)));
        return new Findings(alarms, others, presses, rest, all, chains, seen);
    }

    /** The same, with what is known of the run's faults. */
    public Findings touchedBy(List<FaultSpan> faults) {
        return new Findings(
                alarms,
                others,
                presses.stream().map(p -> p.touchedBy(faults)).toList(),
                rest.stream().map(p -> p.touchedBy(faults)).toList(),
                breaches,
                chains,
                seen);
    }

    /** The same, with what sensors saw. */
    public Findings with(Sightings sightings) {
        return new Findings(alarms, others, presses, rest, breaches, chains, seen.with(sightings));
    }

    /** The same, and which devices had power with a lapsed certificate. */
    public Findings lapsing(List<Lapse> lapses) {
        return new Findings(alarms, others, presses, rest, breaches, chains, seen.with(lapses));
    }

    /** What was found in several counties, taken together. Chains are named county first. */
    public static Findings together(SortedMap<String, Findings> counties) {
        List<Fate> presses = new ArrayList<>();
        List<Fate> rest = new ArrayList<>();
        List<Breach> breaches = new ArrayList<>();
        Seen seen = Seen.NOTHING;
        SortedMap<String, LedgerCheck.Result> chains = new TreeMap<>();
        Tally alarms = Tally.NONE;
        Tally others = Tally.NONE;
        for (Map.Entry<String, Findings> county : counties.entrySet()) {
            Findings f = county.getValue();
            alarms = alarms.plus(f.alarms);
            others = others.plus(f.others);
            presses.addAll(f.presses);
            rest.addAll(f.rest);
            f.breaches.forEach(b -> breaches.add(new Breach(b.promise(), county.getKey() + ": " + b.what())));
            seen = seen.plus(f.seen);
            f.chains.forEach((centre, chain) -> chains.put(county.getKey() + "/" + centre, chain));
        }
        presses.sort(Fate.IN_TIME);
        rest.sort(Fate.IN_TIME);
        return new Findings(alarms, others, presses, rest, breaches, chains, seen);
    }

    /** Decisions beyond the first within one press, over all presses: one closing of a contact that was seen as several. */
    public int toldAgain() {
        return presses.stream().mapToInt(Fate::toldAgain).sum();
    }
}
