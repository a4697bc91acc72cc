package dev.tocsin.simulator.check;

import dev.tocsin.sdk.session.Indication;

/** No device holds a drill that no centre which may has ordered there. */
final class OrderOracle {

    /** An order's times count from heartbeats; so much apart may be what a device and a centre call the same moment. */
    private static final long APART_NS = 2_000_000_000L;

    private OrderOracle() {}

    static void examine(Witness witness, Verdicts verdicts) {
        for (Witness.Lamp lamp : witness.lamps()) {
            if (lamp.shows() == Indication.IN_DRILL) {
                verdicts.examined(Promise.NOTHING_FORGED);
                if (witness.drills().stream()
                        .noneMatch(d -> d.covers(lamp.device(), lamp.atNs() + APART_NS)
                                || d.covers(lamp.device(), lamp.atNs()))) {
                    verdicts.breach(
                            Promise.NOTHING_FORGED, lamp.device() + " holds a drill that nobody ordered who may");
                }
            }
        }
    }
}
