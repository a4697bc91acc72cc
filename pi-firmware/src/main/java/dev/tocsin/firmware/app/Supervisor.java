package dev.tocsin.firmware.app;

/**
 * Whoever started this process and watches it, such as systemd: told when it is ready, that it lives, and how it is. Calls
 * never wait and never fail; what cannot be told is not told.
 */
interface Supervisor extends AutoCloseable {

    /** Nobody. */
    Supervisor NONE = new Supervisor() {
        @Override
        public void tell(String state) {}

        @Override
        public void close() {}
    };

    /** Tells it something in its own words, {@code READY=1}: assignments, a line each (sd_notify(3)). */
    void tell(String state);

    @Override
    void close();
}
