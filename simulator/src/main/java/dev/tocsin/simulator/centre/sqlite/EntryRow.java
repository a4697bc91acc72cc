package dev.tocsin.simulator.centre.sqlite;

import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.AlarmState;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.Mode;
import dev.tocsin.simulator.centre.ledger.Chain;
import dev.tocsin.simulator.centre.ledger.Entry;
import dev.tocsin.simulator.centre.ledger.EntryType;
import dev.tocsin.simulator.centre.ledger.Fact;
import dev.tocsin.simulator.centre.ledger.UnreadableEntryException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** An entry as a row of the table {@code entries}, both ways. */
final class EntryRow {

    static final String COLUMNS = "number, type, device, alarm, about, kind, state, mode, envelope, envelope_sha256,"
            + " time_ms, person, detail, previous, hash";

    static final String SELECT = "SELECT " + COLUMNS + " FROM entries ";
    static final String INSERT =
            "INSERT INTO entries (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private EntryRow() {}

    static void bind(PreparedStatement s, Entry e) throws SQLException {
        Fact f = e.fact();
        s.setLong(1, e.number());
        s.setString(2, f.type().name());
        s.setString(3, f.device());
        s.setString(4, Chain.text(f.alarm()));
        s.setString(5, Chain.text(f.about()));
        s.setString(6, Chain.text(f.kind()));
        s.setString(7, Chain.text(f.state()));
        s.setString(8, Chain.text(f.mode()));
        s.setBytes(9, f.envelope().readOnlyArray());
        s.setBytes(10, f.envelopeSha256().readOnlyArray());
        s.setLong(11, e.time().toEpochMilli());
        s.setString(12, f.by());
        s.setString(13, f.detail());
        s.setBytes(14, e.previous().readOnlyArray());
        s.setBytes(15, e.hash().readOnlyArray());
    }

    /** The entry in the current row; throws {@link UnreadableEntryException} for one that no ledger wrote. */
    static Entry read(ResultSet r) throws SQLException {
        long number = r.getLong(1);
        try {
            return new Entry(number, Instant.ofEpochMilli(r.getLong(11)), fact(r), bytes(r, 14), bytes(r, 15));
        } catch (IllegalArgumentException e) {
            throw new UnreadableEntryException(number, e);
        }
    }

    private static Fact fact(ResultSet r) throws SQLException {
        return new Fact(
                EntryType.valueOf(text(r, 2)),
                text(r, 3),
                optional(text(r, 4), EntryRow::alarmId),
                optional(text(r, 5), EntryRow::alarmId),
                optional(text(r, 6), AlarmKind::valueOf),
                optional(text(r, 7), AlarmState::valueOf),
                optional(text(r, 8), Mode::valueOf),
                bytes(r, 9),
                bytes(r, 10),
                text(r, 12),
                text(r, 13));
    }

    private static <T> Optional<T> optional(String text, Function<String, T> reading) {
        return text.isEmpty() ? Optional.empty() : Optional.of(reading.apply(text));
    }

    private static AlarmId alarmId(String text) {
        return AlarmId.parse(text).orElseThrow(() -> new IllegalArgumentException("not an alarm id: " + text));
    }

    private static String text(ResultSet r, int column) throws SQLException {
        String text = r.getString(column);
        return text == null ? "" : text;
    }

    private static Bytes bytes(ResultSet r, int column) throws SQLException {
        byte[] bytes = r.getBytes(column);
        return bytes == null || bytes.length == 0 ? Bytes.EMPTY : Bytes.wrap(bytes);
    }
}
