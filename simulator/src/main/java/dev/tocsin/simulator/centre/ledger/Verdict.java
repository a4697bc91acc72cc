package dev.tocsin.simulator.centre.ledger;

import java.util.Locale;

/** What an alarm turned out to be, in the eyes of the person who closes it. */
public enum Verdict {
    /** It was meant, and there was cause. */
    REAL,
    /** There was no cause. */
    FALSE,
    /** Someone tested. */
    TEST;

    /** The word as it is stored and shown. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
