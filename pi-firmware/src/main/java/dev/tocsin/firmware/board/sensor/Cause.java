package dev.tocsin.firmware.board.sensor;

import java.util.Locale;

/** What can be wrong with a sensor, as its driver sees it. What can be wrong with its values, a detector sees. */
public enum Cause {
    /** It does not answer, or only half: unplugged, without power, a line cut or shorted. */
    BUS,
    /** A transfer was begun and never came back. */
    HANG,
    /** Another chip answers where it should be, or it refuses its settings. */
    PART,
    /** It lost its settings: its power went away for a moment. It was set up again; samples are missing. */
    RESET,
    /** It says what such a part cannot say. */
    NONSENSE,
    /** It answers and is set up rightly, but measures nothing new. */
    SILENT,
    /** Samples were lost: it was read too late, or the event loop did not take them. */
    GAP;

    /** As it is told: {@code bus}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
