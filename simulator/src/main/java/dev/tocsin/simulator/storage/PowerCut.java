package dev.tocsin.simulator.storage;

import java.util.List;

/**
 * What a power cut does to what was not synced. A sync that is under way may have reached the medium or not: that is drawn,
 * except where it is said here. What waits behind it in the program is lost unless it had.
 */
public enum PowerCut {
    /** All of it is there: only the process died, or a capacitor held. */
    KEPT,
    /** All of it is gone; files that were removed are back. */
    LOST,
    /** The medium wrote in order and stopped somewhere, at any byte. */
    TORN,
    /**
     * The medium wrote in any order: later sectors, files and removals are there while earlier ones are not; a missing
     * sector reads as zeros or as whatever lay there; a file may have its name and nothing in it.
     */
    REORDERED,
    /** As reordered; and a sector that was just being written is garbage, bytes in it that had been synced included. */
    GARBLED,
    /** One of the others, drawn. */
    ANY;

    private static final List<PowerCut> REAL = List.of(KEPT, LOST, TORN, REORDERED, GARBLED);

    /** What a medium writes at once, bytes. */
    public static final int SECTOR = 512;

    PowerCut drawn(Dice dice) {
        return this == ANY ? REAL.get(dice.below(REAL.size())) : this;
    }
}
