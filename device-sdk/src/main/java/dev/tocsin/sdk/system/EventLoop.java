package dev.tocsin.sdk.system;

import dev.tocsin.sdk.port.Timers;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that runs everything of its devices, one task at a time, in order. A task that throws is logged. */
public final class EventLoop extends ScheduledThreadPoolExecutor implements Timers {

    private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);

    private volatile @Nullable Thread thread;

    /** Starts with its first task. */
    public EventLoop(String threadName) {
        super(1, task -> {
            Thread thread = new Thread(task, threadName);
            thread.setDaemon(true);
            return thread;
        });
        setRemoveOnCancelPolicy(true);
        setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public Cancellable schedule(long delayNs, Runnable task) {
        if (isShutdown()) {
            return () -> {};
        }
        Future<?> future = schedule(task, Math.max(0, delayNs), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    /** Waits until it has ended after a shutdown; not when called by one of its own tasks, which could only wait in vain. */
    public void awaitEnd(Duration atMost) {
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            if (!awaitTermination(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("{} has not ended after {}", this, atMost);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    protected void beforeExecute(Thread runner, Runnable task) {
        thread = runner;
        super.beforeExecute(runner, task);
    }

    @Override
    protected void afterExecute(Runnable task, @Nullable Throwable thrown) {
        super.afterExecute(task, thrown);
        Throwable cause = thrown;
        if (cause == null && task instanceof Future<?> future && future.isDone()) {
            try {
                future.get();
            } catch (ExecutionException e) {
                cause = e.getCause();
            } catch (CancellationException e) {
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (cause != null) {
            LOG.error("a task on the event loop failed", cause);
        }
    }
}
