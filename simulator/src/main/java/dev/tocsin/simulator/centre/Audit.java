package dev.tocsin.simulator.centre;

/** Where a centre writes what is no entry of the ledger: refusals, reports, trouble. Any thread. */
public interface Audit {

    /** Writes one line; the time is added. */
    void line(String text);
}
