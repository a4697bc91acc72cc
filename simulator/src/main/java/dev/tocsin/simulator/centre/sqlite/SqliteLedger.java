package dev.tocsin.simulator.centre.sqlite;

import dev.tocsin.sdk.port.Clock;
import dev.tocsin.simulator.centre.ledger.ForwardingLedger;
import dev.tocsin.simulator.centre.ledger.Head;
import dev.tocsin.simulator.centre.ledger.Outcome;
import dev.tocsin.simulator.centre.ledger.Rules;
import dev.tocsin.simulator.centre.ledger.Submission;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A ledger in one SQLite file. Its writer thread takes all that waits, up to {@value #MAX_BATCH}, into one transaction, so
 * that a sync is shared by everything that came while the last one ran. Where nothing waits and none runs, a thread that may
 * ({@link Callers}) writes its own submission itself, and wakes nobody. Each transaction reads the head inside, because
 * another process may write between two of ours.
 */
public final class SqliteLedger extends ForwardingLedger {

    /** Most submissions in one transaction. */
    static final int MAX_BATCH = 1_024;

    private static final Logger LOG = LoggerFactory.getLogger(SqliteLedger.class);

    /** How opening ended. */
    public sealed interface Opening {
        /** It is open; close it. */
        record Opened(SqliteLedger ledger) implements Opening {}

        /** The file is no ledger, or is not to be had. */
        record Unusable(String why) implements Opening {}
    }

    private record Waiting(Submission submission, Consumer<Outcome> done) {}

    private final LedgerFile file;
    private final Optional<Object> identity; // of the file that was opened, where the system has one
    private final Clock clock;
    private final SqliteView view;
    private final Callers callers;
    private final int maxWaiting;
    private final Object lock = new Object();
    private final Deque<Waiting> waiting = new ArrayDeque<>(); // guarded, and so are the next two
    private boolean writing; // whoever set it owns what is the writer's
    private boolean closed;
    private final Thread writer;
    private final Checkpoints checkpoints;
    private @Nullable Statements db; // the writer's, and so are the next; null after a failure, until the next batch
    private Head committed;
    private boolean troubled;

    private SqliteLedger(
            LedgerFile file, Clock clock, SqliteView view, Statements db, Callers callers, int maxWaiting) {
        super(view);
        this.file = file;
        this.clock = clock;
        this.callers = callers;
        this.view = view;
        this.db = db;
        this.identity = file.identity();
        this.committed = SqliteRows.head(db);
        this.maxWaiting = maxWaiting;
        this.checkpoints = new Checkpoints(file);
        this.writer = new Thread(this::write, "ledger-writer " + file.path().getFileName());
    }

    /** Its file. */
    public Path path() {
        return file.path();
    }

    /** Opens a ledger, which is made if it is not there. Its folder must be. Blocks. */
    public static Opening open(Path path, Clock clock) {
        return open(path, clock, Callers.WAIT);
    }

    /** As {@link #open(Path, Clock)}, for callers who do more than wait. */
    public static Opening open(Path path, Clock clock, Callers callers) {
        return open(new LedgerFile(path), clock, callers, MAX_WAITING, true);
    }

    /** Opens a ledger that is there. Blocks. */
    public static Opening openExisting(Path path, Clock clock) {
        return Files.isRegularFile(path)
                ? open(new LedgerFile(path), clock, Callers.WAIT, MAX_WAITING, false)
                : new Opening.Unusable("there is no ledger file " + path);
    }

    static Opening open(LedgerFile file, Clock clock, Callers callers, int maxWaiting, boolean create) {
        try {
            Statements db = new Statements(create ? file.create() : file.connect());
            SqliteView view = new SqliteView(new Statements(file.connect()));
            SqliteLedger ledger = new SqliteLedger(file, clock, view, db, callers, maxWaiting);
            ledger.writer.start();
            return new Opening.Opened(ledger);
        } catch (SQLException e) {
            return new Opening.Unusable("cannot use " + file.path() + " as a ledger: " + e.getMessage());
        }
    }

    @Override
    public void submit(Submission submission, Consumer<Outcome> done) {
        Waiting own = new Waiting(submission, done);
        @Nullable Outcome refused;
        synchronized (lock) {
            if (closed) {
                refused = new Outcome.Failed("the ledger is closed");
            } else if (waiting.size() >= maxWaiting) {
                refused = new Outcome.Busy(waiting.size());
            } else if (writing || !waiting.isEmpty() || !callers.mayWrite()) {
                waiting.add(own);
                if (!writing) { // otherwise whoever writes wakes the writer thread afterwards
                    lock.notifyAll();
                }
                return;
            } else {
                writing = true;
                refused = null;
            }
        }
        if (refused == null) {
            tell(own, written(List.of(own)).getFirst());
        } else {
            done.accept(refused);
        }
    }

    /** The writer thread. */
    private void write() {
        for (List<Waiting> batch = nextBatch(); !batch.isEmpty(); batch = nextBatch()) {
            List<Outcome> outcomes = written(batch);
            List<Runnable> news = new ArrayList<>(batch.size());
            for (int i = 0; i < batch.size(); i++) {
                Waiting to = batch.get(i);
                Outcome outcome = outcomes.get(i);
                news.add(() -> tell(to, outcome));
            }
            callers.tell(news);
        }
        disconnect();
    }

    private static void tell(Waiting to, Outcome outcome) {
        try {
            to.done.accept(outcome);
        } catch (RuntimeException e) {
            LOG.error("A caller's callback threw; the entry is committed all the same", e);
        }
    }

    /** What waits, and with it the writing; empty when the ledger is closed and all is written. */
    private List<Waiting> nextBatch() {
        synchronized (lock) {
            while (writing || (waiting.isEmpty() && !closed)) {
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    closed = true; // nobody of ours interrupts: the process wants to end
                }
            }
            List<Waiting> batch = new ArrayList<>(Math.min(waiting.size(), MAX_BATCH));
            while (!waiting.isEmpty() && batch.size() < MAX_BATCH) {
                batch.add(waiting.remove());
            }
            writing = !batch.isEmpty();
            return batch;
        }
    }

    /** Commits, and lets go of the writing. */
    private List<Outcome> written(List<Waiting> batch) {
        try {
            return commit(batch);
        } finally {
            synchronized (lock) {
                writing = false;
                if (!waiting.isEmpty() || closed) {
                    lock.notifyAll();
                }
            }
        }
    }

    private List<Outcome> commit(List<Waiting> batch) {
        try {
            if (!file.identity().equals(identity)) {
                throw new SQLException("its file was removed, moved or replaced: put it back");
            }
            Statements to = db == null ? connectAgain() : db;
            db = to;
            to.run("BEGIN IMMEDIATE");
            SqliteRows rows = new SqliteRows(to, clock);
            List<Outcome> outcomes = new ArrayList<>(batch.size());
            for (Waiting w : batch) {
                outcomes.add(Rules.apply(w.submission, rows));
            }
            Head head = rows.head();
            to.run("COMMIT");
            committed = head;
            checkpoints.committed();
            if (troubled) {
                troubled = false;
                LOG.info("The ledger {} can be written again", file.path());
            }
            return outcomes;
        } catch (SQLException | UncheckedIOException e) {
            if (!troubled) { // a full disk shall not be filled with the news of it
                troubled = true;
                LOG.error("The ledger {} could not be written: {}", file.path(), e.getMessage());
            }
            return failed(batch, e);
        } catch (RuntimeException e) {
            LOG.error("A bug: the ledger {} could not take a submission", file.path(), e);
            List<Outcome> failed = failed(batch, e);
            // It must not take the others with it.
            return batch.size() == 1
                    ? failed
                    : batch.stream().flatMap(w -> commit(List.of(w)).stream()).toList();
        }
    }

    /** After a failure the file may be another: one that ends earlier would make receipts untrue that devices have. */
    private Statements connectAgain() throws SQLException {
        Statements again = new Statements(file.connect());
        Head there = again.headAt(committed.number()).orElse(Head.EMPTY);
        if (!there.equals(committed)) {
            again.close();
            throw new SQLException("entry " + committed.number() + ", which was written, is not in it any more");
        }
        return again;
    }

    private List<Outcome> failed(List<Waiting> batch, Exception why) {
        disconnect(); // which rolls back; what state a failed commit leaves behind is not asked
        Outcome failed = new Outcome.Failed("the ledger could not be written: " + why.getMessage());
        return batch.stream().map(w -> failed).toList();
    }

    private void disconnect() {
        Statements old = db;
        db = null;
        if (old != null) {
            try {
                old.close();
            } catch (RuntimeException e) {
                LOG.warn("Closing the ledger {}: {}", file.path(), e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
        boolean interrupted = false;
        while (writer.isAlive()) {
            try {
                writer.join();
            } catch (InterruptedException e) {
                interrupted = true; // what waits is written first
            }
        }
        checkpoints.close();
        view.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
