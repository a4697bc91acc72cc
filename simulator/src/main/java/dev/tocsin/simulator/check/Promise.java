package dev.tocsin.simulator.check;

import java.util.Locale;

/** What Tocsin promises, as the README numbers it. Each has an oracle that says when a run breaks it. */
public enum Promise {
    /** An alarm that was durable for a centre ends in that centre's ledger. */
    NOTHING_LOST(1, "nothing lost"),
    /** One entry for each alarm id, and no id for two alarms. */
    NOTHING_TWICE(2, "nothing twice"),
    /** Neither a centre nor a device believes what nobody true has signed. */
    NOTHING_FORGED(3, "nothing forged"),
    /** Sending waits for nothing, and what reaches a centre is answered. */
    FAST(4, "fast"),
    /** The lamp never shows more than is true. */
    HONEST_AT_THE_BUTTON(5, "honest at the button"),
    /** A drill summons no police, and no real press becomes a drill. */
    REAL_STAYS_REAL(6, "real stays real"),
    /** A device that stops reporting is told offline in time, and once. */
    SILENCE_NOTICED(7, "silence is noticed"),
    /** Whatever the device's wall clock says, its alarms arrive as any other's. */
    WORKS_CLOCKLESS(8, "works clockless");

    private final int number;
    private final String words;

    Promise(int number, String words) {
        this.number = number;
        this.words = words;
    }

    /** For people. */
    public String words() {
        return words;
    }

    /** Its number in the README, from 1. */
    public int number() {
        return number;
    }

    /** For programs: {@code nothing-lost}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
