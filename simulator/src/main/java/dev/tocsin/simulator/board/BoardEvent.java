package dev.tocsin.simulator.board;

/** Something happened at a board. Times are the world's, nanoseconds. */
public sealed interface BoardEvent {

    /** When. */
    long atNs();

    /** The hand moved a contact. */
    record Moved(long atNs, String input, boolean active) implements BoardEvent {}

    /** An output came on or went off, as somebody standing before it sees it. */
    record Shown(long atNs, String output, boolean on) implements BoardEvent {}

    /** A fault was met: something went differently because of it. */
    record FaultMet(long atNs, BoardFault fault, String name) implements BoardEvent {}
}
