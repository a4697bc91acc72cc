package dev.tocsin.simulator.centre.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.simulator.centre.TestDevice;
import dev.tocsin.simulator.centre.ledger.Entry;
import dev.tocsin.simulator.centre.ledger.EntryType;
import dev.tocsin.simulator.centre.ledger.Head;
import dev.tocsin.simulator.centre.ledger.Ledger;
import dev.tocsin.simulator.centre.ledger.LedgerCheck;
import dev.tocsin.simulator.centre.ledger.LedgerContract;
import dev.tocsin.simulator.centre.ledger.Outcome;
import dev.tocsin.simulator.centre.ledger.Outcome.Committed;
import dev.tocsin.simulator.centre.ledger.Submission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SqliteLedgerTest extends LedgerContract {

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("ledger.db");
    }

    @Override
    protected Ledger open() {
        return opened(SqliteLedger.open(file(), time));
    }

    private static SqliteLedger opened(SqliteLedger.Opening opening) {
        return switch (opening) {
            case SqliteLedger.Opening.Opened(SqliteLedger ledger) -> ledger;
            case SqliteLedger.Opening.Unusable(String why) -> throw new AssertionError(why);
        };
    }

    @Override
    protected void settle() {
        // its writer thread does
    }

    private Connection raw() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file());
    }

    private void sql(String... lines) throws SQLException {
        try (Connection connection = raw();
                Statement statement = connection.createStatement()) {
            for (String line : lines) {
                statement.execute(line);
            }
        }
    }

    private void keep(int alarms) {
        keep(alarms, 1);
    }

    private void keep(int alarms, int first) {
        for (int i = first; i < first + alarms; i++) {
            submit(button.received(button.panic(i)));
        }
    }

    @Test
    void a_commit_is_a_synced_log() throws SQLException {
        try (Connection connection = new LedgerFile(file()).create();
                Statement statement = connection.createStatement()) {
            assertThat(pragma(statement, "synchronous")).isEqualTo("2"); // FULL
            assertThat(pragma(statement, "journal_mode")).isEqualTo("wal");
        }
    }

    @Test
    void what_the_log_holds_comes_into_the_file_without_a_commit_that_does_it() throws SQLException, IOException {
        keep(Checkpoints.AFTER_COMMITS - 1);
        assertThat(inFileAlone()).isZero();

        keep(1, Checkpoints.AFTER_COMMITS);

        Awaitility.await()
                .untilAsserted(() -> assertThat(inFileAlone()).isGreaterThanOrEqualTo(Checkpoints.AFTER_COMMITS - 1));
    }

    /** Entries in the file without its log: what a commit left in the log is not among them. */
    private int inFileAlone() throws SQLException, IOException {
        Path alone = Files.copy(file(), folder.resolve("alone.db"), StandardCopyOption.REPLACE_EXISTING);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + alone);
                Statement statement = connection.createStatement();
                ResultSet tables =
                        statement.executeQuery("SELECT count(*) FROM sqlite_master WHERE name = 'entries'")) {
            if (!tables.next() || tables.getInt(1) == 0) {
                return 0;
            }
            try (ResultSet entries = statement.executeQuery("SELECT count(*) FROM entries")) {
                return entries.next() ? entries.getInt(1) : 0;
            }
        }
    }

    private static String pragma(Statement statement, String name) throws SQLException {
        try (ResultSet result = statement.executeQuery("PRAGMA " + name)) {
            return result.next() ? result.getString(1) : "";
        }
    }

    @Test
    void what_was_committed_is_there_after_opening_again() {
        keep(3);
        Head head = ledger.head();
        ledger.close();

        ledger = open();

        assertThat(ledger.head()).isEqualTo(head);
        assertThat(submit(button.received(button.panic(2)))).isInstanceOf(Committed.class);
        assertThat(ledger.head()).isEqualTo(head);
    }

    @Test
    void entries_can_be_neither_changed_nor_removed() {
        keep(1);

        assertThatThrownBy(() -> sql("UPDATE entries SET detail = 'x'")).hasMessageContaining("append-only");
        assertThatThrownBy(() -> sql("DELETE FROM entries")).hasMessageContaining("append-only");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE entries SET detail = 'was nothing' WHERE number = 3",
                "UPDATE entries SET type = 'CONFLICT' WHERE number = 3",
                "UPDATE entries SET type = 'NONE' WHERE number = 3",
                "UPDATE entries SET mode = 'DRILL' WHERE number = 3",
                "UPDATE entries SET alarm = 'nonsense' WHERE number = 3",
                "UPDATE entries SET time_ms = time_ms + 1 WHERE number = 3",
                "UPDATE entries SET envelope = x'00' WHERE number = 3",
                "UPDATE entries SET envelope_sha256 = zeroblob(32) WHERE number = 3",
                "UPDATE entries SET hash = zeroblob(32) WHERE number = 3",
                "UPDATE entries SET previous = zeroblob(32) WHERE number = 3",
                "DELETE FROM entries WHERE number = 3",
            })
    void the_check_names_the_first_entry_that_was_tampered_with(String tampering) throws SQLException {
        keep(5);

        sql("DROP TRIGGER entries_never_UPDATE", "DROP TRIGGER entries_never_DELETE", tampering);

        assertThat(LedgerCheck.run(ledger, id -> Optional.empty()))
                .isInstanceOfSatisfying(
                        LedgerCheck.Result.Broken.class,
                        broken -> assertThat(broken.number()).isEqualTo(3));
    }

    @Test
    void an_entry_written_by_another_process_is_seen_and_chained() {
        keep(1);
        try (SqliteLedger other = opened(SqliteLedger.openExisting(file(), time))) {
            CountDownLatch done = new CountDownLatch(1);
            other.submit(new Submission.Accept(button.alarmId(1), "Li Na"), o -> done.countDown());
            await(done);
        }
        submit(button.received(button.panic(2)));

        assertThat(ledger.entries(1, 10))
                .extracting(Entry::type)
                .containsExactly(EntryType.ALARM, EntryType.ACCEPTED, EntryType.ALARM);
        assertThat(LedgerCheck.run(ledger, id -> Optional.empty())).isInstanceOf(LedgerCheck.Result.Sound.class);
    }

    @Test
    void duplicates_from_many_threads_while_a_commit_is_held_up_get_one_entry() throws SQLException {
        List<Outcome> outcomes = shared();
        int threads = 8;
        int each = 25;
        CountDownLatch done = new CountDownLatch(threads * each);
        Submission.Received alarm = button.received(button.panic(1));
        try (Connection connection = raw();
                Statement lock = connection.createStatement()) {
            lock.execute("BEGIN IMMEDIATE");
            CountDownLatch submitted = new CountDownLatch(threads);
            for (int t = 0; t < threads; t++) {
                Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < each; i++) {
                        ledger.submit(alarm, o -> {
                            outcomes.add(o);
                            done.countDown();
                        });
                    }
                    submitted.countDown();
                });
            }
            await(submitted);
            assertThat(outcomes).isEmpty();
            lock.execute("ROLLBACK");
        }
        await(done);

        Entry entry = ledger.entries(1, 1).getFirst();
        assertThat(outcomes).hasSize(threads * each);
        assertThat(outcomes).containsOnly(new Committed(entry, false), new Committed(entry, true));
        assertThat(outcomes).filteredOn(new Committed(entry, false)::equals).hasSize(1);
        assertThat(ledger.head().number()).isEqualTo(1);
    }

    @Test
    void beyond_the_most_that_may_wait_the_ledger_is_busy() throws SQLException {
        int max = 10;
        ledger.close();
        ledger = opened(SqliteLedger.open(new LedgerFile(file()), time, Callers.WAIT, max, true));
        List<Outcome> outcomes = shared();
        CountDownLatch busy = new CountDownLatch(1);
        int submitted = 0;
        try (Connection connection = raw();
                Statement lock = connection.createStatement()) {
            lock.execute("BEGIN IMMEDIATE");
            while (busy.getCount() > 0) { // the writer may take some of them into the batch that is held up
                ledger.submit(new Submission.Silence("device-" + submitted, ""), o -> {
                    outcomes.add(o);
                    if (o instanceof Outcome.Busy) {
                        busy.countDown();
                    }
                });
                submitted++;
            }
            assertThat(submitted).isBetween(max + 1, 2 * max + 1);
            assertThat(outcomes).containsExactly(new Outcome.Busy(max));
            lock.execute("ROLLBACK");
        }
        ledger.close();

        assertThat(outcomes).filteredOn(Committed.class::isInstance).hasSize(submitted - 1);
    }

    @Test
    void more_than_one_batch_is_committed_in_order() {
        int many = 3 * SqliteLedger.MAX_BATCH + 1;
        List<Outcome> outcomes = shared();
        for (int i = 0; i < many; i++) {
            ledger.submit(new Submission.Silence("device-" + i, ""), outcomes::add);
        }
        ledger.close();
        ledger = open();

        assertThat(outcomes).hasSize(many).allMatch(Committed.class::isInstance);
        assertThat(ledger.entries(many, 1).getFirst().fact().device()).isEqualTo("device-" + (many - 1));
    }

    @Test
    void a_file_that_is_no_ledger_is_refused() throws IOException {
        Path text = folder.resolve("notes.txt");
        Files.writeString(
                text, "This is not a database, but it is long enough to have a header to look at.".repeat(50));

        assertThat(SqliteLedger.open(text, time))
                .isInstanceOfSatisfying(
                        SqliteLedger.Opening.Unusable.class,
                        u -> assertThat(u.why()).contains("notes.txt"));
        assertThat(SqliteLedger.openExisting(folder.resolve("none.db"), time))
                .isInstanceOf(SqliteLedger.Opening.Unusable.class);
    }

    @Test
    void an_empty_file_and_another_programs_database_are_no_ledgers_and_stay_as_they_are() throws Exception {
        Path empty = Files.createFile(folder.resolve("empty.db"));
        assertThat(SqliteLedger.openExisting(empty, time))
                .isInstanceOfSatisfying(
                        SqliteLedger.Opening.Unusable.class,
                        u -> assertThat(u.why()).contains("empty.db").contains("it is no ledger"));
        assertThat(Files.size(empty)).isZero();

        Path other = folder.resolve("other.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + other);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE pupils (name TEXT)");
        }
        assertThat(SqliteLedger.open(other, time)).isInstanceOf(SqliteLedger.Opening.Unusable.class);
    }

    @Test
    void a_ledger_of_a_later_format_is_refused() throws SQLException {
        ledger.close();
        sql("PRAGMA user_version=2");

        assertThat(SqliteLedger.open(file(), time))
                .isInstanceOfSatisfying(
                        SqliteLedger.Opening.Unusable.class,
                        u -> assertThat(u.why()).contains("format 2"));
        sql("PRAGMA user_version=1");
    }

    @Test
    void after_a_failed_commit_the_next_one_works() throws SQLException {
        sql("CREATE TRIGGER broken BEFORE INSERT ON entries BEGIN SELECT RAISE(ABORT, 'disk on fire'); END");
        assertThat(submit(button.received(button.panic(1))))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class, f -> assertThat(f.why()).contains("disk on fire"));

        sql("DROP TRIGGER broken");

        assertThat(submit(button.received(button.panic(1)))).isInstanceOf(Committed.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_file_that_was_moved_away_gets_no_entry_and_no_other_begins_in_its_place(boolean replaced) throws Exception {
        keep(1);
        Path away = folder.resolve("away.db");
        Files.move(file(), away);
        if (replaced) {
            opened(SqliteLedger.open(file(), time)).close();
        }

        assertThat(submit(button.received(button.panic(2)))).isInstanceOf(Outcome.Failed.class);
        assertThat(submit(button.received(button.panic(2)))).isInstanceOf(Outcome.Failed.class);
        assertThat(Files.exists(file())).isEqualTo(replaced);

        if (!replaced) { // the log beside it is still its own
            Files.move(away, file());
            assertThat(submit(button.received(button.panic(2)))).isInstanceOf(Committed.class);
            assertThat(ledger.head().number()).isEqualTo(2);
        }
    }

    @Test
    void a_pulse_is_a_write_each_time_and_no_entry() throws SQLException {
        try (Connection connection = raw();
                Statement other = connection.createStatement()) {
            List<Integer> versions = new java.util.ArrayList<>();
            for (int i = 0; i < 3; i++) {
                submit(new Submission.Pulse());
                try (var r = other.executeQuery("PRAGMA data_version")) { // changes with what others write
                    versions.add(r.getInt(1));
                }
            }
            assertThat(versions).doesNotHaveDuplicates();
        }
        assertThat(ledger.head()).isEqualTo(Head.EMPTY);

        sql("CREATE TRIGGER broken BEFORE INSERT ON pushed BEGIN SELECT RAISE(ABORT, 'disk on fire'); END");
        assertThat(submit(new Submission.Pulse())).isInstanceOf(Outcome.Failed.class);
        sql("DROP TRIGGER broken");
        assertThat(submit(new Submission.Pulse())).isEqualTo(new Outcome.Unchanged());
    }

    @Test
    void the_check_verifies_signatures_where_it_has_the_key() {
        keep(2);
        TestDevice other = new TestDevice("other");

        assertThat(LedgerCheck.run(ledger, id -> Optional.of(keyOf(button))))
                .isEqualTo(new LedgerCheck.Result.Sound(ledger.head(), 2, 0));
        assertThat(LedgerCheck.run(ledger, id -> Optional.of(keyOf(other))))
                .isInstanceOf(LedgerCheck.Result.Broken.class);
    }

    private static dev.tocsin.sdk.port.Verifier keyOf(TestDevice device) {
        try {
            return dev.tocsin.sdk.crypto.Keys.verifier(device.publicPem());
        } catch (java.security.InvalidKeyException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
