package dev.tocsin.simulator.centre.sqlite;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.UpdatePhase;
import dev.tocsin.simulator.centre.rollout.Progress;
import dev.tocsin.simulator.centre.rollout.Rollout;
import dev.tocsin.simulator.centre.rollout.RolloutStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Rollouts in an SQLite file of its own beside the ledger, so that no alarm's commit waits for one. WAL with {@code
 * synchronous=FULL}; the running centre and the command line have it open together. Any thread, one at a time.
 */
public final class SqliteRollouts implements RolloutStore, AutoCloseable {

    private static final int BUSY_TIMEOUT_MS = 10_000;

    private static final List<String> SCHEMA = List.of("""
            CREATE TABLE IF NOT EXISTS rollout (
              sequence INTEGER NOT NULL PRIMARY KEY,
              version TEXT NOT NULL,
              manifest BLOB NOT NULL,
              sha256 BLOB NOT NULL,
              devices TEXT NOT NULL,
              stages TEXT NOT NULL,
              max_failures INTEGER NOT NULL,
              by_whom TEXT NOT NULL,
              started_ms INTEGER NOT NULL,
              state TEXT NOT NULL,
              stage INTEGER NOT NULL,
              why TEXT NOT NULL)""", """
            CREATE TABLE IF NOT EXISTS progress (
              sequence INTEGER NOT NULL,
              device TEXT NOT NULL,
              phase TEXT NOT NULL,
              why TEXT NOT NULL,
              since_ms INTEGER NOT NULL,
              PRIMARY KEY (sequence, device))""");

    private final Connection connection; // guarded by this
    private final Path file;

    private SqliteRollouts(Connection connection, Path file) {
        this.connection = connection;
        this.file = file;
    }

    /** The file of rollouts that belongs to a ledger's file. */
    public static Path beside(Path ledger) {
        return ledger.resolveSibling(ledger.getFileName() + ".rollouts");
    }

    /** The folder of payloads that belongs to a ledger's file; each is named by its SHA-256 in hexadecimal digits. */
    public static Path payloads(Path ledger) {
        return ledger.resolveSibling(ledger.getFileName() + ".packages");
    }

    /**
     * Opens a file, which is made if it is not there. Blocks.
     *
     * @throws IOException if it cannot be had, saying why
     */
    @SuppressWarnings("try") // closed where it fails
    public static SqliteRollouts open(Path file) throws IOException {
        try {
            Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
            try (Statement s = connection.createStatement()) {
                s.execute("PRAGMA busy_timeout=" + BUSY_TIMEOUT_MS);
                s.execute("PRAGMA journal_mode=WAL");
                s.execute("PRAGMA synchronous=FULL");
                for (String sql : SCHEMA) {
                    s.execute(sql);
                }
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
            return new SqliteRollouts(connection, file);
        } catch (SQLException e) {
            throw new IOException(file + ": rollouts cannot be kept there: " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized List<Rollout> rollouts() {
        try (PreparedStatement s = connection.prepareStatement("SELECT * FROM rollout ORDER BY sequence");
                ResultSet rows = s.executeQuery()) {
            List<Rollout> all = new ArrayList<>();
            while (rows.next()) {
                all.add(new Rollout(
                        rows.getLong("sequence"),
                        rows.getString("version"),
                        Bytes.wrap(rows.getBytes("manifest")),
                        Bytes.wrap(rows.getBytes("sha256")),
                        rows.getString("devices"),
                        Arrays.stream(rows.getString("stages").split(",", -1))
                                .map(Integer::valueOf)
                                .toList(),
                        rows.getInt("max_failures"),
                        rows.getString("by_whom"),
                        Instant.ofEpochMilli(rows.getLong("started_ms")),
                        Rollout.State.valueOf(rows.getString("state")),
                        rows.getInt("stage"),
                        rows.getString("why")));
            }
            return all;
        } catch (SQLException e) {
            throw trouble(e);
        }
    }

    @Override
    public synchronized void begin(Rollout r) {
        try (PreparedStatement s =
                connection.prepareStatement("INSERT INTO rollout VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            s.setLong(1, r.sequence());
            s.setString(2, r.version());
            s.setBytes(3, r.manifest().toArray());
            s.setBytes(4, r.sha256().toArray());
            s.setString(5, r.devices());
            s.setString(6, r.stages().stream().map(String::valueOf).collect(Collectors.joining(",")));
            s.setInt(7, r.maxFailures());
            s.setString(8, r.by());
            s.setLong(9, r.started().toEpochMilli());
            s.setString(10, r.state().name());
            s.setInt(11, r.stage());
            s.setString(12, r.why());
            s.executeUpdate();
        } catch (SQLException e) {
            throw trouble(e);
        }
    }

    @Override
    public synchronized void move(Rollout r) {
        try (PreparedStatement s = connection.prepareStatement(
                "UPDATE rollout SET state = ?, stage = ?, why = ?, max_failures = ? WHERE sequence = ?")) {
            s.setString(1, r.state().name());
            s.setInt(2, r.stage());
            s.setString(3, r.why());
            s.setInt(4, r.maxFailures());
            s.setLong(5, r.sequence());
            s.executeUpdate();
        } catch (SQLException e) {
            throw trouble(e);
        }
    }

    @Override
    public synchronized List<Progress> progress(long sequence) {
        try (PreparedStatement s =
                connection.prepareStatement("SELECT * FROM progress WHERE sequence = ? ORDER BY device")) {
            s.setLong(1, sequence);
            try (ResultSet rows = s.executeQuery()) {
                List<Progress> all = new ArrayList<>();
                while (rows.next()) {
                    all.add(new Progress(
                            rows.getString("device"),
                            UpdatePhase.valueOf(rows.getString("phase")),
                            rows.getString("why"),
                            Instant.ofEpochMilli(rows.getLong("since_ms"))));
                }
                return all;
            }
        } catch (SQLException e) {
            throw trouble(e);
        }
    }

    @Override
    public synchronized void note(long sequence, Progress p) {
        try (PreparedStatement s =
                connection.prepareStatement("INSERT OR REPLACE INTO progress VALUES (?, ?, ?, ?, ?)")) {
            s.setLong(1, sequence);
            s.setString(2, p.device());
            s.setString(3, p.phase().name());
            s.setString(4, p.why());
            s.setLong(5, p.since().toEpochMilli());
            s.executeUpdate();
        } catch (SQLException e) {
            throw trouble(e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw trouble(e);
        }
    }

    private UncheckedIOException trouble(SQLException e) {
        return new UncheckedIOException(new IOException(file + ": " + e.getMessage(), e));
    }
}
