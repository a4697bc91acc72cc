package dev.tocsin.simulator.centre.sqlite;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.port.SessionVault;
import dev.tocsin.simulator.centre.sessions.SessionShelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions in memory, and a moment later in an SQLite file of their own beside the ledger, which only its owner may read. A
 * writer of its own: no handshake waits for the disk. What is lost in a power cut costs a full handshake, so nothing is
 * forced ({@code synchronous=NORMAL}); what is forgotten is overwritten ({@code secure_delete}). Any thread.
 */
public final class SqliteSessions implements SessionVault, AutoCloseable {

    /** How long changes are gathered before they are written in one transaction. */
    static final Duration WRITE_AFTER = Duration.ofMillis(500);

    private static final Logger LOG = LoggerFactory.getLogger(SqliteSessions.class);
    private static final int SCHEMA_VERSION = 1;
    private static final int BUSY_TIMEOUT_MS = 10_000;
    private static final long END_S = 30;

    /** How opening ended. */
    public sealed interface Opening {
        /** It is open; close it. */
        record Opened(SqliteSessions sessions) implements Opening {}

        /** The file is not to be had, is damaged, or is something else. It is left as it is. */
        record Unusable(String why) implements Opening {}
    }

    private final Connection connection; // the writer's
    private final Clock clock;
    private final SessionShelf shelf;
    private final ScheduledThreadPoolExecutor writer;
    private Map<Bytes, Optional<Fresh>> late = new LinkedHashMap<>(); // what a write that failed had; guarded, too
    private Map<Bytes, Optional<Fresh>> changed = new LinkedHashMap<>(); // guarded by this

    /** What is to be written. */
    private record Fresh(Bytes session, Instant since) {}

    private SqliteSessions(Connection connection, Clock clock, SessionShelf shelf, String name) {
        this.connection = connection;
        this.clock = clock;
        this.shelf = shelf;
        this.writer = new ScheduledThreadPoolExecutor(1, task -> new Thread(task, name));
    }

    /** The file of sessions that belongs to a ledger's file. */
    public static Path beside(Path ledger) {
        return ledger.resolveSibling(ledger.getFileName() + ".sessions");
    }

    /** Removes the file and its log: whoever wants no sessions kept wants no secrets lying there either. */
    public static void remove(Path file) throws IOException {
        for (String part : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(file.resolveSibling(file.getFileName() + part));
        }
    }

