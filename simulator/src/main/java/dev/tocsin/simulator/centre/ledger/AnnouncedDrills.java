package dev.tocsin.simulator.centre.ledger;

import dev.tocsin.sdk.model.DrillNotice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Drills of other centres that a centre was told of. */
public final class AnnouncedDrills {

    /** Entries about drills that are looked at, the newest. */
    static final int LOOK_BACK = 1_000;

    private AnnouncedDrills() {}

    private record Name(String centre, String order) {}

    /**
     * Those that run or are to come, oldest first: no end was told, and their time is not over.
     *
     * @param now the centre's wall clock
     */
    public static List<HeldNotice> standing(LedgerView ledger, Instant now) {
        Set<Name> over = new HashSet<>();
        List<HeldNotice> standing = new ArrayList<>();
        for (Entry entry : ledger.drills(Long.MAX_VALUE, LOOK_BACK)) {
            HeldNotice.of(entry).ifPresent(held -> {
                DrillNotice notice = held.notice();
                Name name = new Name(notice.centre(), notice.order());
                if (notice.over()) {
                    over.add(name);
                } else if (now.isBefore(notice.ends())) {
                    standing.add(held);
                }
            });
        }
        standing.removeIf(held ->
                over.contains(new Name(held.notice().centre(), held.notice().order())));
        return standing.reversed();
    }
}
