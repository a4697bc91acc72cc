package dev.tocsin.simulator.check;

import java.util.List;
import java.util.stream.Stream;

/** Those oracles that need a witness in the virtual world. Each is told what it may look at, and says what it found. */
final class Oracles {

    private Oracles() {}

    /** Lets all of them look; returns the silences that centres should have noticed. */
    static List<Detection> examine(
            Exhibits exhibits, List<Fate> presses, List<Fate> rest, Attribution attribution, Verdicts verdicts) {
        DurabilityOracle.examine(exhibits, presses, verdicts);
        LivenessOracle.examine(
                exhibits.witness(),
                Stream.concat(presses.stream(), rest.stream()).toList(),
                verdicts);
        ReceiptOracle.examine(exhibits, verdicts);
        SpeedOracle.examine(exhibits.witness(), verdicts);
        LampOracle.examine(exhibits, verdicts);
        OrderOracle.examine(exhibits.witness(), verdicts);
        DrillOracle.examine(exhibits, attribution, verdicts);
        ClockOracle.examine(exhibits, verdicts);
        return SilenceOracle.examine(exhibits, verdicts);
    }
}
