package dev.tocsin.simulator.centre.ledger;

/** A stored entry cannot even be read: someone else than a ledger wrote it. */
public final class UnreadableEntryException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final long number;

    /**
     * An entry that cannot be read.
     *
     * @param number its number
     * @param why what is wrong with it
     */
    public UnreadableEntryException(long number, RuntimeException why) {
        super("entry " + number + " cannot be read: " + why.getMessage(), why);
        this.number = number;
    }

    /** Its number. */
    public long number() {
        return number;
    }
}
