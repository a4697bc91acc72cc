package dev.tocsin.simulator.check;

import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.AlarmKind;
import java.util.List;

/**
 * After the last fault has healed, everything arrives within the time that the scenario gives it to settle: every alarm at
 * every centre of its route, however long the run goes on.
 */
final class LivenessOracle {

    private LivenessOracle() {}

    static void examine(Witness witness, List<Fate> fates, Verdicts verdicts) {
        for (Fate fate : fates) {
            long limitNs = Math.max(beganNs(fate), witness.healedNs())
                    + witness.settle().toNanos();
            fate.filedNs().forEach((centre, filedNs) -> { // what never came is found by others
                verdicts.examined(Promise.NOTHING_LOST);
                if (filedNs > limitNs) {
                    verdicts.breach(
                            Promise.NOTHING_LOST,
                            name(fate) + " reached " + centre + " " + (filedNs - limitNs) / 1_000_000
                                    + " ms too late: it has " + witness.settle().toSeconds()
                                    + " s, from its beginning and from the end of the last fault");
                }
            });
        }
    }

    private static String name(Fate fate) {
        return fate.alarm()
                .map(AlarmId::toString)
                .filter(id -> !id.equals(fate.name()))
                .map(id -> fate.name() + " (" + id + ")")
                .orElse(fate.name());
    }

    /** A hand's alarm counts from the hand; a detector may watch for minutes before it decides that something is over. */
    private static long beganNs(Fate fate) {
        return fate.kind() == AlarmKind.PANIC
                ? fate.atNs()
                : Math.max(fate.atNs(), fate.decidedNs().orElse(fate.atNs()));
    }
}
