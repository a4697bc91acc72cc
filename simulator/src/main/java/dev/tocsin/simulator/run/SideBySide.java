package dev.tocsin.simulator.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * Does tasks on threads side by side and hands their results over in the order of the tasks, so that what comes out does not
 * depend on which was done first. Holds no more than two results a thread, however many tasks there are.
 */
public final class SideBySide implements AutoCloseable {

    private static final long LOOK_MS = 200;
    private static final int AHEAD = 2;
    private static final long PATIENCE_S = 30;

    private final ExecutorService pool;
    private final int threads;
    private final Runnable look;

    /**
     * Threads that wait for tasks.
     *
     * @param threads how many, 1 or more
     * @param name what they are called
     * @param look called by whoever waits for results, several times a second
     */
    public SideBySide(int threads, String name, Runnable look) {
        this.threads = threads;
        this.look = look;
        this.pool = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Does tasks. Blocks.
     *
     * @param tasks asked for the next one when there is room for it; called on this thread
     * @param take takes a result on this thread; false for no more. Tasks that are under way then are done for nothing:
     *     whoever gives them makes them end soon
     */
    public <T> void each(Iterator<Callable<T>> tasks, Predicate<T> take) {
        Deque<Future<T>> underWay = new ArrayDeque<>();
        try {
            while (true) {
                while (underWay.size() < threads * AHEAD && tasks.hasNext()) {
                    underWay.add(pool.submit(tasks.next()));
                }
                Future<T> oldest = underWay.poll();
                if (oldest == null || !take.test(await(oldest))) {
                    return;
                }
            }
        } finally {
            underWay.forEach(task -> task.cancel(false));
        }
    }

    private <T> T await(Future<T> future) {
        while (true) {
            try {
                return future.get(LOOK_MS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                look.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            } catch (ExecutionException e) {
                throw new IllegalStateException(String.valueOf(e.getCause()), e.getCause());
            }
        }
    }

    /** Waits a while for what is still under way, so that it takes no time from what comes next. */
    @Override
    public void close() {
        pool.shutdownNow();
        try {
            if (!pool.awaitTermination(PATIENCE_S, TimeUnit.SECONDS)) {
                look.run(); // it goes on in the background; nobody waits for its result
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
