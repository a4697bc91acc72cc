package dev.tocsin.simulator.check;

import java.util.List;

/** Those oracles that need a witness in the virtual world. Each is told what it may look at, and says what it found. */
final class Oracles {

    private Oracles() {}

    /** Lets all of them look; returns the silences that centres should have noticed. */
    static List<Detection> examine(Evidence evidence, Witness witness, Attribution attribution, Verdicts verdicts) {
        Exhibits exhibits = new Exhibits(evidence, witness);
        ReceiptOracle.examine(exhibits, verdicts);
        SpeedOracle.examine(witness, verdicts);
        LampOracle.examine(exhibits, verdicts);
        DrillOracle.examine(exhibits, attribution, verdicts);
        ClockOracle.examine(exhibits, verdicts);
        return SilenceOracle.examine(exhibits, verdicts);
    }
}
