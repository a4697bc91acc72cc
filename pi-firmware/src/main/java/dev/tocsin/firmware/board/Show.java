package dev.tocsin.firmware.board;

/** What a device has to show to whoever stands before it; the session's indications, one for one. */
public enum Show {
    /** Not ready yet: a press is not promised to be heard. */
    STARTING,
    /** Ready. */
    ARMED,
    /** Pressed; no centre has answered. */
    RAISED,
    /** A centre has it in its ledger: a machine's word. */
    RECEIVED,
    /** A person took it. */
    ACCEPTED,
    /** No centre has it in time, or all refused it; the device goes on trying. */
    FAILED,
    /** Ready, but something about the device is broken. */
    FAULT,
    /** A drill alarm is out: nobody is coming. */
    DRILL,
    /** A drill runs and nobody has pressed: a press now is a drill, held for 3 s it is live. */
    IN_DRILL,
    /** A centre looks for this device. */
    LOCATE
}
