package dev.tocsin.benchmarks.bench;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Ctrl-C and SIGTERM as something to ask for: the process ends when whoever asks has tidied up, or after a while. */
final class Stopped implements BooleanSupplier, AutoCloseable {

    private static final long AT_MOST_S = 60;

    private final CountDownLatch tidy = new CountDownLatch(1);
    private final Thread hook = new Thread(this::signalled, "tocsin-interrupt");
    private volatile boolean came;

    /** From now on a signal is only noted. */
    static Stopped onSignal() {
        Stopped stopped = new Stopped();
        Runtime.getRuntime().addShutdownHook(stopped.hook);
        return stopped;
    }

    @Override
    public boolean getAsBoolean() {
        return came;
    }

    private void signalled() {
        came = true;
        try {
            if (!tidy.await(AT_MOST_S, TimeUnit.SECONDS)) {
                System.err.println("tocsin: stopped without tidying up");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        tidy.countDown();
        if (!came) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // the signal came just now
            }
        }
    }
}
