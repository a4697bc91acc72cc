package dev.tocsin.firmware.board;

import java.util.Locale;

/**
 * One line of the header and what it is for.
 *
 * @param name what it is called everywhere: {@code panic}, {@code lamp}
 * @param bcm the line's Broadcom number, as the GPIO driver counts: 2 to 27
 * @param header the same line's place on the 40-pin header, as the person with the wires counts
 * @param direction which way
 * @param pull which resistor the chip ties the line with; {@link Pull#NONE} for outputs
 * @param activeLow whether the thing is on, or pressed, while the line is low
 * @param initiallyOn for outputs: whether it is on from the moment the board is opened
 * @param part what hangs on it; drawings and pin tables say so, nothing else asks
 */
public record Pin(
        String name,
        int bcm,
        int header,
        Direction direction,
        Pull pull,
        boolean activeLow,
        boolean initiallyOn,
        Part part) {

    /** Where something of it stands in the profile's file: {@code inputs.panic.bcm}. */
    String key(String what) {
        return (direction == Direction.INPUT ? "inputs." : "outputs.") + name + "." + what;
    }

    /** Which way a line goes, seen from the board. */
    public enum Direction {
        /** A contact or a sensor's alarm line. */
        INPUT,
        /** A lamp, a buzzer. */
        OUTPUT;

        /** As people say it: {@code input}. */
        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The resistor inside the chip, about 50 kiloohm. */
    public enum Pull {
        /** To 3.3 V: a contact to ground reads low when closed. */
        UP,
        /** To ground. */
        DOWN,
        /** None: something outside holds the line. */
        NONE
    }
}
