package dev.tocsin.firmware.app;

import java.util.concurrent.CountDownLatch;

/**
 * Ctrl-C, and SIGTERM, as an order to stop that ends the process with 0 when all is put away: left to itself the JVM would
 * end with the signal's 130 or 143, which a supervisor must take for a failure.
 */
final class StopSignal implements AutoCloseable {

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Runnable stop;
    private final Thread hook = new Thread(this::signalled, "tocsin-stop");
    private volatile int exit = Main.EXIT_UNAVAILABLE;

    private StopSignal(Runnable stop) {
        this.stop = stop;
    }

    /** From now on a signal runs this, on a thread of its own, and the process lives until {@link #close}. */
    static StopSignal onSignal(Runnable stop) {
        StopSignal signal = new StopSignal(stop);
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    /** Nothing went wrong: should a signal have been the reason, the process ends with 0. */
    void stoppedAsTold() {
        exit = 0;
    }

    private void signalled() {
        stop.run();
        try {
            closed.await();
            Runtime.getRuntime().halt(exit); // exit() would wait for this hook
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the signal came
        }
        closed.countDown();
    }
}
