package dev.tocsin.simulator.centre.sqlite;

import java.util.List;

/** Who submits to a ledger, and what their threads are good for. */
public interface Callers {

    /** They only wait: the writer thread writes everything and calls back. */
    Callers WAIT = new Callers() {
        @Override
        public boolean mayWrite() {
            return false;
        }

        @Override
        public void tell(List<Runnable> news) {
            news.forEach(Runnable::run);
        }
    };

    /** Whether the calling thread may be blocked by a transaction, for as long as the disk takes. Called under a lock. */
    boolean mayWrite();

    /**
     * Runs the callbacks of one transaction, each once, now or soon. On the writer thread, which can do nothing else meanwhile.
     *
     * @param news at least one; none throws
     */
    void tell(List<Runnable> news);
}
