package dev.tocsin.simulator.county;

import dev.tocsin.sdk.model.KeyUse;
import dev.tocsin.simulator.centre.authority.Issued;
import dev.tocsin.simulator.check.Fate;
import dev.tocsin.simulator.check.Lapse;
import dev.tocsin.simulator.check.LedgerAlarm;
import dev.tocsin.simulator.check.LedgerCopy;
import dev.tocsin.simulator.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Finds out, when a county has been played, which devices had power with a lapsed certificate. */
final class Holidays {

    /** As a centre writes it beside an alarm. */
    private static final String EXPIRED = "certificate expired";

    private Holidays() {}

    /** @param presses in order of time */
    static List<Lapse> of(
            List<Issued> issued, Chronicle chronicle, World world, List<LedgerCopy> ledgers, List<Fate> presses) {
        long endNs = world.nanoTime();
        Instant end = world.now();
        ToLongFunction<Instant> nsOf = at -> endNs - Duration.between(at, end).toNanos();
        List<Lapse.Certified> certificates = issued.stream()
                .filter(i -> i.use() == KeyUse.CHANNEL)
                .map(i -> new Lapse.Certified(
                        i.device(),
                        nsOf.applyAsLong(i.at()),
                        nsOf.applyAsLong(i.certificate().until())))
                .toList();
        List<Lapse.Filed> filed = new ArrayList<>();
        ledgers.forEach(ledger -> ledger.alarms().stream()
                .filter(LedgerAlarm::genuine)
                .forEach(row -> filed.add(new Lapse.Filed(
                        row.alarm().id(),
                        ledger.centre(),
                        nsOf.applyAsLong(row.at()),
                        row.remark().contains(EXPIRED)))));
        return Lapse.of(certificates, powered(chronicle, endNs), filed, presses);
    }

    /** The power comes some seconds before the program starts, which is what is written down of it. */
    private static List<Lapse.Powered> powered(Chronicle chronicle, long endNs) {
        List<Lapse.Powered> spans = new ArrayList<>();
        Map<String, Long> since = new HashMap<>();
        for (Chronicle.PowerChange change : chronicle.power()) {
            if (change.on()) {
                since.put(change.device(), change.atNs() - FieldDevice.START_UP.toNanos());
            } else {
                Long from = since.remove(change.device());
                if (from != null) {
                    spans.add(new Lapse.Powered(change.device(), from, change.atNs()));
                }
            }
        }
        since.forEach((device, from) -> spans.add(new Lapse.Powered(device, from, endNs)));
        return spans;
    }
}
