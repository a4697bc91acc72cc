package dev.tocsin.sdk.session;

import dev.tocsin.sdk.model.DrillOrder;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How much of the last day this device has spent in drills. One order is bounded; one order after another would keep a button
 * in a drill for as long as somebody has an authority's key, or forgets what he ordered. Goes by the monotonic clock. A power
 * cut forgets it, as it forgets a drill; a restart that was ordered does not, or who may order both could begin anew. Belongs to
 * the event loop.
 */
final class DrillBudget {

    /** Within this time… */
    static final Duration WINDOW = Duration.ofHours(24);

    /** …a device is in drills for so long at most: as long as the longest. */
    static final Duration MOST = DrillOrder.MAX_LASTS;

    /** Drills told apart; beyond it the two oldest count as one that ended with the younger. */
    private static final int MAX_KEPT = 32;

    private record Spent(long endNs, long lengthNs) {}

    private final Deque<Spent> past = new ArrayDeque<>();

    /** A drill was there; from after its end on it is as if it had not begun. */
    void spent(long startNs, long endNs) {
        if (endNs - startNs <= 0) {
            return;
        }
        past.addLast(new Spent(endNs, endNs - startNs));
        if (past.size() > MAX_KEPT) {
            Spent oldest = past.removeFirst();
            Spent next = past.removeFirst();
            past.addFirst(new Spent(next.endNs, oldest.lengthNs + next.lengthNs));
        }
    }

    /** Whether there is room for a drill. */
    boolean allows(long startNs, long endNs) {
        return of(startNs).toNanos() + (endNs - startNs) <= MOST.toNanos();
    }

    /** What counts at that time, which never decreases. */
    Duration of(long nowNs) {
        past.removeIf(drill -> nowNs - drill.endNs >= WINDOW.toNanos());
        return Duration.ofNanos(past.stream().mapToLong(Spent::lengthNs).sum());
    }
}
