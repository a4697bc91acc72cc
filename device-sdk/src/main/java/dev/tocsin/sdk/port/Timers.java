package dev.tocsin.sdk.port;

/** Runs a task later, on the device's event loop, so that it meets no other task of that device at the same time. */
public interface Timers {

    /**
     * Runs the task once.
     *
     * @param delayNs how long from now, nanoseconds; 0 or less means as soon as the loop is free, never inside this call
     */
    Cancellable schedule(long delayNs, Runnable task);

    /** Something still to happen. */
    interface Cancellable {
        /** It shall not happen any more. Without effect after it did. */
        void cancel();
    }
}
