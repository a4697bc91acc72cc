package dev.tocsin.benchmarks.path;

import java.util.concurrent.CompletableFuture;

/** One device that raises alarms. One thread calls. */
public interface Sender extends AutoCloseable {

    /**
     * Raises one alarm: signed, carried, verified, made durable, receipted, and the receipt verified. May block until then,
     * where the device can do only one thing at a time.
     *
     * @return completes with the instant, {@link System#nanoTime}, at which the receipt was verified, on any thread;
     *     exceptionally if it never will be
     */
    CompletableFuture<Long> raise();

    @Override
    void close();
}
