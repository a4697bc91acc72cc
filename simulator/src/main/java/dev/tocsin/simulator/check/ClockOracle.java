package dev.tocsin.simulator.check;

/** How much there was to see of devices whose wall clock is wrong. What they lost is told where it is found. */
final class ClockOracle {

    private ClockOracle() {}

    static void examine(Exhibits exhibits, Verdicts verdicts) {
        for (Claim claim : exhibits.evidence().claims()) {
            if (exhibits.witness().isClockWrong(claim.alarm().id().device(), claim.decidedNs())) {
                verdicts.examined(Promise.WORKS_CLOCKLESS);
            }
        }
    }
}
