package dev.tocsin.sdk.sensing;

/**
 * Something that begins and ends, told so that it cannot be told too often: its beginning always at once, its end at once
 * too unless it began more than {@value #MAX_BEGINNINGS} times within {@link #WINDOW_NS}; then only when it has been over for
 * {@link #CALM_NS}. So what flutters stands, once, until it is calm, and nothing that begins is kept back.
 */
final class Damper {

    /** Beginnings within a window that are each told with their end. */
    static final int MAX_BEGINNINGS = 5;

    /** Ten minutes. */
    static final long WINDOW_NS = 600_000_000_000L;

    /** One minute. */
    static final long CALM_NS = 60_000_000_000L;

    private boolean told;
    private boolean over = true;
    private long overNs;
    private long windowNs;
    private int beginnings;

    /** It begins; whether to tell. */
    boolean begins(long nowNs) {
        over = false;
        if (told) {
            return false;
        }
        if (beginnings == 0 || nowNs - windowNs > WINDOW_NS) {
            windowNs = nowNs;
            beginnings = 0;
        }
        beginnings++;
        told = true;
        return true;
    }

    /** It ends; whether to tell. Where not, {@link #passes} will say so. */
    boolean ends(long nowNs) {
        if (!told || over) {
            return false;
        }
        over = true;
        overNs = nowNs;
        if (beginnings > MAX_BEGINNINGS) {
            return false;
        }
        told = false;
        return true;
    }

    /** Time passes; whether to tell the end now that was kept back. */
    boolean passes(long nowNs) {
        if (!told || !over || nowNs - overNs < CALM_NS) {
            return false;
        }
        told = false;
        return true;
    }

    /** Whether its beginning was told, and its end was not. */
    boolean isTold() {
        return told;
    }

    /** Whether its end is kept back. */
    boolean isKeptBack() {
        return told && over;
    }
}
