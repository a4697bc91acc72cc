package dev.tocsin.sdk.coap;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A task of a {@link NetworkLoop}. */
final class LoopTask<V> extends FutureTask<@Nullable V> implements RunnableScheduledFuture<V> {

    private static final Logger LOG = LoggerFactory.getLogger(NetworkLoop.class);

    private final NetworkLoop loop;
    private final long periodNs;
    private long dueNs; // the loop's
    private long number;

    /** @param periodNs 0: once; above 0: at a fixed rate; below: so long after it ended */
    LoopTask(NetworkLoop loop, Runnable task, long dueNs, long periodNs) {
        super(task, null);
        this.loop = loop;
        this.dueNs = dueNs;
        this.periodNs = periodNs;
    }

    LoopTask(NetworkLoop loop, Callable<V> task, long dueNs) {
        super(task);
        this.loop = loop;
        this.dueNs = dueNs;
        this.periodNs = 0;
    }

    void numbered(long number) {
        this.number = number;
    }

    long dueNs() {
        return dueNs;
    }

    @Override
    public boolean isPeriodic() {
        return periodNs != 0;
    }

    @Override
    public void run() {
        if (periodNs == 0) {
            super.run();
        } else if (runAndReset()) {
            dueNs = periodNs > 0 ? dueNs + periodNs : System.nanoTime() - periodNs;
            loop.again(this);
        }
    }

    @Override
    protected void done() {
        if (isCancelled()) {
            loop.cancelled();
            return;
        }
        try {
            get();
        } catch (ExecutionException e) {
            LOG.error("a task on the event loop failed", e.getCause());
        } catch (CancellationException | InterruptedException e) {
            Thread.currentThread().interrupt(); // cannot be: it is done
        }
    }

    @Override
    public long getDelay(TimeUnit unit) {
        return unit.convert(dueNs - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
        if (other instanceof LoopTask<?> task) {
            return dueNs != task.dueNs ? Long.signum(dueNs - task.dueNs) : Long.compare(number, task.number);
        }
        return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
}
