package dev.tocsin.sdk.model;

/** How far a device is with an update. */
public enum UpdatePhase {
    /** There is none under way. */
    IDLE,
    /** Its payload is being fetched. */
    FETCHING,
    /** It is in its slot; the device starts again into it. */
    RESTARTING,
    /** It runs, and has yet to prove itself. */
    TRYING,
    /** It proved itself: it is what starts from now on. */
    CONFIRMED,
    /** It did not, and what ran before runs again. */
    ROLLED_BACK,
    /** The device does not take it. */
    REFUSED;

    /** Whether a centre need not ask any more. */
    public boolean isOver() {
        return this == CONFIRMED || this == ROLLED_BACK || this == REFUSED;
    }
}
