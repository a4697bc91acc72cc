package dev.tocsin.simulator.check;

import java.util.Optional;

/**
 * Where on an alarm's way something happens.
 *
 * @param kind which part of the way
 * @param centre the centre at its far end, for the network and a ledger; empty means all of them
 */
public record Lane(Kind kind, Optional<String> centre) {

    /** The parts of the way. */
    public enum Kind {
        /** The device: its contacts, its power, its program. */
        DEVICE,
        /** Its journal, on the device's disk. */
        JOURNAL,
        /** The way to a centre and back. */
        NETWORK,
        /** A centre and its ledger. */
        LEDGER,
        /** What the device shows. */
        LAMP
    }

    /** A part that belongs to the device. */
    public static Lane of(Kind kind) {
        return new Lane(kind, Optional.empty());
    }

    /** A part that leads to, or belongs to, one centre. */
    public static Lane of(Kind kind, String centre) {
        return new Lane(kind, Optional.of(centre));
    }
}
