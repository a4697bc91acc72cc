package dev.tocsin.simulator.run;

import java.util.SortedMap;

/** Follows a run while it goes on. Called on the run's thread, several times a second. */
public interface Progress {

    /** Something begins. */
    void phase(String what);

    /** A remark, worth a line. */
    void remark(String sentence);

    /** How it stands now. */
    void standing(Standing standing);

    /** It is over; what was drawn for the moment may go. */
    void finished();

    /**
     * How it stands.
     *
     * @param elapsedS since the start of the phase, seconds
     * @param done how much of what the phase is about
     * @param of how much there is
     * @param unit what is counted
     * @param events alarms and other signed events that devices have raised so far
     * @param receipts how many of them each centre has receipted
     */
    record Standing(double elapsedS, int done, int of, String unit, int events, SortedMap<String, Integer> receipts) {}
}
