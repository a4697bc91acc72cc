package dev.tocsin.simulator.centre.sqlite;

import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.simulator.centre.evidence.EvidenceStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evidence in an SQLite file of its own beside the ledger, with a writer thread of its own: no alarm's commit waits for it.
 * WAL with {@code synchronous=FULL}, because a device forgets what it was told is kept.
 */
public final class SqliteEvidence implements EvidenceStore {

    /** Most pieces that wait for the writer, 1 MiB; the next fails, and comes again. */
    static final int MAX_WAITING = 64;

    private static final Logger LOG = LoggerFactory.getLogger(SqliteEvidence.class);
    private static final int SCHEMA_VERSION = 1;
    private static final int BUSY_TIMEOUT_MS = 10_000;
    private static final long END_S = 10;

    private static final List<String> SCHEMA =
            List.of("""
            CREATE TABLE evidence (
              number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
              device TEXT NOT NULL,
              alarm TEXT NOT NULL,
              sha256 BLOB NOT NULL,
              envelope BLOB NOT NULL,
              received_ms INTEGER NOT NULL,
              UNIQUE (alarm, sha256))""", "CREATE INDEX evidence_by_device ON evidence (device, number)");

    /** How opening ended. */
    public sealed interface Opening {
        /** It is open; close it. */
        record Opened(SqliteEvidence evidence) implements Opening {}

        /** The file is not to be had, or is something else. */
        record Unusable(String why) implements Opening {}
    }

    private final Connection connection; // guarded by this
    private final Clock clock;
    private final ThreadPoolExecutor writer;

    private SqliteEvidence(Connection connection, Clock clock, String name) {
        this.connection = connection;
        this.clock = clock;
        this.writer = new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MAX_WAITING), task -> new Thread(task, name));
    }

    /** The file of evidence that belongs to a ledger's file. */
    public static Path beside(Path ledger) {
        return ledger.resolveSibling(ledger.getFileName() + ".evidence");
    }

    /** Opens a file, which is made if it is not there. Its folder must be. Blocks. */
    public static Opening open(Path file, Clock clock) {
        try {
            return new Opening.Opened(
                    new SqliteEvidence(connect(file), clock, "evidence-writer " + file.getFileName()));
        } catch (SQLException e) {
            return new Opening.Unusable(file + ": the evidence cannot be kept there: " + e.getMessage());
        }
    }

    /** Opens a file that is there. Blocks. */
    public static Opening openExisting(Path file, Clock clock) {
        return Files.isRegularFile(file) ? open(file, clock) : new Opening.Unusable(file + ": no such file");
    }

    private static Connection connect(Path file) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement s = connection.createStatement()) {
            s.execute("PRAGMA busy_timeout=" + BUSY_TIMEOUT_MS);
            s.execute("PRAGMA journal_mode=WAL");
            s.execute("PRAGMA synchronous=FULL");
            s.execute("BEGIN IMMEDIATE"); // two processes may both find a new file
            if (number(s, "PRAGMA user_version") == 0) {
                if (number(s, "SELECT count(*) FROM sqlite_master") != 0) {
                    throw new SQLException("it holds something else");
                }
                for (String sql : SCHEMA) {
                    s.execute(sql);
                }
                s.execute("PRAGMA user_version=" + SCHEMA_VERSION);
            }
            long version = number(s, "PRAGMA user_version");
            s.execute("COMMIT");
            if (version != SCHEMA_VERSION) {
                throw new SQLException("it is of format " + version + ", this version knows " + SCHEMA_VERSION);
            }
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static long number(Statement s, String sql) throws SQLException {
        try (ResultSet r = s.executeQuery(sql)) {
            return r.next() ? r.getLong(1) : 0;
        }
    }

    @Override
    public void keep(AlarmId alarm, Bytes envelope, Consumer<Outcome> done) {
        try {
            writer.execute(() -> done.accept(keep(alarm, envelope)));
        } catch (RejectedExecutionException e) {
            done.accept(new Outcome.Failed(MAX_WAITING + " pieces of evidence wait, or the centre stops"));
        }
    }

    private synchronized Outcome keep(AlarmId alarm, Bytes envelope) {
        try {
            List<Piece> there = read(alarm);
            if (there.stream().anyMatch(piece -> piece.envelope().equals(envelope))) {
                return new Outcome.Kept(true, 0);
            }
            if (there.size() >= MAX_PER_ALARM) {
                return new Outcome.Full();
            }
            connection.setAutoCommit(false);
            try {
                insert(alarm, envelope);
                int gone = trim(alarm.device());
                connection.commit();
                return new Outcome.Kept(false, gone);
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            return new Outcome.Failed("the evidence cannot be kept: " + e.getMessage());
        }
    }

    private void insert(AlarmId alarm, Bytes envelope) throws SQLException {
        try (PreparedStatement s = connection.prepareStatement(
                "INSERT INTO evidence (device, alarm, sha256, envelope, received_ms) VALUES (?, ?, ?, ?, ?)")) {
            s.setString(1, alarm.device());
            s.setString(2, alarm.toString());
            s.setBytes(3, envelope.sha256().readOnlyArray());
            s.setBytes(4, envelope.readOnlyArray());
            s.setLong(5, clock.wallTime().toEpochMilli());
            s.executeUpdate();
        }
    }

    private int trim(String device) throws SQLException {
        try (PreparedStatement s = connection.prepareStatement("DELETE FROM evidence WHERE device = ? AND number NOT IN"
                + " (SELECT number FROM evidence WHERE device = ? ORDER BY number DESC LIMIT ?)")) {
            s.setString(1, device);
            s.setString(2, device);
            s.setInt(3, MAX_PER_DEVICE);
            return s.executeUpdate();
        }
    }

    @Override
    public synchronized List<Piece> of(AlarmId alarm) {
        try {
            return read(alarm);
        } catch (SQLException e) {
            throw new UncheckedIOException(e.getMessage(), new IOException(e));
        }
    }

    private List<Piece> read(AlarmId alarm) throws SQLException {
        try (PreparedStatement s = connection.prepareStatement(
                "SELECT envelope, received_ms FROM evidence WHERE alarm = ? ORDER BY number")) {
            s.setString(1, alarm.toString());
            List<Piece> pieces = new ArrayList<>();
            try (ResultSet r = s.executeQuery()) {
                while (r.next()) {
                    pieces.add(new Piece(alarm, Bytes.wrap(r.getBytes(1)), Instant.ofEpochMilli(r.getLong(2))));
                }
            }
            return pieces;
        }
    }

    @Override
    public void close() {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(END_S, TimeUnit.SECONDS)) {
                LOG.warn("The writer of evidence did not end in {} s", END_S);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            try {
                connection.close();
            } catch (SQLException e) {
                LOG.warn("Closing the evidence: {}", e.getMessage());
            }
        }
    }
}
