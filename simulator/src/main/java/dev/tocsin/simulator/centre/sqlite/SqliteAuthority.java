package dev.tocsin.simulator.centre.sqlite;

import dev.tocsin.sdk.crypto.CertificateFacts;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.KeyUse;
import dev.tocsin.simulator.centre.authority.AuthorityBooks;
import dev.tocsin.simulator.centre.authority.Claim;
import dev.tocsin.simulator.centre.authority.Issued;
import dev.tocsin.simulator.centre.registry.Enrolments;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.InvalidKeyException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The authority's books in a SQLite file, for its owner alone. A rollback journal with {@code synchronous=EXTRA}: a commit
 * returns when it is synced, and changes the file itself, by which centres that read it see that there is something new.
 */
public final class SqliteAuthority implements AuthorityBooks, Enrolments {

    private static final int SCHEMA_VERSION = 1;
    private static final int BUSY_TIMEOUT_MS = 10_000;

    private static final List<String> SCHEMA = List.of(
            """
            CREATE TABLE claims (
              device TEXT NOT NULL PRIMARY KEY,
              secret BLOB NOT NULL,
              until_ms INTEGER NOT NULL,
              decision TEXT NOT NULL,
              asked_ms INTEGER,
              channel_key BLOB,
              alarm_key BLOB)""",
            """
            CREATE TABLE certificates (
              number INTEGER NOT NULL PRIMARY KEY,
              device TEXT NOT NULL,
              usage TEXT NOT NULL,
              public_key BLOB NOT NULL,
              der BLOB NOT NULL,
              at_ms INTEGER NOT NULL,
              revoked_ms INTEGER)""",
            "CREATE INDEX certificates_by_device ON certificates (device)",
            "CREATE INDEX certificates_by_key ON certificates (public_key)");

    private static final String SELECT = "SELECT usage, der, at_ms, revoked_ms FROM certificates ";

    private final Path file;
    private final Statements statements;
    private final boolean readOnly;

    private SqliteAuthority(Path file, Statements statements, boolean readOnly) {
        this.file = file;
        this.statements = statements;
        this.readOnly = readOnly;
    }

    /**
     * Opens books; makes them in an empty file.
     *
     * @throws IOException if that is no such file, saying why
     */
    public static SqliteAuthority open(Path file) throws IOException {
        return open(file, false);
    }

    /** Opens books that are only read, as {@link #open}. */
    public static SqliteAuthority read(Path file) throws IOException {
        return open(file, true);
    }

