package dev.tocsin.simulator.centre;

import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.simulator.centre.ledger.Entry;
import dev.tocsin.simulator.centre.ledger.Head;
import dev.tocsin.simulator.centre.ledger.Ledger;
import dev.tocsin.simulator.centre.ledger.Outcome;
import dev.tocsin.simulator.centre.ledger.Submission;
import dev.tocsin.simulator.centre.ledger.UnreadableEntryException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A ledger somebody wrote nonsense into: one entry cannot be read, and nothing that is looked up by device can.
 *
 * @param number the entry's number
 */
record UnreadableLedger(Ledger whole, long number) implements Ledger {

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

    @Override
    public List<Entry> drills(long before, int limit) {
        return whole.drills(before, limit);
    }

    @Override
    public List<Entry> orders(long before, int limit) {
        return whole.orders(before, limit);
    }

    @Override
    public List<Entry> restored(String device, long after, int limit) {
        return whole.restored(device, after, limit);
    }

    @Override
    public Optional<Entry> supervision(String device) {
        return whole.supervision(device);
    }

    private UnreadableEntryException unreadable() {
        return new UnreadableEntryException(number, new IllegalArgumentException("nonsense"));
    }

    @Override
    public Head head() {
        return whole.head();
    }

    @Override
    public Optional<Entry> find(AlarmId alarm) {
        return whole.find(alarm);
    }

    @Override
    public List<Entry> history(AlarmId alarm, int limit) {
        return whole.history(alarm, limit);
    }

    @Override
    public List<Entry> open(int limit) {
        return whole.open(limit);
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
