package dev.tocsin.simulator.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C, and SIGTERM, as something to ask for: the process ends when whoever asks is done, or after a while in any case.
 * The exit code is then the signal's, 130 or 143.
 */
final class Interrupt implements AutoCloseable {

    private static final long AT_MOST_S = 60;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = new Thread(this::signalled, "tocsin-interrupt");
    private volatile boolean came;

    private Interrupt() {}

    /** From now on a signal is only noted. Close it when all is tidied up. */
    static Interrupt onSignal() {
        Interrupt interrupt = new Interrupt();
        Runtime.getRuntime().addShutdownHook(interrupt.hook);
        return interrupt;
    }

    /** Whether the signal came. */
    boolean came() {
        return came;
    }

    private void signalled() {
        came = true;
        try {
            if (!done.await(AT_MOST_S, TimeUnit.SECONDS)) {
                System.err.println("tocsin: stopped without tidying up");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        done.countDown();
        if (!came) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // the signal came just now
            }
        }
    }
}
