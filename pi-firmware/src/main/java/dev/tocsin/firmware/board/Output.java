package dev.tocsin.firmware.board;

/** Something that is on or off: a lamp, a buzzer. Called on the device's event loop. */
public interface Output {

    /** An output that the board does not have. */
    Output NONE = on -> {};

    /** Switches it. Does not block; a line that refuses is told to {@link Board#onTrouble}. */
    void set(boolean on);
}
