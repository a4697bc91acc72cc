package dev.tocsin.simulator.centre.sqlite;

import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.simulator.centre.ledger.Chain;
import dev.tocsin.simulator.centre.ledger.Entry;
import dev.tocsin.simulator.centre.ledger.EntryType;
import dev.tocsin.simulator.centre.ledger.Fact;
import dev.tocsin.simulator.centre.ledger.Head;
import dev.tocsin.simulator.centre.ledger.OrderPlan;
import dev.tocsin.simulator.centre.ledger.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The rows inside one transaction; another process may have written since the last, so the head is read anew. */
final class SqliteRows implements Rows {

    static final String WITH_ENVELOPE = "type IN ('ALARM', 'CONFLICT')";

    static final String ABOUT_DRILLS = "type IN ('DRILL_BEGUN', 'DRILL_ENDED', 'DRILL_NOTICE', 'NOTICE_TAKEN')";

    static final String ABOUT_ORDERS = "type IN ('ORDERED', 'ORDER_RESULT')";

    private static final String ALARMS = "WHERE alarm = ? AND alarm <> '' AND " + WITH_ENVELOPE + " ORDER BY number";

    /**
     * All that is asked for nearly every alarm, at once: to ask takes longer than to look it up. There is nearly always no
     * such alarm yet.
     */
    private static final String BEFORE_AN_ALARM =
            "SELECT EXISTS (SELECT 1 FROM entries WHERE alarm = ? AND alarm <> '' AND "
                    + WITH_ENVELOPE + "), (SELECT nonce FROM boots WHERE device = ? AND boot = ?),"
                    + " (SELECT max(number) FROM entries), (SELECT hash FROM entries ORDER BY number DESC LIMIT 1)";

    private static final long NO_ENTRY = 0;

    private record BeforeAnAlarm(boolean there, OptionalLong nonce, Head head) {
        static BeforeAnAlarm read(ResultSet row) throws SQLException {
            boolean there = row.getBoolean(1);
            long nonce = row.getLong(2);
            boolean bound = !row.wasNull();
            byte[] hash = row.getBytes(4);
            return new BeforeAnAlarm(
                    there,
                    bound ? OptionalLong.of(nonce) : OptionalLong.empty(),
                    hash == null ? Head.EMPTY : new Head(row.getLong(3), Bytes.wrap(hash)));
        }
    }

    private final Statements db;
    private final Clock clock;
    private Optional<Head> head = Optional.empty(); // not asked yet
    private Optional<AlarmId> lastAsked = Optional.empty();
    private List<Entry> lastAlarms = List.of();
    private OptionalLong lastNonce = OptionalLong.empty();

    SqliteRows(Statements db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /** The newest end, with what this transaction wrote. */
    Head head() {
        Head now = head.orElseGet(() -> head(db));
        head = Optional.of(now);
        return now;
    }

    static Head head(Statements db) {
        return db.head().orElse(Head.EMPTY);
    }

    @Override
    public Entry append(Fact fact) {
        Entry entry = Chain.append(head(), fact, clock.wallTime());
        db.insert(entry);
        lastAsked = Optional.empty();
        head = Optional.of(new Head(entry.number(), entry.hash()));
        return entry;
    }

    @Override
    public Optional<Entry> withEnvelope(AlarmId alarm, Bytes envelopeSha256) {
        return alarms(alarm).stream()
                .filter(entry -> entry.fact().envelopeSha256().equals(envelopeSha256))
                .findFirst();
    }

    /** {@inheritDoc} The rules ask three times about one alarm, and nobody else writes meanwhile: the database is asked once. */
    @Override
    public List<Entry> alarms(AlarmId alarm) {
        if (!lastAsked.equals(Optional.of(alarm))) {
            String id = alarm.toString();
            BeforeAnAlarm before = db.rows(BEFORE_AN_ALARM, BeforeAnAlarm::read, id, alarm.device(), alarm.boot())
                    .getFirst();
            lastAlarms = before.there ? db.entries(ALARMS, id) : List.of();
            lastNonce = before.nonce;
            lastAsked = Optional.of(alarm);
            head = Optional.of(head.orElse(before.head));
        }
        return lastAlarms;
    }

    @Override
    public List<Entry> updates(AlarmId about, int limit) {
        List<Entry> newestFirst = db.entries(
                "WHERE about = ? AND about <> '' AND " + WITH_ENVELOPE
                        + " AND state <> 'RESTORED' ORDER BY number DESC LIMIT ?",
                about.toString(),
                limit);
        return newestFirst.reversed();
    }

    @Override
    public Optional<Entry> acceptance(AlarmId alarm, Bytes envelopeSha256) {
        return db.entry(
                "WHERE alarm = ? AND alarm <> '' AND type = 'ACCEPTED' AND envelope_sha256 = ?",
                alarm.toString(),
                envelopeSha256.readOnlyArray());
    }

    @Override
    public Optional<Entry> lastClosing(AlarmId alarm) {
        return db.entry(
                "WHERE alarm = ? AND alarm <> '' AND type = 'CLOSED' ORDER BY number DESC LIMIT 1", alarm.toString());
    }

    @Override
    public OptionalLong boundNonce(String device, long boot) {
        return lastAsked
                        .filter(alarm -> alarm.device().equals(device) && alarm.boot() == boot)
                        .isPresent()
                ? lastNonce
                : db.number("SELECT nonce FROM boots WHERE device = ? AND boot = ?", device, boot);
    }

    @Override
    public void bind(String device, long boot, long nonce) {
        db.run("INSERT INTO boots (device, boot, nonce) VALUES (?, ?, ?)", device, boot, nonce);
        lastAsked = Optional.empty();
    }

    @Override
    public long highestBoot(String device) {
        return db.number("SELECT max(boot) FROM boots WHERE device = ?", device).orElse(0);
    }

    @Override
    public Optional<Entry> saying(EntryType type, String device, String detail) {
        return db.entry(
                "WHERE device = ? AND type = ? AND detail = ? ORDER BY number LIMIT 1", device, type.name(), detail);
    }

    @Override
    public Optional<Entry> lastOrder(String device) {
        return db.entry("WHERE device = ? AND type = 'ORDERED' ORDER BY number DESC LIMIT 1", device);
    }

    @Override
    public Optional<Entry> order(String device, long number) {
        return db.entry(
                "WHERE device = ? AND type = 'ORDERED' AND substr(detail, 1, ?) = ? ORDER BY number LIMIT 1",
                device,
                OrderPlan.beginning(number).length(),
                OrderPlan.beginning(number));
    }

    @Override
    public Optional<Entry> lastSupervision(String device) {
        return lastSupervision(db, device);
    }

    static Optional<Entry> lastSupervision(Statements db, String device) {
        return db.entry("WHERE device = ? AND type IN ('OFFLINE', 'ONLINE') ORDER BY number DESC LIMIT 1", device);
    }

    @Override
    public void acknowledge(long number) {
        db.run("INSERT OR IGNORE INTO pushed (number) VALUES (?)", number);
    }

    @Override
    public void pulse() {
        db.run("DELETE FROM pushed WHERE number = ?", NO_ENTRY);
        db.run("INSERT INTO pushed (number) VALUES (?)", NO_ENTRY);
    }
}
