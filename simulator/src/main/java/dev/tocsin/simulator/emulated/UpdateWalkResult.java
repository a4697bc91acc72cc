package dev.tocsin.simulator.emulated;

import dev.tocsin.simulator.check.Verdict;
import java.util.List;
import java.util.Map;

/**
 * How a walk through updates went.
 *
 * @param updates good versions that were rolled out, one after the other
 * @param confirmed those of them that the board confirmed, and its centre knows it
 * @param askedInDownload how often the power was to be cut while one is fetched
 * @param askedAtSwitch how often between its being whole in its slot and its confirmation
 * @param cutsInDownload how often it was cut while one was fetched
 * @param cutsAtSwitch how often between its being whole and its confirmation; what fell after that is in neither
 * @param cutsInStarts those of all cuts that met a board which had not armed since its last cut
 * @param crashRolledBack whether the version that crashes at its start was left by the board itself
 * @param crashTold what the centre was told of that; empty if nothing
 * @param delivered whether the press at the end stood in both ledgers with both receipts
 * @param undurable events told as raised, and durable for no centre when the power was cut
 * @param ledgers what both ledgers say
 * @param toConfirmed from the rollout's start to the board's word that it is confirmed, cuts included, in seconds
 * @param phases how long each part of the walk took
 */
public record UpdateWalkResult(
        int updates,
        int confirmed,
        int askedInDownload,
        int askedAtSwitch,
        int cutsInDownload,
        int cutsAtSwitch,
        int cutsInStarts,
        boolean crashRolledBack,
        String crashTold,
        boolean delivered,
        long undurable,
        LedgerCount ledgers,
        List<Double> toConfirmed,
        List<Phases.Phase> phases) {

    /** Keeps copies. */
    public UpdateWalkResult {
        toConfirmed = List.copyOf(toConfirmed);
        phases = List.copyOf(phases);
    }

    /** Whether every promise held, and the power was cut as often as asked, where it was asked. */
    public Verdict verdict() {
        if (!promisesHeld()) {
            return Verdict.VIOLATED;
        }
        return cutsInDownload >= askedInDownload && cutsAtSwitch >= askedAtSwitch ? Verdict.HELD : Verdict.INCONCLUSIVE;
    }

    /** The walk presses once. */
    private boolean promisesHeld() {
        Map<String, Integer> presses = ledgers.presses();
        return confirmed == updates
                && crashRolledBack
                && !crashTold.isEmpty()
                && delivered
                && ledgers.isClean()
                && presses.values().stream().allMatch(n -> n == 1);
    }
}
