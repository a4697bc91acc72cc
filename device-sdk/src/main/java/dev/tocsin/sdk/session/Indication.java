package dev.tocsin.sdk.session;

/** What the device may truthfully show. Never ahead of what is known. */
public enum Indication {
    /** Not armed yet. */
    STARTING,
    /** Ready; every centre has been heard of within three heartbeats. */
    ARMED,
    /** Ready, but something is wrong: a fault stands, or a centre is silent. */
    FAULT,
    /** An alarm is out; no centre has said that it has it. */
    RAISED,
    /** At least one centre has the alarm in its ledger: a machine says so. */
    RECEIVED,
    /** A person at a centre has taken it. */
    ACCEPTED,
    /** No centre has it after 30 s, or every centre refused it. It is still being sent. */
    FAILED,
    /** A drill alarm is out: nobody is coming. */
    DRILL,
    /**
     * A drill runs and nobody has pressed: a press now is a drill; held for 3 s, or pressed again within 10 s, it is live.
     * It does not say that the device is ready, only that it must not be taken for {@link #ARMED}.
     */
    IN_DRILL,
    /** Nothing is out, and a centre looks for this device. Of faults and links it says nothing. */
    LOCATE
}
