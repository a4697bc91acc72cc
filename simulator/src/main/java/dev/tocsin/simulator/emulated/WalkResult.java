package dev.tocsin.simulator.emulated;

import dev.tocsin.simulator.check.Verdict;
import java.util.List;

/**
 * How a walk went. Times in milliseconds, from the instant at which the press was put on the line here.
 *
 * @param pressed presses with the power on until they were delivered
 * @param delivered those of them that stood in every ledger, with every receipt verified on the board
 * @param cuts how often the power was cut
 * @param cutArmed cuts after the board had armed; the others met its start
 * @param pressedAtCuts presses that a cut was meant for
 * @param cutsBeforeKept those of the cuts that fell after the board told of the press, and before it told that it is kept
 * @param cutsBeforeReceipts those that fell after that, and before it told of both receipts
 * @param raised alarms and other events that the board's own words told of
 * @param durable those that were kept, or received by a centre, as far as those words tell
 * @param undurable told as raised, and durable for no centre when the power was cut
 * @param ledgers what both ledgers say
 * @param toLamp press to the red lamp's line going on
 * @param toLedger press to the durable line in the later of the two ledgers
 * @param toReceipt press to the board's word that it has verified the later of the two receipts
 * @param toArmed switching on to the board's word that it is armed
 * @param phases how long each part of the walk took
 */
public record WalkResult(
        int pressed,
        int delivered,
        int cuts,
        int cutArmed,
        int pressedAtCuts,
        int cutsBeforeKept,
        int cutsBeforeReceipts,
        int raised,
        int durable,
        long undurable,
        LedgerCount ledgers,
        List<Double> toLamp,
        List<Double> toLedger,
        List<Double> toReceipt,
        List<Double> toArmed,
        List<Phases.Phase> phases) {

    private static final int ONE_IN = 4;

    /** Keeps copies. */
    public WalkResult {
        toLamp = List.copyOf(toLamp);
        toLedger = List.copyOf(toLedger);
        toReceipt = List.copyOf(toReceipt);
        toArmed = List.copyOf(toArmed);
        phases = List.copyOf(phases);
    }

    /**
     * Whether every promise held: each press with power is one alarm in each ledger, and no ledger has more presses than there
     * were; nothing durable is lost, nothing is there twice. Where presses were to be cut, that was tried if one in four
     * met one on its way.
     */
    public Verdict verdict() {
        if (!promisesHeld()) {
            return Verdict.VIOLATED;
        }
        int met = cutsBeforeKept + cutsBeforeReceipts;
        return met >= Math.ceilDiv(pressedAtCuts, ONE_IN) ? Verdict.HELD : Verdict.INCONCLUSIVE;
    }

    /** Cuts meant for a press that fell before the board told of it, or after it told of both receipts. */
    public int cutsElsewhere() {
        return pressedAtCuts - cutsBeforeKept - cutsBeforeReceipts;
    }

    private boolean promisesHeld() {
        return delivered == pressed
                && toLamp.size() == pressed
                && ledgers.isClean()
                && ledgers.presses().values().stream().allMatch(n -> n >= pressed && n <= pressed + pressedAtCuts);
    }

    /** The middle one; of an even number, the mean of the middle two. NaN of none. */
    public static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int n = sorted.size();
        return n == 0 ? Double.NaN : (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2;
    }
}
