package dev.tocsin.simulator.centre.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.simulator.centre.ledger.Ledger;
import dev.tocsin.simulator.centre.ledger.LedgerContract;
import dev.tocsin.simulator.centre.ledger.Outcome;
import dev.tocsin.simulator.centre.ledger.Outcome.Committed;
import dev.tocsin.simulator.centre.ledger.Submission;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A ledger whose callers write for themselves where they can. */
@Timeout(60)
final class WorkingCallersLedgerTest extends LedgerContract {

    private static final Callers WRITE = new Callers() {
        @Override
        public boolean mayWrite() {
            return true;
        }

        @Override
        public void tell(List<Runnable> news) {
            news.forEach(Runnable::run);
        }
    };

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("ledger.db");
    }

    @Override
    protected Ledger open() {
        return switch (SqliteLedger.open(file(), time, WRITE)) {
            case SqliteLedger.Opening.Opened(SqliteLedger ledger) -> ledger;
            case SqliteLedger.Opening.Unusable(String why) -> throw new AssertionError(why);
        };
    }

    @Override
    protected void settle() {
        // each caller did, or the writer thread does
    }

    @Test
    void a_caller_that_may_writes_itself_and_is_told_before_it_returns_but_after_the_commit() {
        List<Thread> told = new CopyOnWriteArrayList<>();
        List<Long> seen = new CopyOnWriteArrayList<>();
        ledger.submit(button.received(button.panic(1)), o -> {
            told.add(Thread.currentThread());
            seen.add(committedEntries());
        });
        assertThat(told).containsExactly(Thread.currentThread());
        assertThat(seen).containsExactly(1L);
    }

    /** By another connection, which sees what is committed and nothing else. */
    private long committedEntries() {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM entries")) {
            return rows.next() ? rows.getLong(1) : -1;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void many_callers_at_once_all_get_their_own_entry() throws InterruptedException {
        int threads = 8;
        int each = 25;
        List<Long> numbers = new CopyOnWriteArrayList<>();
        CountDownLatch told = new CountDownLatch(threads * each);
        AtomicInteger sequence = new AtomicInteger();
        for (int t = 0; t < threads; t++) {
            new Thread(() -> {
                        for (int i = 0; i < each; i++) {
                            ledger.submit(button.received(button.panic(sequence.incrementAndGet())), outcome -> {
                                if (outcome instanceof Committed(var entry, var duplicate)) {
                                    numbers.add(entry.number());
                                }
                                told.countDown();
                            });
                        }
                    })
                    .start();
        }
        assertThat(told.await(50, TimeUnit.SECONDS)).isTrue();
        assertThat(numbers).hasSize(threads * each).doesNotHaveDuplicates();
        assertThat(ledger.head().number()).isEqualTo((long) threads * each);
    }

    @Test
    void a_closed_ledger_takes_nothing_from_a_caller_that_may_write() {
        ledger.close();
        List<Outcome> outcomes = new CopyOnWriteArrayList<>();
        ledger.submit(new Submission.Pulse(), outcomes::add);
        assertThat(outcomes).hasExactlyElementsOfTypes(Outcome.Failed.class);
    }
}
