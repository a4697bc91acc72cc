package dev.tocsin.simulator.centre.ledger;

import dev.tocsin.sdk.model.AlarmId;
import java.util.List;
import java.util.Optional;

/** A ledger that is read through somebody else; what it adds is how entries come in. */
public abstract class ForwardingLedger implements Ledger {

    private final LedgerView view;

    /** @param view what every question is handed on to */
    protected ForwardingLedger(LedgerView view) {
        this.view = view;
    }

    @Override
    public Head head() {
        return view.head();
    }

    @Override
    public List<Entry> entries(long from, int limit) {
        return view.entries(from, limit);
    }

    @Override
    public Optional<Entry> find(AlarmId alarm) {
        return view.find(alarm);
    }

    @Override
    public List<Entry> history(AlarmId alarm, int limit) {
        return view.history(alarm, limit);
    }

    @Override
    public List<Entry> open(int limit) {
        return view.open(limit);
    }

    @Override
    public List<Entry> unacknowledged(String device, int limit) {
        return view.unacknowledged(device, limit);
    }

    @Override
    public List<Entry> drills(long before, int limit) {
        return view.drills(before, limit);
    }

    @Override
    public List<Entry> orders(long before, int limit) {
        return view.orders(before, limit);
    }

    @Override
    public List<Entry> restored(String device, long after, int limit) {
        return view.restored(device, after, limit);
    }

    @Override
    public Optional<Entry> supervision(String device) {
        return view.supervision(device);
    }
}
