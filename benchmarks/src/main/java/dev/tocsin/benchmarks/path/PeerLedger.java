package dev.tocsin.benchmarks.path;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A table of alarms by id in an SQLite file, synced at each commit as our own ledger is: WAL, {@code synchronous=FULL}, and its
 * log is emptied beside the commits instead of inside one of some hundreds.
 */
final class PeerLedger implements AutoCloseable {

    private static final int CHECKPOINT_AFTER = 512;
    private static final int LARGEST_LOG_PAGES = 16_384;

    private final Connection connection;
    private final Connection emptying;
    private final ExecutorService beside = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("peer-checkpoint").factory());
    private final PreparedStatement insert;
    private final PreparedStatement find;
    private long last;

    /** Makes the file. */
    PeerLedger(Path file) {
        try {
            connection = DriverManager.getConnection("jdbc:sqlite:" + file);
            try (Statement s = connection.createStatement()) {
                s.execute("PRAGMA journal_mode=WAL");
                s.execute("PRAGMA synchronous=FULL");
                s.execute("PRAGMA wal_autocheckpoint=" + LARGEST_LOG_PAGES);
                s.execute("CREATE TABLE alarms (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, envelope BLOB)");
            }
            emptying = DriverManager.getConnection("jdbc:sqlite:" + file);
            insert = connection.prepareStatement(
                    "INSERT INTO alarms (number, id, envelope) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING");
            find = connection.prepareStatement("SELECT number FROM alarms WHERE id = ?");
        } catch (SQLException e) {
            throw new IllegalStateException("a ledger for a peer in " + file, e);
        }
    }

    /** Commits an alarm; one that is there already keeps its number. */
    synchronized long keep(String id, byte[] envelope) {
        try {
            insert.setLong(1, last + 1);
            insert.setString(2, id);
            insert.setBytes(3, envelope);
            if (insert.executeUpdate() == 1) {
                if (++last % CHECKPOINT_AFTER == 0) {
                    beside.execute(this::checkpoint);
                }
                return last;
            }
            find.setString(1, id);
            try (ResultSet r = find.executeQuery()) {
                return r.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("an alarm cannot be kept", e);
        }
    }

    private void checkpoint() {
        try (Statement s = emptying.createStatement()) {
            s.execute("PRAGMA wal_checkpoint(PASSIVE)");
        } catch (SQLException e) {
            throw new IllegalStateException("a peer's log cannot be emptied", e);
        }
    }

    @Override
    public void close() {
        beside.close(); // after the one that runs
        try {
            connection.close();
            emptying.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
