package dev.tocsin.simulator.storage;

/** What can be wrong with a disk. */
public enum DiskFault {
    /** Syncs take a multiple of their time. */
    SLOW,
    /** Syncs do not end for a while. */
    STALLED,
    /** No room. */
    FULL,
    /** Writes fail. */
    WRITE_FAILED,
    /** Syncs fail. */
    SYNC_FAILED,
    /** Reads fail. */
    READ_FAILED,
    /** Bits flip in what was synced. */
    ROT
}
