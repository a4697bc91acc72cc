package dev.tocsin.simulator.centre.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Drills that a centre ordered itself. */
public final class OrderedDrills {

    private OrderedDrills() {}

    /**
     * The {@link EntryType#DRILL_BEGUN} entries of those that run or are to come, oldest first: nobody ended them, and their
     * time is not over.
     *
     * @param now the centre's wall clock
     */
    public static List<Entry> standing(LedgerView ledger, Instant now) {
        Set<String> ended = new HashSet<>();
        List<Entry> standing = new ArrayList<>();
        for (Entry entry :
                ledger.drills(Long.MAX_VALUE, AnnouncedDrills.LOOK_BACK)) { // an end comes before its beginning
            DrillPlan.of(entry).ifPresent(plan -> {
                if (entry.type() == EntryType.DRILL_ENDED) {
                    ended.add(plan.order());
                } else if (now.isBefore(plan.ends()) && !ended.contains(plan.order())) {
                    standing.add(entry);
                }
            });
        }
        return standing.reversed();
    }
}
