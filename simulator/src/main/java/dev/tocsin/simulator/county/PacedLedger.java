package dev.tocsin.simulator.county;

import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.port.Timers;
import dev.tocsin.simulator.centre.ledger.Entry;
import dev.tocsin.simulator.centre.ledger.Head;
import dev.tocsin.simulator.centre.ledger.Ledger;
import dev.tocsin.simulator.centre.ledger.Outcome;
import dev.tocsin.simulator.centre.ledger.Submission;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A ledger that takes its time for each submission, a known alarm or a new one, and lets the others wait: what floods it
 * slows everybody. On one loop; what waits when that ends is lost.
 */
final class PacedLedger implements Ledger {

    private final Ledger ledger;
    private final Timers timers;
    private final Clock clock;
    private final long eachNs;
    private long freeNs = Long.MIN_VALUE / 2;

    PacedLedger(Ledger ledger, Timers timers, Clock clock, int perSecond) {
        this.ledger = ledger;
        this.timers = timers;
        this.clock = clock;
        this.eachNs = 1_000_000_000L / perSecond;
    }

    @Override
    public void submit(Submission submission, Consumer<Outcome> done) {
        long nowNs = clock.nanoTime();
        freeNs = Math.max(freeNs, nowNs) + eachNs;
        var unused = timers.schedule(freeNs - nowNs, () -> ledger.submit(submission, done));
    }

    @Override
    public Head head() {
        return ledger.head();
    }

    @Override
    public List<Entry> entries(long from, int limit) {
        return ledger.entries(from, limit);
    }

    @Override
    public Optional<Entry> find(AlarmId alarm) {
        return ledger.find(alarm);
    }

    @Override
    public List<Entry> history(AlarmId alarm, int limit) {
        return ledger.history(alarm, limit);
    }

    @Override
    public List<Entry> open(int limit) {
        return ledger.open(limit);
    }

    @Override
    public List<Entry> unacknowledged(String device, int limit) {
        return ledger.unacknowledged(device, limit);
    }

    @Override
    public List<Entry> drills(long before, int limit) {
        return ledger.drills(before, limit);
    }

    @Override
    public List<Entry> orders(long before, int limit) {
        return ledger.orders(before, limit);
    }

    @Override
    public List<Entry> restored(String device, long after, int limit) {
        return ledger.restored(device, after, limit);
    }

    @Override
    public Optional<Entry> supervision(String device) {
        return ledger.supervision(device);
    }

    @Override
    public void close() {
        ledger.close();
    }
}
