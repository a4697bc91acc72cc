package dev.tocsin.simulator.emulated;

import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.simulator.centre.ledger.Entry;
import dev.tocsin.simulator.centre.ledger.EntryType;
import dev.tocsin.simulator.centre.ledger.LedgerView;
import dev.tocsin.simulator.crash.Diary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What all ledgers say, beside what a board's own words prove.
 *
 * @param lost durable for a centre and not in its ledger
 * @param duplicated ids with more than one entry in a ledger, over all ledgers
 * @param reused ids that two lives gave out
 * @param conflicts conflict entries, over all ledgers
 * @param presses in each ledger
 */
public record LedgerCount(
        Set<AlarmId> lost, int duplicated, Set<AlarmId> reused, int conflicts, Map<String, Integer> presses) {

    private static final int PAGE = 1_000;

    /** Keeps copies. */
    public LedgerCount {
        lost = Set.copyOf(lost);
        reused = Set.copyOf(reused);
        presses = Map.copyOf(presses);
    }

    /** Reads them to their end. Blocks. */
    static LedgerCount of(Map<String, LedgerView> ledgers, Diary diary) {
        Set<AlarmId> lost = new HashSet<>();
        Map<String, Integer> presses = new LinkedHashMap<>();
        int duplicated = 0;
        int conflicts = 0;
        for (var ledger : ledgers.entrySet()) {
            Map<AlarmId, Integer> seen = new HashMap<>();
            int pressed = 0;
            for (Entry entry : entries(ledger.getValue())) {
                if (entry.type() == EntryType.ALARM) {
                    entry.fact().alarm().ifPresent(id -> seen.merge(id, 1, Integer::sum));
                }
                pressed += Witness.isPress(entry) ? 1 : 0;
                conflicts += entry.type() == EntryType.CONFLICT ? 1 : 0;
            }
            presses.put(ledger.getKey(), pressed);
            duplicated += (int) seen.values().stream().filter(n -> n > 1).count();
            diary.durableFor(ledger.getKey()).stream()
                    .filter(id -> !seen.containsKey(id))
                    .forEach(lost::add);
        }
        return new LedgerCount(lost, duplicated, diary.reused(), conflicts, presses);
    }

    /** Nothing durable is lost, nothing is there twice. */
    public boolean isClean() {
        return lost.isEmpty() && duplicated == 0 && reused.isEmpty() && conflicts == 0;
    }

    private static List<Entry> entries(LedgerView ledger) {
        List<Entry> entries = new ArrayList<>();
        for (List<Entry> page = ledger.entries(1, PAGE); !page.isEmpty(); ) {
            entries.addAll(page);
            page = ledger.entries(entries.getLast().number() + 1, PAGE);
        }
        return entries;
    }
}