    /** Opens a file, which is made if it is not there, and reads what is in it. Its folder must be there. Blocks. */
    public static Opening open(Path file, Clock clock) {
        try {
            if (!Files.exists(file)
                    && file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                // SQLite's other files take their rights from this one
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
            try {
                SessionShelf shelf = new SessionShelf();
                prepare(connection, clock.wallTime());
                read(connection, shelf);
                return new Opening.Opened(
                        new SqliteSessions(connection, clock, shelf, "sessions-writer " + file.getFileName()));
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException | IOException | RuntimeException e) { // a damaged row may be anything
            return new Opening.Unusable(
                    file + ": sessions cannot be kept there: " + e.getMessage() + "; remove it and start again");
        }
    }

    private static void prepare(Connection connection, Instant now) throws SQLException {
        try (Statement s = connection.createStatement()) {
            s.execute("PRAGMA busy_timeout=" + BUSY_TIMEOUT_MS);
            s.execute("PRAGMA journal_mode=WAL");
            s.execute("PRAGMA synchronous=NORMAL");
            s.execute("PRAGMA secure_delete=ON");
            if (number(s, "PRAGMA user_version") == 0) {
                if (number(s, "SELECT count(*) FROM sqlite_master") != 0) {
                    throw new SQLException("it holds something else");
                }
                s.execute("CREATE TABLE session (id BLOB NOT NULL PRIMARY KEY, session BLOB NOT NULL,"
                        + " since_ms INTEGER NOT NULL)");
                s.execute("PRAGMA user_version=" + SCHEMA_VERSION);
            }
            long version = number(s, "PRAGMA user_version");
            if (version != SCHEMA_VERSION) {
                throw new SQLException("it is of format " + version + ", this version knows " + SCHEMA_VERSION);
            }
            s.execute("CREATE INDEX IF NOT EXISTS session_by_age ON session (since_ms)");
            trim(s, now);
        }
    }

    private static void trim(Statement s, Instant now) throws SQLException {
        long ageMs = SessionShelf.MAX_AGE.toMillis();
        s.execute("DELETE FROM session WHERE since_ms < " + (now.toEpochMilli() - ageMs) + " OR since_ms > "
                + (now.toEpochMilli() + ageMs));
        if (number(s, "SELECT count(*) FROM session") <= SessionShelf.MAX) {
            return;
        }
        s.execute("DELETE FROM session WHERE rowid NOT IN (SELECT rowid FROM session ORDER BY since_ms DESC, rowid DESC"
                + " LIMIT " + SessionShelf.MAX + ")");
    }

    private static void read(Connection connection, SessionShelf shelf) throws SQLException {
        try (Statement s = connection.createStatement();
                ResultSet r = s.executeQuery("SELECT id, session, since_ms FROM session ORDER BY since_ms, rowid")) {
            while (r.next()) {
                var unused = shelf.keep(
                        Bytes.wrap(r.getBytes(1)), Bytes.wrap(r.getBytes(2)), Instant.ofEpochMilli(r.getLong(3)));
            }
        }
    }

    private static long number(Statement s, String sql) throws SQLException {
        try (ResultSet r = s.executeQuery(sql)) {
            return r.next() ? r.getLong(1) : 0;
        }
    }

    @Override
    public void keep(Bytes id, Bytes session) {
        Instant now = clock.wallTime();
        if (shelf.keep(id, session, now)) {
            change(id, Optional.of(new Fresh(session, now)));
        }
    }

    @Override
    public Optional<Bytes> find(Bytes id) {
        return shelf.find(id, clock.wallTime());
    }

    @Override
    public void forget(Bytes id) {
        if (shelf.forget(id)) {
            change(id, Optional.empty());
        }
    }

    /** As many wait for the writer as the shelf holds, the latest: so the file has after a restart what the shelf has now. */
    private synchronized void change(Bytes id, Optional<Fresh> to) {
        if (changed.isEmpty()) {
            try {
                var unused = writer.schedule(this::write, WRITE_AFTER.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                return; // the centre stops
            }
        }
        changed.remove(id);
        changed.put(id, to);
        if (changed.size() > SessionShelf.MAX) {
            Iterator<Bytes> first = changed.keySet().iterator();
            first.next();
            first.remove();
        }
    }

    private synchronized Map<Bytes, Optional<Fresh>> take() {
        Map<Bytes, Optional<Fresh>> taken = late;
        late = new LinkedHashMap<>();
        changed.forEach((id, to) -> {
            taken.remove(id);
            taken.put(id, to);
        });
        changed = new LinkedHashMap<>();
        return taken;
    }

    /** For the next write, which the next change begins. */
    private synchronized void putBack(Map<Bytes, Optional<Fresh>> taken) {
        taken.forEach(late::putIfAbsent);
        late.keySet().removeAll(changed.keySet());
        if (late.size() > SessionShelf.MAX) {
            late.clear(); // then the file is behind: full handshakes
        }
    }

    private void write() {
        Map<Bytes, Optional<Fresh>> taken = take(); // first, whatever comes: the next change begins the next write
        try {
            connection.setAutoCommit(false);
            try (PreparedStatement add = connection.prepareStatement(
                            "INSERT OR REPLACE INTO session (id, session, since_ms) VALUES (?, ?, ?)");
                    PreparedStatement drop = connection.prepareStatement("DELETE FROM session WHERE id = ?");
                    Statement s = connection.createStatement()) {
                for (Map.Entry<Bytes, Optional<Fresh>> e : taken.entrySet()) {
                    if (e.getValue().isPresent()) {
                        Fresh fresh = e.getValue().get();
                        add.setBytes(1, e.getKey().readOnlyArray());
                        add.setBytes(2, fresh.session.readOnlyArray());
                        add.setLong(3, fresh.since.toEpochMilli());
                        add.executeUpdate();
                    } else {
                        drop.setBytes(1, e.getKey().readOnlyArray());
                        drop.executeUpdate();
                    }
                }
                trim(s, clock.wallTime());
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            putBack(taken);
            LOG.warn("Sessions could not be kept, their devices will make full handshakes: {}", e.getMessage());
        }
    }

    /** Writes what waits. Blocks. */
    @Override
    public void close() {
        if (writer.isShutdown()) {
            return; // a centre that could not start has closed it before
        }
        writer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        writer.execute(this::write);
        writer.shutdown();
        try {
            if (!writer.awaitTermination(END_S, TimeUnit.SECONDS)) {
                LOG.warn("The writer of sessions did not end in {} s", END_S);
            }
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            LOG.warn("Closing the file of sessions: {}", e.getMessage());
        }
    }
}
