package dev.tocsin.benchmarks.load;

import dev.tocsin.benchmarks.path.Sender;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Raises alarms at instants that were fixed beforehand, whether earlier ones are back or not, and counts each from its
 * instant: what waits behind a slow one is slow, too (no coordinated omission; G. Tene, "How NOT to measure latency").
 */
public final class FixedRate {

    /** How long after the last alarm the slowest may come back. */
    private static final long PATIENCE_S = 30;

    /** Sleeping wakes up to this late; the rest is spun away, the same for every path. */
    private static final long SPIN_NS = 150_000;

    private static final long LEAD_NS = 1_000_000;
    private static final double SECOND_NS = 1e9;

    private FixedRate() {}

    /**
     * Raises alarms and waits until all are back. Blocks; on the caller's thread.
     *
     * @param perSecond the rate, above 0
     * @return how long each took
     */
    public static Latencies run(Sender sender, int alarms, double perSecond) {
        Latencies latencies = new Latencies();
        Semaphore back = new Semaphore(0);
        long startNs = System.nanoTime() + LEAD_NS;
        for (int i = 0; i < alarms; i++) {
            long intendedNs = startNs + (long) (i * SECOND_NS / perSecond);
            await(intendedNs);
            var unused = sender.raise().whenComplete((receiptedNs, failure) -> {
                if (receiptedNs == null) {
                    latencies.failed(failure);
                } else {
                    latencies.took(receiptedNs - intendedNs);
                }
                back.release();
            });
        }
        try {
            if (!back.tryAcquire(alarms, PATIENCE_S, TimeUnit.SECONDS)) {
                int missing = alarms - back.drainPermits();
                for (int i = 0; i < missing; i++) {
                    latencies.failed(new IllegalStateException("not back after " + PATIENCE_S + " s"));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return latencies;
    }

    /** Waits for an instant, to within a few microseconds. */
    static void await(long instantNs) {
        for (long leftNs = instantNs - System.nanoTime(); leftNs > 0; leftNs = instantNs - System.nanoTime()) {
            if (leftNs > SPIN_NS) {
                LockSupport.parkNanos(leftNs - SPIN_NS);
            } else {
                Thread.onSpinWait();
            }
        }
    }
}
