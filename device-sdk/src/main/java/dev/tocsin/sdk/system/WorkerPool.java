package dev.tocsin.sdk.system;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pool in which a thread finishes what it has begun: a task that a worker hands to the pool runs on that same worker, after
 * the one that handed it over. To wake another thread takes longer than most of these tasks, and whoever waits for the last
 * of them waits for each waking on the way. A thread of somebody else's can be a worker for a while: {@link #here}.
 *
 * <p>So no task may wait for another one of the pool. A task that throws is logged, and the others run. Timers, and what other threads hand over, run on the pool's own threads.
 */
public final class WorkerPool extends ScheduledThreadPoolExecutor {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerPool.class);

    /** What each worker has yet to do; none: no worker. */
    @SuppressWarnings("ThreadLocalUsage") // of this pool; a thread may be a worker of several
    private final ThreadLocal<@Nullable Begun> begun = new ThreadLocal<>();

    /** What one worker has begun, and what it does behind all of that. */
    private static final class Begun {
        private final Deque<Runnable> tasks = new ArrayDeque<>();
        private final Deque<Runnable> afterwards = new ArrayDeque<>();

        @Nullable
        Runnable next() {
            Runnable task = tasks.poll();
            return task == null ? afterwards.poll() : task;
        }
    }

    /**
     * Starts its threads, which are daemons, as tasks come.
     *
     * @param threads how many
     * @param prefix what their names begin with
     */
    public WorkerPool(int threads, String prefix) {
        super(threads, numbered(prefix));
        setRemoveOnCancelPolicy(true);
        setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    private static ThreadFactory numbered(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Whether the calling thread is a worker now. */
    public boolean isWorker() {
        return begun.get() != null;
    }

    /**
     * Runs the task on the calling thread, and then what it handed to the pool, and what that did. On a worker it is one more
     * task for it, which runs after the one that calls.
     */
    public void here(Runnable task) {
        Begun already = begun.get();
        if (already != null) {
            already.tasks.add(task);
            return;
        }
        Begun mine = new Begun();
        mine.tasks.add(task);
        begun.set(mine);
        try {
            finish(mine);
        } finally {
            begun.remove();
        }
    }

    /** {@inheritDoc} On a worker it runs on that, afterwards. */
    @Override
    public void execute(Runnable task) {
        Begun mine = begun.get();
        if (mine == null) {
            super.execute(task);
        } else {
            mine.tasks.add(task);
        }
    }

    /**
     * Runs what nobody waits for: on a worker behind all that it has begun and what comes of that, elsewhere as {@link #execute}.
     */
    public void afterwards(Runnable task) {
        Begun mine = begun.get();
        if (mine == null) {
            super.execute(task);
        } else {
            mine.afterwards.add(task);
        }
    }

    @Override
    protected void beforeExecute(Thread worker, Runnable task) {
        super.beforeExecute(worker, task);
        begun.set(new Begun());
    }

    @Override
    protected void afterExecute(Runnable task, @Nullable Throwable thrown) {
        super.afterExecute(task, thrown);
        Begun mine = begun.get();
        try {
            if (mine != null) {
                finish(mine);
            }
        } finally {
            begun.remove();
        }
        if (task instanceof Future<?> future && future.state() == Future.State.FAILED) {
            LOG.error("a task of the pool's failed", future.exceptionNow());
        }
    }

    private static void finish(Begun mine) {
        for (Runnable task = mine.next(); task != null; task = mine.next()) {
            try {
                task.run();
            } catch (RuntimeException | Error e) { // what others handed over is not lost with it
                LOG.error("a task of the pool's failed", e);
            }
        }
    }
}
