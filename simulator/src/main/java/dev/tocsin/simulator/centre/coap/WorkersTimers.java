package dev.tocsin.simulator.centre.coap;

import dev.tocsin.sdk.port.Timers;
import dev.tocsin.sdk.system.WorkerPool;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A centre's loop, which a worker wakes when it has sent what it was asked for: nobody waits for what the loop does behind a
 * receipt, and a loop that is awake takes the processor that the receipt needs.
 */
record WorkersTimers(WorkerPool workers, Timers loop) implements Timers {

    @Override
    public Cancellable schedule(long delayNs, Runnable task) {
        if (delayNs > 0 || !workers.isWorker()) {
            return loop.schedule(delayNs, task);
        }
        AtomicBoolean cancelled = new AtomicBoolean();
        workers.afterwards(() -> loop.schedule(0, () -> {
            if (!cancelled.get()) {
                task.run();
            }
        }));
        return () -> cancelled.set(true);
    }
}
