package dev.tocsin.simulator.run;

import dev.tocsin.sdk.config.Problem;
import dev.tocsin.simulator.check.Deed;
import dev.tocsin.simulator.report.Input;
import java.util.List;

/**
 * Everything that the player will do, worked out beforehand: the same scenario, seed and data give the same plan.
 *
 * @param devices ids of the devices; moves name them by their place in this list
 * @param moves in order of time
 * @param deeds what the moves amount to
 * @param input where the contacts' movements come from
 */
record Plan(List<String> devices, List<Move> moves, List<PlannedDeed> deeds, Input input) {

    Plan {
        devices = List.copyOf(devices);
        moves = List.copyOf(moves);
        deeds = List.copyOf(deeds);
    }

    /** No deed begins with this move. */
    static final int NOTHING = -1;

    /**
     * A contact takes a level.
     *
     * @param atNs when, from the start of the run
     * @param device which device
     * @param input which contact, as in the board's profile
     * @param closed its level
     * @param begins the deed that begins with it, or {@link #NOTHING}
     */
    record Move(long atNs, int device, String input, boolean closed, int begins) {}

    /** A press or a turn of the key. */
    record PlannedDeed(String id, int device, Deed.Kind kind) {}

    /** How long the last move is after the start. */
    long lengthNs() {
        return moves.isEmpty() ? 0 : moves.getLast().atNs();
    }

    /** How many presses there will be. */
    int presses() {
        return (int) deeds.stream().filter(d -> d.kind() == Deed.Kind.PRESS).count();
    }

    /** How planning went. */
    sealed interface Planning {
        /** It can be played. */
        record Planned(Plan plan) implements Planning {}

        /** The scenario asks for what is not there. */
        record Refused(List<Problem> problems) implements Planning {}
    }
}
