package dev.tocsin.simulator.check;

import java.util.OptionalLong;

/** No device believes that a centre has what that centre does not have. */
final class ReceiptOracle {

    private ReceiptOracle() {}

    static void examine(Exhibits exhibits, Verdicts verdicts) {
        for (Claim claim : exhibits.evidence().claims()) {
            claim.receivedNs().forEach((centre, believedNs) -> {
                verdicts.examined(Promise.NOTHING_FORGED);
                OptionalLong filedNs = exhibits.filedNs(centre, claim.alarm().id());
                if (filedNs.isEmpty() || filedNs.getAsLong() > believedNs) {
                    verdicts.breach(
                            Promise.NOTHING_FORGED,
                            claim.alarm().id() + ": its device believes that " + centre + " has it, which "
                                    + (filedNs.isEmpty() ? "never had it" : "got it later"));
                }
            });
        }
    }
}
