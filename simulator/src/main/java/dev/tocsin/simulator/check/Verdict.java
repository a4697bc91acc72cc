package dev.tocsin.simulator.check;

import java.util.Locale;

/** What a run, or one expectation of it, came to. */
public enum Verdict {
    /** It held. */
    HELD,
    /** It did not. */
    VIOLATED,
    /** Too little happened to say. */
    INCONCLUSIVE;

    /** The word as it is written and shown. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
