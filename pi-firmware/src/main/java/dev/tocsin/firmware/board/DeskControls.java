package dev.tocsin.firmware.board;

/** The hand on a desk board's inputs, and the eye on its outputs. Any thread may call. */
public interface DeskControls {

    /** Makes an input active: pushes the button. */
    default void press(String input) {
        set(input, true);
    }

    /** Makes an input inactive: lets go. */
    default void release(String input) {
        set(input, false);
    }

    /** Sets an input's level; the edge is stamped now. Setting the level that is there is no edge. */
    void set(String input, boolean active);

    /** Whether an output is on. */
    boolean isOn(String output);
}
