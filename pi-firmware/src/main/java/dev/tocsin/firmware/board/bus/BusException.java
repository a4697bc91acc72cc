package dev.tocsin.firmware.board.bus;

/** A transfer did not happen, or not whole. What was read in it is worth nothing; what was written may have arrived. */
public final class BusException extends Exception {

    private static final long serialVersionUID = 1;

    private final Kind kind;

    /**
     * What went wrong, for people.
     *
     * @param kind which kind
     * @param what where and what: {@code i2c1 0x53: no acknowledge}
     */
    public BusException(Kind kind, String what) {
        super(what);
        this.kind = kind;
    }

    /** Which kind. */
    public Kind kind() {
        return kind;
    }

    /** How a transfer fails. */
    public enum Kind {
        /** Nobody acknowledged, the lines are held, the kernel gave up, or the bus itself is gone. */
        NO_ANSWER,
        /** Fewer bytes came than were asked for. */
        SHORT
    }
}
