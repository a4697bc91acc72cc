package dev.tocsin.simulator.centre.coap;

import dev.tocsin.sdk.system.WorkerPool;
import dev.tocsin.simulator.centre.sqlite.Callers;
import java.util.List;

/**
 * A centre's workers as a ledger's callers. A worker may be blocked while another is left to receive. What one transaction
 * brought for one is answered where it was written; for many, by all workers, while the next is written.
 */
record WorkingCallers(WorkerPool workers) implements Callers {

    /** Answers that wait for a worker; beyond it the writer gives them itself, and so takes its time for the next batch. */
    static final int MAX_ANSWERS_WAITING = 4_096;

    @Override
    public boolean mayWrite() {
        return workers.isWorker();
    }

    @Override
    public void tell(List<Runnable> news) {
        boolean spread = news.size() > 1 && workers.getQueue().size() + news.size() <= MAX_ANSWERS_WAITING;
        for (Runnable one : news) {
            if (spread && !workers.isShutdown()) {
                workers.execute(one);
            } else {
                workers.here(one);
            }
        }
    }
}
