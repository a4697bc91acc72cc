package dev.tocsin.simulator.centre.ledger;

import dev.tocsin.sdk.model.AlarmId;

/** What came of a {@link Submission}. */
public sealed interface Outcome {

    /**
     * The ledger has it, durably.
     *
     * @param entry the entry that stands for it: for an alarm the one with its envelope
     * @param duplicate whether it was there before
     */
    record Committed(Entry entry, boolean duplicate) implements Outcome {}

    /** There was no entry to write. */
    record Unchanged() implements Outcome {}

    /** No alarm of this id is in the ledger. */
    record NoSuchAlarm(AlarmId alarm) implements Outcome {}

    /** Too much is waiting to be written; nothing was kept. */
    record Busy(int waiting) implements Outcome {}

    /** The medium failed, or the ledger is closed; nothing was kept. */
    record Failed(String why) implements Outcome {}
}
