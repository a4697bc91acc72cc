package dev.tocsin.sdk.coap;

import dev.tocsin.sdk.port.DatagramNetwork;
import dev.tocsin.sdk.port.Timers;
import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that runs everything of its devices, one task at a time, in the order of their time, and waits for their
 * datagrams too: an answer wakes the thread that is to read it, and no other. A task that throws is logged. The thread is a
 * daemon.
 */
public final class NetworkLoop extends AbstractExecutorService implements ScheduledExecutorService, Timers {

    private static final Logger LOG = LoggerFactory.getLogger(NetworkLoop.class);

    /** Tasks, or datagrams of one socket, after which it is the turn of the others. */
    private static final int BURST = 64;

    /** A selector counts time in these; for less the thread parks. */
    private static final long MILLISECOND_NS = 1_000_000;

    private static final long FOR_EVER_NS = Long.MAX_VALUE;

    /** How the thread waits, if it does. */
    private enum Wait {
        NOT,
        SELECTING,
        PARKED
    }

    private final NioSockets sockets;
    private final NioSockets.Inbox inbox = new NioSockets.Inbox();
    private final Thread thread;
    private final CountDownLatch ended = new CountDownLatch(1);

    private final Object lock = new Object();
    private final TaskQueue queue = new TaskQueue(); // guarded, and so are the next
    private Wait wait = Wait.NOT;
    private boolean shutdown;

    /**
     * Starts it.
     *
     * @throws IOException if the machine gives no selector
     */
    public NetworkLoop(String threadName) throws IOException {
        sockets = new NioSockets(NioNetwork.DEFAULT_RECEIVE_BUFFER, this::isLoop);
        thread = NioSockets.daemon(this::run, threadName);
        thread.start();
    }

    /** The machine's own UDP; receivers are called on the loop. Its sockets close when the loop ends. */
    public DatagramNetwork network() {
        return sockets;
    }

    private boolean isLoop() {
        return Thread.currentThread() == thread;
    }

    @Override
    public void execute(Runnable task) {
        enqueue(new LoopTask<>(this, task, System.nanoTime(), 0));
    }

    @Override
    public Cancellable schedule(long delayNs, Runnable task) {
        LoopTask<?> timer = new LoopTask<>(this, task, dueNs(delayNs), 0);
        try {
            enqueue(timer);
        } catch (RejectedExecutionException e) {
            return () -> {};
        }
        return () -> timer.cancel(false);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return enqueued(new LoopTask<>(this, task, dueNs(unit.toNanos(delay)), 0));
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
        return enqueued(new LoopTask<>(this, task, dueNs(unit.toNanos(delay))));
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long firstDelay, long period, TimeUnit unit) {
        return enqueued(new LoopTask<>(this, task, dueNs(unit.toNanos(firstDelay)), unit.toNanos(period)));
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long firstDelay, long delay, TimeUnit unit) {
        return enqueued(new LoopTask<>(this, task, dueNs(unit.toNanos(firstDelay)), -unit.toNanos(delay)));
    }

    /** Far enough away never to come, and near enough to compare. */
    private static long dueNs(long delayNs) {
        return System.nanoTime() + Math.clamp(delayNs, 0, FOR_EVER_NS >> 1);
    }

    private void enqueue(LoopTask<?> task) {
        Wait woken = Wait.NOT;
        synchronized (lock) {
            if (shutdown) {
                throw new RejectedExecutionException("the loop is shut down");
            }
            if (queue.add(task) && !isLoop()) { // who is awake need not be woken
                woken = wait;
                wait = Wait.NOT;
            }
        }
        wake(woken);
    }

    private <V> ScheduledFuture<V> enqueued(LoopTask<V> task) {
        enqueue(task);
        return task;
    }

    private void wake(Wait how) {
        switch (how) {
            case NOT -> {}
            case SELECTING -> sockets.selector().wakeup();
            case PARKED -> LockSupport.unpark(thread);
        }
    }

    /** A periodic task's next turn; unless it is all over. */
    void again(LoopTask<?> task) {
        synchronized (lock) {
            if (!shutdown) {
                boolean unused = queue.add(task); // by the loop's own thread
            }
        }
    }

    void cancelled() {
        synchronized (lock) {
            queue.cancelled();
        }
    }

    private void run() {
        try {
            while (turn()) {
                boolean unused = Thread.interrupted(); // it would keep the selector from waiting
            }
        } finally {
            close(sockets);
            ended.countDown();
        }
    }

    /** What is due, then the network; waits if there is neither. Returns whether there is a next turn. */
    private boolean turn() {
        for (int i = 0; i < BURST; i++) {
            LoopTask<?> task;
            synchronized (lock) {
                task = queue.due(System.nanoTime());
            }
            if (task == null) {
                return await();
            }
            runLogged(task);
        }
        select(0);
        return true;
    }

    private static void runLogged(LoopTask<?> task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("a task on the event loop failed", e);
        }
    }

    private boolean await() {
        long waitNs;
        synchronized (lock) {
            waitNs = queue.untilNextNs(System.nanoTime());
            if (shutdown && queue.isEmpty()) {
                return false;
            }
            wait = waitNs < MILLISECOND_NS ? Wait.PARKED : Wait.SELECTING;
        }
        if (waitNs >= MILLISECOND_NS) {
            select(waitNs);
        } else if (waitNs > 0 && select(0) == 0) {
            LockSupport.parkNanos(this, waitNs);
        }
        synchronized (lock) {
            wait = Wait.NOT;
        }
        return true;
    }

    private int select(long waitNs) {
        try {
            if (waitNs < MILLISECOND_NS) {
                return sockets.selector().selectNow(this::receive);
            }
            return waitNs == FOR_EVER_NS
                    ? sockets.selector().select(this::receive)
                    : sockets.selector().select(this::receive, waitNs / MILLISECOND_NS);
        } catch (ClosedSelectorException e) {
            return 0; // nobody closes it before the end
        } catch (IOException | RuntimeException e) {
            LOG.warn("receiving goes on after: {}", e.toString(), e);
            return 0;
        }
    }

    private void receive(SelectionKey key) {
        for (int i = 0; i < BURST && NioSockets.take(key, inbox); i++) {
            inbox.deliver();
        }
    }

    /** What is due now is still done, what is due later is not. */
    @Override
    public void shutdown() {
        Wait woken;
        synchronized (lock) {
            shutdown = true;
            queue.dropAfter(System.nanoTime());
            woken = wait;
            wait = Wait.NOT;
        }
        wake(woken);
    }

    @Override
    public List<Runnable> shutdownNow() {
        List<Runnable> left;
        synchronized (lock) {
            left = new ArrayList<>(queue.drain());
        }
        shutdown();
        return left;
    }

    @Override
    public boolean isShutdown() {
        synchronized (lock) {
            return shutdown;
        }
    }

    @Override
    public boolean isTerminated() {
        return ended.getCount() == 0;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return ended.await(timeout, unit);
    }

    /** Waits until it has ended after a shutdown; not when called by one of its own tasks, which could only wait in vain. */
    public void awaitEnd(Duration atMost) {
        if (isLoop()) {
            return;
        }
        try {
            if (!awaitTermination(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("{} has not ended after {}", thread.getName(), atMost);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(NioSockets sockets) {
        try {
            sockets.close();
        } catch (IOException | RuntimeException e) {
            LOG.warn("closing the network: {}", e.toString());
        }
    }
}
