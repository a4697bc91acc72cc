package dev.tocsin.benchmarks.load;

import dev.tocsin.benchmarks.path.Sender;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** As fast as it goes: every device raises its next alarm when the last one is back. */
public final class Saturation {

    private static final long PATIENCE_S = 30;
    private static final double SECOND_NS = 1e9;

    private Saturation() {}

    /**
     * What came back receipted.
     *
     * @param alarms all of them
     * @param perSecond in a second
     */
    public record Rate(long alarms, double perSecond) {}

    /**
     * Alarms in a second that come back receipted, with so many devices. Blocks for the duration.
     *
     * @throws IllegalStateException if one never comes back
     */
    public static double perSecond(List<? extends Sender> devices, Duration duration) {
        return rate(devices, duration).perSecond;
    }

    /** The same, and how many they were. */
    public static Rate rate(List<? extends Sender> devices, Duration duration) {
        AtomicLong count = new AtomicLong();
        AtomicLong failed = new AtomicLong();
        CountDownLatch done = new CountDownLatch(devices.size());
        long startNs = System.nanoTime();
        long endNs = startNs + duration.toNanos();
        for (Sender device : devices) {
            Thread hand = new Thread(() -> {
                try {
                    while (System.nanoTime() < endNs) {
                        await(device.raise());
                        count.incrementAndGet();
                    }
                } catch (RuntimeException e) {
                    failed.incrementAndGet();
                } finally {
                    done.countDown();
                }
            });
            hand.setDaemon(true);
            hand.start();
        }
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (failed.get() > 0) {
            throw new IllegalStateException(failed + " of " + devices.size() + " devices had an alarm that failed");
        }
        return new Rate(count.get(), count.get() * SECOND_NS / (System.nanoTime() - startNs));
    }

    /**
     * Raises alarms one after the other, so that what comes next is warm. Blocks.
     *
     * @throws IllegalStateException if one does not come back
     */
    public static void warm(Sender device, int alarms) {
        for (int i = 0; i < alarms; i++) {
            await(device.raise());
        }
    }

    private static void await(CompletableFuture<Long> alarm) {
        try {
            var unused = alarm.get(PATIENCE_S, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("an alarm was not back after " + PATIENCE_S + " s", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("an alarm failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
