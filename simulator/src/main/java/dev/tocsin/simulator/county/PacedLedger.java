package dev.tocsin.simulator.county;

import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.port.Timers;
import dev.tocsin.simulator.centre.ledger.ForwardingLedger;
import dev.tocsin.simulator.centre.ledger.Ledger;
import dev.tocsin.simulator.centre.ledger.Outcome;
import dev.tocsin.simulator.centre.ledger.Submission;
import java.util.function.Consumer;

/**
 * A ledger that takes its time for each submission, a known alarm or a new one, and lets the others wait: what floods it
 * slows everybody. On one loop; what waits when that ends is lost.
 */
final class PacedLedger extends ForwardingLedger {

    private final Ledger ledger;
    private final Timers timers;
    private final Clock clock;
    private final long eachNs;
    private long freeNs = Long.MIN_VALUE / 2;

    PacedLedger(Ledger ledger, Timers timers, Clock clock, int perSecond) {
        super(ledger);
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
    public void close() {
        ledger.close();
    }
}
