package dev.tocsin.simulator.run;

import java.util.SortedMap;

/** Follows a run while it goes on. Called on the run's thread, several times a second. */
public interface Progress {

    /** Something begins. */
    void phase(String what);

    /** A remark, worth a line. */
    void remark(String sentence);

    /** How it stands now. */
    void standing(Standing now);

    /** How many of a number of runs are done. */
    void counting(Counting now);

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

    /**
     * How many are done.
     *
     * @param elapsedS since the start of the phase, seconds
     * @param done how many
     * @param of how many at most
     * @param unit what is counted
     * @param more what else there is to say
     */
    record Counting(double elapsedS, int done, int of, String unit, String more) {}

    /** Of somebody who is told by others. */
    Progress NONE = new Progress() {
        @Override
        public void phase(String what) {}

        @Override
        public void remark(String sentence) {}

        @Override
        public void standing(Standing now) {}

        @Override
        public void counting(Counting now) {}

        @Override
        public void finished() {}
    };
}
