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
 * @param wrongs every single thing that is wrong, a sentence each
 * @param chains whether each centre's hash chain holds
 */
public record Findings(
        Tally alarms,
        Tally others,
        List<Fate> presses,
        List<Fate> rest,
        List<String> wrongs,
        SortedMap<String, LedgerCheck.Result> chains) {

    public Findings {
        presses = List.copyOf(presses);
        rest = List.copyOf(rest);
        wrongs = List.copyOf(wrongs);
        chains = Collections.unmodifiableSortedMap(new TreeMap<>(chains));
    }

    /** What was found in several counties, taken together. Chains are named county first. */
    public static Findings together(SortedMap<String, Findings> counties) {
        List<Fate> presses = new ArrayList<>();
        List<Fate> rest = new ArrayList<>();
        List<String> wrongs = new ArrayList<>();
        SortedMap<String, LedgerCheck.Result> chains = new TreeMap<>();
        Tally alarms = Tally.NONE;
        Tally others = Tally.NONE;
        for (Map.Entry<String, Findings> county : counties.entrySet()) {
            Findings f = county.getValue();
            alarms = alarms.plus(f.alarms);
            others = others.plus(f.others);
            presses.addAll(f.presses);
            rest.addAll(f.rest);
            f.wrongs.forEach(wrong -> wrongs.add(county.getKey() + ": " + wrong));
            f.chains.forEach((centre, chain) -> chains.put(county.getKey() + "/" + centre, chain));
        }
        presses.sort(Fate.IN_TIME);
        rest.sort(Fate.IN_TIME);
        return new Findings(alarms, others, presses, rest, wrongs, chains);
    }

    /** Decisions beyond the first within one press, over all presses: one closing of a contact that was seen as several. */
    public int toldAgain() {
        return presses.stream().mapToInt(Fate::toldAgain).sum();
    }
}
