package dev.tocsin.simulator.check;

import dev.tocsin.sdk.model.AlarmKind;
import java.util.List;
import java.util.OptionalLong;

/**
 * After the last fault has healed, everything arrives within the time that the scenario gives it to settle: every alarm at
 * every centre of its route, however long the run goes on.
 */
final class LivenessOracle {

    private LivenessOracle() {}

    static void examine(Exhibits exhibits, List<Fate> fates, Verdicts verdicts) {
        Witness witness = exhibits.witness();
        for (Fate fate : fates) {
            if (fate.alarm().isEmpty()) {
                continue;
            }
            long limitNs = Math.max(beganNs(fate), witness.healedNs())
                    + witness.settle().toNanos();
            for (String centre : fate.route()) {
                verdicts.examined(Promise.NOTHING_LOST);
                OptionalLong filedNs = exhibits.filedNs(centre, fate.alarm().get());
                if (filedNs.isPresent() && filedNs.getAsLong() > limitNs) { // what never came is found by others
                    verdicts.breach(
                            Promise.NOTHING_LOST,
                            fate.name() + " (" + fate.alarm().get() + ") reached " + centre + " "
                                    + (filedNs.getAsLong() - limitNs) / 1_000_000 + " ms too late: "
                                    + witness.settle().toSeconds() + " s after the last fault had healed");
                }
            }
        }
    }

    /** A hand's alarm counts from the hand; a detector may watch for minutes before it decides that something is over. */
    private static long beganNs(Fate fate) {
        return fate.kind() == AlarmKind.PANIC
                ? fate.atNs()
                : Math.max(fate.atNs(), fate.decidedNs().orElse(fate.atNs()));
    }
}
