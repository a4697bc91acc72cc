package dev.tocsin.simulator.run;

import java.io.IOException;

/** A centre that a run has started. One thread at a time. */
interface RunningCentre extends AutoCloseable {

    /** Kills it as a power cut would: nothing is finished, nothing is said. Only a process can be killed. */
    void kill();

    /**
     * Starts it again from what its disk holds. Blocks until it listens.
     *
     * @throws IOException if it does not come up, saying why
     */
    void restart() throws IOException;

    /** Stops it in good order. Blocks. */
    @Override
    void close();
}
