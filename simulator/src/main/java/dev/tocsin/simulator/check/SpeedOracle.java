package dev.tocsin.simulator.check;

import dev.tocsin.simulator.check.Witness.Wait;

/**
 * Over a link that stands, a datagram leaves for a centre at once when an alarm is signed, in virtual time at the same
 * instant; and what reaches a centre that is well is answered as soon as its ledger has it.
 */
final class SpeedOracle {

    /** Leaving may take so long: nothing but calls between objects. */
    private static final long LEAVE_NS = 10_000_000L;

    /** A group of ledger entries takes some milliseconds. */
    private static final long ANSWER_NS = 1_000_000_000L;

    private SpeedOracle() {}

    static void examine(Witness witness, Verdicts verdicts) {
        for (Wait wait : witness.waits()) {
            verdicts.examined(Promise.FAST);
            if (wait.leftNs() == Witness.NEVER || wait.leftNs() - wait.signedNs() > LEAVE_NS) {
                verdicts.breach(
                        Promise.FAST,
                        wait.alarm() + ": nothing left for " + wait.centre() + " when it was signed, "
                                + (wait.leftNs() == Witness.NEVER
                                        ? "nor in the seconds after"
                                        : "but " + (wait.leftNs() - wait.signedNs()) / 1_000_000 + " ms later"));
            } else if (wait.reachedNs() != Witness.NEVER
                    && (wait.answeredNs() == Witness.NEVER || wait.answeredNs() - wait.reachedNs() > ANSWER_NS)
                    && !witness.isIll(wait.centre(), wait.reachedNs() - ANSWER_NS, wait.reachedNs() + ANSWER_NS)) {
                verdicts.breach(
                        Promise.FAST,
                        wait.alarm() + ": its first datagram was at " + wait.centre()
                                + ", which was well, and got no answer within a second");
            }
        }
    }
}
