package dev.tocsin.simulator.centre.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.sqlite.SQLiteConfig;

/**
 * The file: its schema, and connections to it. WAL with {@code synchronous=FULL}: a commit returns when the log is synced,
 * readers never wait for the writer. That nothing is changed or removed is enforced by triggers; that nobody went round
 * them is what the hash chain is for.
 */
record LedgerFile(Path path) {

    private static final int SCHEMA_VERSION = 1;

    /** How long a writer waits for another process's transaction. Those are single deeds of a person. */
    private static final int BUSY_TIMEOUT_MS = 10_000;

    /** With so many, 64 MiB, a commit empties the log itself; before that it is {@link Checkpoints}' work. */
    static final int LARGEST_LOG_PAGES = 16_384;

    private static final List<String> SCHEMA = List.of(
            """
            CREATE TABLE entries (
              number INTEGER NOT NULL PRIMARY KEY,
              type TEXT NOT NULL,
              device TEXT NOT NULL,
              alarm TEXT NOT NULL,
              about TEXT NOT NULL,
              kind TEXT NOT NULL,
              state TEXT NOT NULL,
              mode TEXT NOT NULL,
              envelope BLOB NOT NULL,
              envelope_sha256 BLOB NOT NULL,
              time_ms INTEGER NOT NULL,
              person TEXT NOT NULL,
              detail TEXT NOT NULL,
              previous BLOB NOT NULL,
              hash BLOB NOT NULL)""",
            "CREATE INDEX entries_by_alarm ON entries (alarm, type) WHERE alarm <> ''",
            "CREATE INDEX entries_by_about ON entries (about) WHERE about <> ''",
            "CREATE INDEX entries_by_device ON entries (device, type)",
            // A ledger without it is read all the same, slower.
            "CREATE INDEX entries_about_drills ON entries (number) WHERE " + SqliteRows.ABOUT_DRILLS,
            "CREATE INDEX entries_about_orders ON entries (number) WHERE " + SqliteRows.ABOUT_ORDERS,
            // Derived from the entries: the nonce that binds each boot.
            "CREATE TABLE boots (device TEXT NOT NULL, boot INTEGER NOT NULL, nonce INTEGER NOT NULL,"
                    + " PRIMARY KEY (device, boot))",
            // ACCEPTED entries whose receipt the device has acknowledged.
            "CREATE TABLE pushed (number INTEGER NOT NULL PRIMARY KEY)",
            never("UPDATE", "entries"),
            never("DELETE", "entries"),
            never("UPDATE", "boots"),
            never("DELETE", "boots"));

    private static String never(String deed, String table) {
        return "CREATE TRIGGER " + table + "_never_" + deed + " BEFORE " + deed + " ON " + table
                + " BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END";
    }

    /** A connection to the file, which is made a ledger if it is not there or empty. */
    Connection create() throws SQLException {
        return connect(true);
    }

    /** A connection to a file that is a ledger. */
    Connection connect() throws SQLException {
        return connect(false);
    }

    private Connection connect(boolean create) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setGetGeneratedKeys(false); // nobody asks for them, and the driver looks for each statement's table
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path, config.toProperties());
        try (Statement s = connection.createStatement()) {
            s.execute("PRAGMA busy_timeout=" + BUSY_TIMEOUT_MS);
            if (version(s) == 0 && !(create && isEmpty(s))) {
                throw new SQLException("it is no ledger");
            }
            s.execute("PRAGMA journal_mode=WAL");
            s.execute("PRAGMA synchronous=FULL");
            s.execute("PRAGMA wal_autocheckpoint=" + LARGEST_LOG_PAGES);
            prepare(s);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** What tells this file from another under the same name; empty where it is gone, or the system does not say. */
    Optional<Object> identity() {
        try {
            return Optional.ofNullable(
                    Files.readAttributes(path, BasicFileAttributes.class).fileKey());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void prepare(Statement s) throws SQLException {
        int version = version(s);
        if (version == 0) {
            s.execute("BEGIN IMMEDIATE"); // two processes may both find a new file
            version = version(s);
            if (version == 0) {
                for (String sql : SCHEMA) {
                    s.execute(sql);
                }
                s.execute("PRAGMA user_version=" + SCHEMA_VERSION);
                version = SCHEMA_VERSION;
            }
            s.execute("COMMIT");
        }
        if (version != SCHEMA_VERSION) {
            throw new SQLException(
                    "a ledger of format " + version + "; this version of Tocsin knows format " + SCHEMA_VERSION);
        }
    }

    /** Nobody else's database, that is. */
    private static boolean isEmpty(Statement s) throws SQLException {
        try (ResultSet r = s.executeQuery("SELECT count(*) FROM sqlite_master")) {
            return r.next() && (r.getInt(1) == 0 || version(s) != 0); // another process may make it at this moment
        }
    }

    private static int version(Statement s) throws SQLException {
        try (ResultSet r = s.executeQuery("PRAGMA user_version")) {
            return r.next() ? r.getInt(1) : 0;
        }
    }
}
