package dev.tocsin.simulator.emulated;

import dev.tocsin.sdk.model.AlarmId;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a walk went. Times in milliseconds, from the instant at which the press was put on the line here.
 *
 * @param seed of the instants
 * @param pressed presses with the power on until they were delivered
 * @param delivered those of them that stood in every ledger, with every receipt verified on the board
 * @param cuts how often the power was cut
 * @param cutArmed cuts after the board had armed; the others met its start
 * @param pressedAtCuts presses that a cut was meant for
 * @param raised alarms and other events that the board's own words told of
 * @param durable those that were kept, or received by a centre, as far as those words tell
 * @param undurable told as raised, and durable for no centre when the power was cut
 * @param lost durable for a centre and not in its ledger
 * @param duplicated ids with more than one entry, over both ledgers
 * @param reused ids that two lives gave out
 * @param conflicts conflict entries in both ledgers
 * @param ledgers presses in each ledger
 * @param toLamp press to the red lamp's line going on
 * @param toLedger press to the durable line in the later of the two ledgers
 * @param toReceipt press to the board's word that it has verified the later of the two receipts
 * @param toArmed switching on to the board's word that it is armed
 */
public record WalkResult(
        long seed,
        int pressed,
        int delivered,
        int cuts,
        int cutArmed,
        int pressedAtCuts,
        int raised,
        int durable,
        long undurable,
        Set<AlarmId> lost,
        int duplicated,
        Set<AlarmId> reused,
        int conflicts,
        Map<String, Integer> ledgers,
        List<Double> toLamp,
        List<Double> toLedger,
        List<Double> toReceipt,
        List<Double> toArmed) {

    /** Keeps copies. */
    public WalkResult {
        lost = Set.copyOf(lost);
        reused = Set.copyOf(reused);
        ledgers = Map.copyOf(ledgers);
        toLamp = List.copyOf(toLamp);
        toLedger = List.copyOf(toLedger);
        toReceipt = List.copyOf(toReceipt);
        toArmed = List.copyOf(toArmed);
    }

    /**
     * Whether every promise held: each press with power is one alarm in each ledger, and no ledger has more presses than there
     * were; nothing durable is lost, nothing is there twice.
     */
    public boolean held() {
        return delivered == pressed
                && toLamp.size() == pressed
                && lost.isEmpty()
                && duplicated == 0
                && reused.isEmpty()
                && conflicts == 0
                && ledgers.values().stream().allMatch(n -> n >= pressed && n <= pressed + pressedAtCuts);
    }

    /** The middle one; of an even number, the mean of the middle two. NaN of none. */
    public static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int n = sorted.size();
        return n == 0 ? Double.NaN : (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2;
    }
}
