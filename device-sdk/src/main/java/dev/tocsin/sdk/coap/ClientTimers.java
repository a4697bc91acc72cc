package dev.tocsin.sdk.coap;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * An executor that sets up a repeated task, and never runs it. Scandium's only one cleans up every 5 s after handshakes that
 * a server took part in; a client has none, and would be woken for nothing, on the wall and in virtual time.
 */
final class ClientTimers extends AbstractExecutorService implements ScheduledExecutorService {

    private static final long NEVER_DAYS = 36_500;

    private final ScheduledExecutorService executor;

    ClientTimers(ScheduledExecutorService executor) {
        this.executor = executor;
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long firstDelay, long delay, TimeUnit unit) {
        return executor.schedule(task, NEVER_DAYS, TimeUnit.DAYS);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long firstDelay, long period, TimeUnit unit) {
        return executor.scheduleAtFixedRate(task, firstDelay, period, unit);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return executor.schedule(task, delay, unit);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
        return executor.schedule(task, delay, unit);
    }

    @Override
    public void execute(Runnable task) {
        executor.execute(task);
    }

    @Override
    public void shutdown() {
        throw new UnsupportedOperationException("belongs to somebody else");
    }

    @Override
    public List<Runnable> shutdownNow() {
        throw new UnsupportedOperationException("belongs to somebody else");
    }

    @Override
    public boolean isShutdown() {
        return executor.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return executor.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return executor.awaitTermination(timeout, unit);
    }
}
