package dev.tocsin.simulator.centre.sqlite;

import java.io.UncheckedIOException;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies what a ledger's log holds into its file, on a thread and a connection of its own, so that no alarm waits for it: by
 * itself SQLite does it inside the commit that fills the log, which then takes as long as some dozen others (<a
 * href="https://sqlite.org/wal.html#avoiding_excessively_large_wal_files">SQLite, WAL, section 6</a>). Commits go on
 * meanwhile. Where it fails the log grows up to {@link LedgerFile#LARGEST_LOG_PAGES}, and then a commit does it after all.
 */
final class Checkpoints implements AutoCloseable {

    /** Commits from one to the next: about as many times eight pages of 4 KiB in the log. */
    static final int AFTER_COMMITS = 512;

    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

    private final LedgerFile file;
    private final Thread thread;
    private final Object lock = new Object();
    private int commits; // guarded, and so is the next
    private boolean closed;

    /** Starts its thread, a daemon, which waits. */
    Checkpoints(LedgerFile file) {
        this.file = file;
        this.thread = new Thread(this::run, "ledger-checkpoint " + file.path().getFileName());
        thread.setDaemon(true);
        thread.start();
    }

    /** A transaction was committed. Any thread; waits for nothing. */
    void committed() {
        synchronized (lock) {
            commits++;
            if (commits == AFTER_COMMITS) {
                lock.notifyAll();
            }
        }
    }

    private void run() {
        while (await()) {
            try (Statements db = new Statements(file.connect())) {
                db.run("PRAGMA wal_checkpoint(PASSIVE)");
            } catch (SQLException | UncheckedIOException e) {
                LOG.warn("The ledger {} grows a longer log: {}", file.path(), e.getMessage());
            }
        }
    }

    private boolean await() {
        synchronized (lock) {
            while (commits < AFTER_COMMITS && !closed) {
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    closed = true; // nobody of ours interrupts: the process wants to end
                }
            }
            commits = 0;
            return !closed;
        }
    }

    /** Ends it, after the one that runs. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
