package dev.tocsin.simulator.board;

/** What can be wrong with a board. */
public enum BoardFault {
    /** A contact is welded, or its wire touches ground: reads closed whatever the hand does. */
    STUCK_CLOSED,
    /** A wire is broken: reads open whatever the hand does. */
    STUCK_OPEN,
    /** The kernel told nothing of an edge. */
    EDGE_LOST,
    /** The event loop had too many edges waiting. */
    EDGE_DROPPED,
    /** A spark: the line flipped for a moment by itself. */
    NOISE,
    /** A line refused to be switched, and said so. */
    OUTPUT_FAILED,
    /** A lamp is burnt out: it is switched and stays dark, and nobody is told. */
    BURNT_OUT
}
