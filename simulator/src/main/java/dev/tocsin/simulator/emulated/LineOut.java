package dev.tocsin.simulator.emulated;

import java.io.IOException;

/** Where a client writes its lines to. */
@FunctionalInterface
interface LineOut {

    /** Writes a line, without its end. */
    void send(String line) throws IOException;
}
