package dev.tocsin.simulator.cli;

import dev.tocsin.simulator.check.Verdict;

/** Exit codes. */
final class Exit {

    /** Done; of a run: everything held. */
    static final int OK = 0;

    /** A promise does not hold: an expectation was violated, or a ledger was changed. */
    static final int VIOLATED = 1;

    /** What was given cannot be used: an option, a file, a scenario, an alarm id. */
    static final int INVALID = 2;

    /** Too little happened to say. */
    static final int INCONCLUSIVE = 3;

    /** The same seed gave two digests. */
    static final int NOT_DETERMINISTIC = 4;

    /** The machine does not give what is needed: a socket, a disk (and in the launcher: a JDK). */
    static final int UNAVAILABLE = 69;

    /** A bug. */
    static final int INTERNAL = 70;

    /** What they mean, for {@code --help}. */
    static final String LIST_HEADING = "%nExit codes:%n";

    private Exit() {}

    static int of(Verdict verdict) {
        return switch (verdict) {
            case HELD -> OK;
            case VIOLATED -> VIOLATED;
            case INCONCLUSIVE -> INCONCLUSIVE;
        };
    }
}
