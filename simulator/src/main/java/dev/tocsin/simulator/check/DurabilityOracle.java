package dev.tocsin.simulator.check;

import java.util.List;
import java.util.Locale;

/**
 * On a healthy disk, under power, nearly every press that was decided is durable soon: by its journal record that is synced
 * or by a centre's receipt. Without this, a device that never keeps anything loses nothing that it ever promised.
 */
final class DurabilityOracle {

    private static final long SOON_NS = 100_000_000L;
    private static final double LEAST = 0.999;

    private DurabilityOracle() {}

    static void examine(Exhibits exhibits, List<Fate> presses, Verdicts verdicts) {
        List<Fate> healthy = presses.stream()
                .filter(p -> p.decidedNs().isPresent() && isHealthy(exhibits, p))
                .toList();
        healthy.forEach(p -> verdicts.examined(Promise.NOTHING_LOST));
        List<Fate> late =
                healthy.stream().filter(p -> !p.isDurableWithin(SOON_NS)).toList();
        if (late.size() > healthy.size() * (1 - LEAST)) {
            verdicts.breach(
                    Promise.NOTHING_LOST,
                    String.format(
                            Locale.ROOT,
                            "%d of %d presses were not durable within 100 ms on a healthy disk, as %s",
                            late.size(),
                            healthy.size(),
                            late.getFirst().name()));
        }
    }

    private static boolean isHealthy(Exhibits exhibits, Fate press) {
        long untilNs = press.decidedNs().orElseThrow() + SOON_NS;
        return !exhibits.witness().isDiskIll(press.device(), press.atNs(), untilNs)
                && !exhibits.evidence().lostPower(press.device(), press.atNs(), untilNs);
    }
}
