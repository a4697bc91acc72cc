package dev.tocsin.simulator.centre.sqlite;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.simulator.centre.ledger.Entry;
import dev.tocsin.simulator.centre.ledger.Head;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A connection with its statements, each prepared once. Turns what the database cannot do into an unchecked exception: a
 * medium that fails is nothing its callers can mend. One thread at a time.
 */
final class Statements implements AutoCloseable {

    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();
    private final Map<String, String> selects = new HashMap<>();

    Statements(Connection connection) {
        this.connection = connection;
    }

    private interface Work<T> {
        T with(PreparedStatement statement) throws SQLException;
    }

    /** Takes a row apart. */
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** All rows, in order. */
    <T> List<T> rows(String sql, Row<T> row, Object... arguments) {
        return on(sql, arguments, s -> {
            try (ResultSet r = s.executeQuery()) {
                List<T> rows = new ArrayList<>();
                while (r.next()) {
                    rows.add(row.read(r));
                }
                return rows;
            }
        });
    }

    /** Runs a statement that gives no rows. */
    void run(String sql, @Nullable Object... arguments) {
        on(sql, arguments, s -> s.execute());
    }

    /** Adds an entry. */
    void insert(Entry entry) {
        on(EntryRow.INSERT, new Object[0], s -> {
            EntryRow.bind(s, entry);
            return s.execute();
        });
    }

    /** Entries that an {@link EntryRow#SELECT} with this condition gives. */
    List<Entry> entries(String condition, Object... arguments) {
        String sql = selects.computeIfAbsent(condition, EntryRow.SELECT::concat);
        return on(sql, arguments, s -> {
            try (ResultSet r = s.executeQuery()) {
                List<Entry> entries = new ArrayList<>();
                while (r.next()) {
                    entries.add(EntryRow.read(r));
                }
                return entries;
            }
        });
    }

    /** The first of {@link #entries}. */
    Optional<Entry> entry(String condition, Object... arguments) {
        return entries(condition, arguments).stream().findFirst();
    }

    /** The newest end of the chain; empty while there is no entry. */
    Optional<Head> head() {
        return head("SELECT number, hash FROM entries ORDER BY number DESC LIMIT 1");
    }

    /** The chain up to this entry; empty if there is no such entry. */
    Optional<Head> headAt(long number) {
        return head("SELECT number, hash FROM entries WHERE number = ?", number);
    }

    private Optional<Head> head(String sql, Object... arguments) {
        return on(sql, arguments, s -> {
            try (ResultSet r = s.executeQuery()) {
                return r.next() ? Optional.of(new Head(r.getLong(1), Bytes.wrap(r.getBytes(2)))) : Optional.empty();
            }
        });
    }

    /** The number in the first column of the first row; empty if there is no row, or null in it. */
    OptionalLong number(String sql, Object... arguments) {
        return on(sql, arguments, s -> {
            try (ResultSet r = s.executeQuery()) {
                if (!r.next()) {
                    return OptionalLong.empty();
                }
                long number = r.getLong(1);
                return r.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
            }
        });
    }

    private <T> T on(String sql, @Nullable Object[] arguments, Work<T> work) {
        try {
            PreparedStatement s = prepared.get(sql);
            if (s == null) {
                s = connection.prepareStatement(sql);
                prepared.put(sql, s);
            }
            for (int i = 0; i < arguments.length; i++) {
                s.setObject(i + 1, arguments[i]);
            }
            return work.with(s);
        } catch (SQLException e) {
            throw new UncheckedIOException(e.getMessage(), new IOException(e));
        }
    }

    @Override
    public void close() {
        try {
            connection.close(); // and with it its statements
        } catch (SQLException e) {
            throw new UncheckedIOException(e.getMessage(), new IOException(e));
        }
    }
}
