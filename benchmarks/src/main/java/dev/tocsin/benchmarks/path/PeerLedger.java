package dev.tocsin.benchmarks.path;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A table of alarms by id in an SQLite file, synced at each commit as our own ledger is: WAL, {@code synchronous=FULL}. */
final class PeerLedger implements AutoCloseable {

    private final Connection connection;
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
                s.execute("CREATE TABLE alarms (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, envelope BLOB)");
            }
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
                return ++last;
            }
            find.setString(1, id);
            try (ResultSet r = find.executeQuery()) {
                return r.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("an alarm cannot be kept", e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
