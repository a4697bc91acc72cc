package dev.tocsin.simulator.centre.sqlite;

import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.simulator.centre.ledger.Entry;
import dev.tocsin.simulator.centre.ledger.Head;
import dev.tocsin.simulator.centre.ledger.LedgerView;
import java.util.List;
import java.util.Optional;

/** Reads on a connection of its own, so that it sees what is committed and nothing else. Any thread, one at a time. */
final class SqliteView implements LedgerView, AutoCloseable {

    private final Statements db;

    SqliteView(Statements db) {
        this.db = db;
    }

    @Override
    public synchronized Head head() {
        return SqliteRows.head(db);
    }

    @Override
    public synchronized List<Entry> entries(long from, int limit) {
        return db.entries("WHERE number >= ? ORDER BY number LIMIT ?", from, limit);
    }

    @Override
    public synchronized Optional<Entry> find(AlarmId alarm) {
        return db.entry( // in the alphabet, ALARM comes before CONFLICT
                "WHERE alarm = ? AND alarm <> '' AND " + SqliteRows.WITH_ENVELOPE + " ORDER BY type, number LIMIT 1",
                alarm.toString());
    }

    @Override
    public synchronized List<Entry> history(AlarmId alarm, int limit) {
        return db.entries("WHERE alarm = ? AND alarm <> '' ORDER BY number LIMIT ?", alarm.toString(), limit);
    }

    @Override
    public synchronized List<Entry> open(int limit) {
        return db.entries(
                "AS a WHERE " + SqliteRows.WITH_ENVELOPE + " AND alarm <> '' AND state <> 'RESTORED'"
                        + " AND NOT " + isClosedUnder("alarm")
                        + " AND NOT " + isClosedUnder("about")
                        + " ORDER BY number DESC LIMIT ?",
                limit);
    }

    private static String isClosedUnder(String column) {
        return "EXISTS (SELECT 1 FROM entries c WHERE c.alarm = a." + column
                + " AND c.alarm <> '' AND c.type = 'CLOSED' AND c.number > a.number)";
    }

    @Override
    public synchronized List<Entry> unacknowledged(String device, int limit) {
        return db.entries(
                "AS a WHERE device = ? AND type = 'ACCEPTED'"
                        + " AND NOT EXISTS (SELECT 1 FROM pushed p WHERE p.number = a.number)"
                        + " ORDER BY number LIMIT ?",
                device,
                limit);
    }

    @Override
    public synchronized List<Entry> drills(long before, int limit) {
        return db.entries(
                "WHERE " + SqliteRows.ABOUT_DRILLS + " AND number < ? ORDER BY number DESC LIMIT ?", before, limit);
    }

    @Override
    public synchronized List<Entry> orders(long before, int limit) {
        return db.entries(
                "WHERE " + SqliteRows.ABOUT_ORDERS + " AND number < ? ORDER BY number DESC LIMIT ?", before, limit);
    }

    @Override
    public synchronized List<Entry> restored(String device, long after, int limit) {
        return db.entries(
                "WHERE device = ? AND type = 'ALARM' AND state = 'RESTORED' AND number > ? ORDER BY number LIMIT ?",
                device,
                after,
                limit);
    }

    @Override
    public synchronized Optional<Entry> supervision(String device) {
        return SqliteRows.lastSupervision(db, device);
    }

    @Override
    public synchronized void close() {
        db.close();
    }
}
