package dev.tocsin.simulator.centre;

import dev.tocsin.simulator.centre.ledger.Entry;
import dev.tocsin.simulator.centre.ledger.ForwardingLedger;
import dev.tocsin.simulator.centre.ledger.Ledger;
import dev.tocsin.simulator.centre.ledger.Outcome;
import dev.tocsin.simulator.centre.ledger.Submission;
import dev.tocsin.simulator.centre.ledger.UnreadableEntryException;
import java.util.List;
import java.util.function.Consumer;

/**
 * A ledger somebody wrote nonsense into: one entry cannot be read, and nothing that is looked up by device can.
 */
final class UnreadableLedger extends ForwardingLedger {

    private final Ledger whole;
    private final long number;

    /** @param number of the entry that cannot be read */
    UnreadableLedger(Ledger whole, long number) {
        super(whole);
        this.whole = whole;
        this.number = number;
    }

    @Override
    public List<Entry> entries(long from, int limit) {
        List<Entry> read = whole.entries(from, limit);
        if (read.stream().anyMatch(e -> e.number() == number)) {
            throw unreadable();
        }
        return read;
    }

    @Override
    public List<Entry> unacknowledged(String device, int limit) {
        throw unreadable();
    }

    private UnreadableEntryException unreadable() {
        return new UnreadableEntryException(number, new IllegalArgumentException("nonsense"));
    }

    @Override
    public void submit(Submission submission, Consumer<Outcome> done) {
        whole.submit(submission, done);
    }

    @Override
    public void close() {
        whole.close();
    }
}