    private static SqliteAuthority open(Path file, boolean readOnly) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + ": no authority's books; 'tocsin ca init' makes an authority");
        }
        try {
            Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
            try (Statement s = connection.createStatement()) {
                s.execute("PRAGMA busy_timeout=" + BUSY_TIMEOUT_MS);
                s.execute("PRAGMA synchronous=EXTRA");
                if (readOnly) {
                    s.execute("PRAGMA query_only=ON");
                }
                prepare(s, readOnly);
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
            return new SqliteAuthority(file, new Statements(connection), readOnly);
        } catch (SQLException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static void prepare(Statement s, boolean readOnly) throws SQLException {
        int version = version(s);
        if (version == 0 && !readOnly) {
            s.execute("BEGIN IMMEDIATE"); // two processes may both find new books
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
        if (version != SCHEMA_VERSION && !(readOnly && version == 0)) {
            throw new SQLException("books of format " + version + "; this version of Tocsin knows " + SCHEMA_VERSION);
        }
    }

    private static int version(Statement s) throws SQLException {
        try (ResultSet r = s.executeQuery("PRAGMA user_version")) {
            return r.next() ? r.getInt(1) : 0;
        }
    }

    @Override
    public synchronized <T> T change(Function<Pages, T> work) throws IOException {
        if (readOnly) {
            throw new IllegalStateException("opened to be read");
        }
        try {
            statements.run("BEGIN IMMEDIATE");
            boolean done = false;
            try {
                T result = work.apply(new Rows());
                statements.run("COMMIT");
                done = true;
                return result;
            } finally {
                if (!done) {
                    rollBack();
                }
            }
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private void rollBack() {
        try {
            statements.run("ROLLBACK");
        } catch (UncheckedIOException e) {
            // what failed may have ended the transaction already; the failure itself is on its way
        }
    }

    @Override
    public Object stamp() {
        try {
            BasicFileAttributes a = Files.readAttributes(file, BasicFileAttributes.class);
            return List.of(a.lastModifiedTime(), a.size());
        } catch (IOException e) {
            return Optional.empty(); // reading it will say why
        }
    }

    @Override
    public synchronized Snapshot read() throws IOException {
        try {
            if (statements.number("PRAGMA user_version").orElse(0) == 0) {
                return Snapshot.EMPTY; // nobody has used them yet
            }
            Map<String, Issued> latest = new LinkedHashMap<>();
            Set<Bytes> revoked = new HashSet<>();
            Set<Bytes> alarmKeys = new LinkedHashSet<>();
            for (Issued issued : new Rows().issued()) {
                if (issued.use() == KeyUse.ALARM) {
                    latest.put(issued.device(), issued);
                    alarmKeys.add(issued.certificate().publicKey());
                }
                if (issued.revoked().isPresent()) {
                    revoked.add(issued.certificate().publicKey());
                }
            }
            latest.values()
                    .forEach(issued -> alarmKeys.remove(issued.certificate().publicKey()));
            return new Snapshot(
                    latest.values().stream()
                            .map(i -> new Enrolled(
                                    i.device(),
                                    i.certificate().publicKey(),
                                    i.revoked().isPresent()))
                            .toList(),
                    revoked,
                    List.copyOf(alarmKeys));
        } catch (UncheckedIOException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void close() {
        statements.close();
    }

    /** The books within a transaction. */
    private final class Rows implements Pages {

        @Override
        public List<Claim> claims() {
            return claims("ORDER BY device");
        }

        @Override
        public Optional<Claim> claim(String device) {
            return claims("WHERE device = ?", device).stream().findFirst();
        }

        private List<Claim> claims(String condition, Object... arguments) {
            return statements.rows(
                    "SELECT device, secret, until_ms, decision, asked_ms, channel_key, alarm_key FROM claims "
                            + condition,
                    r -> new Claim(
                            r.getString(1),
                            Bytes.wrap(r.getBytes(2)),
                            Instant.ofEpochMilli(r.getLong(3)),
                            Claim.Decision.valueOf(r.getString(4)),
                            instant(r, 5),
                            bytes(r.getBytes(6)),
                            bytes(r.getBytes(7))),
                    arguments);
        }

        @Override
        public void write(Claim c) {
            statements.run(
                    "INSERT OR REPLACE INTO claims"
                            + " (device, secret, until_ms, decision, asked_ms, channel_key, alarm_key)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    c.device(),
                    c.secret().toArray(),
                    c.until().toEpochMilli(),
                    c.decision().name(),
                    c.asked().map(Instant::toEpochMilli).orElse(null),
                    c.channelKey().map(Bytes::toArray).orElse(null),
                    c.alarmKey().map(Bytes::toArray).orElse(null));
        }

        @Override
        public List<Issued> issued() {
            return issuedWhere("ORDER BY number");
        }

        @Override
        public List<Issued> issued(String device) {
            return issuedWhere("WHERE device = ? ORDER BY number", device);
        }

        @Override
        public List<Issued> issuedTo(Bytes publicKey) {
            return issuedWhere("WHERE public_key = ? ORDER BY number", (Object) publicKey.toArray());
        }

        private List<Issued> issuedWhere(String condition, Object... arguments) {
            return statements.rows(
                    SELECT + condition,
                    r -> new Issued(
                            KeyUse.valueOf(r.getString(1)),
                            facts(r.getBytes(2)),
                            Instant.ofEpochMilli(r.getLong(3)),
                            instant(r, 4)),
                    arguments);
        }

        @Override
        public void add(Issued i) {
            statements.run(
                    "INSERT INTO certificates (device, usage, public_key, der, at_ms, revoked_ms)"
                            + " VALUES (?, ?, ?, ?, ?, ?)",
                    i.device(),
                    i.use().name(),
                    i.certificate().publicKey().toArray(),
                    i.certificate().der().toArray(),
                    i.at().toEpochMilli(),
                    i.revoked().map(Instant::toEpochMilli).orElse(null));
        }

        @Override
        public void revoke(Bytes publicKey, Instant at) {
            statements.run(
                    "UPDATE certificates SET revoked_ms = ? WHERE public_key = ? AND revoked_ms IS NULL",
                    at.toEpochMilli(),
                    publicKey.toArray());
        }
    }

    private static CertificateFacts facts(byte[] der) {
        try {
            return CertificateFacts.read(Bytes.wrap(der));
        } catch (InvalidKeyException e) {
            throw new UncheckedIOException(new IOException("a certificate in it cannot be read", e));
        }
    }

    private static Optional<Instant> instant(ResultSet r, int column) throws SQLException {
        long ms = r.getLong(column);
        return r.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(ms));
    }

    private static Optional<Bytes> bytes(byte @Nullable [] value) {
        return Optional.ofNullable(value).map(Bytes::wrap);
    }
}
