package dev.tocsin.simulator.county;

import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.simulator.centre.ledger.Entry;
import dev.tocsin.simulator.centre.ledger.Head;
import dev.tocsin.simulator.centre.ledger.Ledger;
import dev.tocsin.simulator.centre.ledger.Outcome;
import dev.tocsin.simulator.centre.ledger.Submission;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A centre's ledger with somebody beside it who counts the races that alarms run there. Changes nothing. */
final class WatchedLedger implements Ledger {

    private final Ledger ledger;
    private final Chronicle chronicle;
    private final Instant opened;
    private final Map<Bytes, AlarmId> waiting = new LinkedHashMap<>();

    /** @param opened the centre's time */
    WatchedLedger(Ledger ledger, Chronicle chronicle, Instant opened) {
        this.ledger = ledger;
        this.chronicle = chronicle;
        this.opened = opened;
    }

    /** The centre is killed, now. */
    void killed() {
        waiting.values()
                .forEach(alarm -> chronicle.exercised(
                        ledger.find(alarm).isPresent()
                                ? "centre-killed-between-commit-and-receipt"
                                : "centre-killed-before-commit"));
    }

    @Override
    public void submit(Submission submission, Consumer<Outcome> done) {
        if (!(submission instanceof Submission.Received received)) {
            ledger.submit(submission, done);
            return;
        }
        Bytes envelope = received.envelope().sha256();
        if (waiting.putIfAbsent(envelope, received.alarm().id()) != null) {
            chronicle.exercised("duplicate-before-commit");
        }
        ledger.submit(submission, outcome -> {
            waiting.remove(envelope);
            if (outcome instanceof Outcome.Committed(Entry entry, boolean duplicate) && duplicate) {
                chronicle.exercised(
                        entry.time().isBefore(opened) ? "duplicate-after-centre-restart" : "duplicate-after-commit");
            } else if (outcome instanceof Outcome.Failed) {
                chronicle.exercised("refused-by-ledger");
            }
            done.accept(outcome);
        });
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
    public void close() {
        ledger.close();
    }
}
