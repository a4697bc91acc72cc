package dev.tocsin.simulator.emulated;

import java.util.List;
import java.util.Map;

/**
 * How a walk through updates went.
 *
 * @param seed of the instants
 * @param updates good versions that were rolled out, one after the other
 * @param confirmed those of them that the board confirmed, and its centre knows it
 * @param cutsInDownload how often the power was cut while one was fetched
 * @param cutsAtSwitch how often between its being whole in its slot and its confirmation
 * @param crashRolledBack whether the version that crashes at its start was left by the board itself
 * @param crashTold what the centre was told of that; empty if nothing
 * @param delivered whether the press at the end stood in both ledgers with both receipts
 * @param undurable events told as raised, and durable for no centre when the power was cut
 * @param ledgers what both ledgers say
 * @param toConfirmed from the rollout's start to the board's word that it is confirmed, cuts included, in seconds
 * @param phases how long each part of the walk took
 */
public record UpdateWalkResult(
        long seed,
        int updates,
        int confirmed,
        int cutsInDownload,
        int cutsAtSwitch,
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

    /** Whether every promise held. The walk presses once. */
    public boolean held() {
        Map<String, Integer> presses = ledgers.presses();
        return confirmed == updates
                && crashRolledBack
                && !crashTold.isEmpty()
                && delivered
                && ledgers.isClean()
                && presses.values().stream().allMatch(n -> n == 1);
    }
}
