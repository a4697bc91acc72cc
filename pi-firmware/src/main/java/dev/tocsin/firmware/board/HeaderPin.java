package dev.tocsin.firmware.board;

/** One of the 40 pins of the header, and what it is in a profile. */
public sealed interface HeaderPin {

    /** Its number, counted on the header: 1 to 40. */
    int number();

    /** A supply of the board. */
    record Supply(int number, Volts volts) implements HeaderPin {}

    /** Ground; all of them are one. */
    record Ground(int number) implements HeaderPin {}

    /** Of the add-on board's identity EEPROM: nothing else may hang there. */
    record Identity(int number, int bcm) implements HeaderPin {}

    /** A line that nothing uses. */
    record Free(int number, int bcm) implements HeaderPin {}

    /**
     * A line of a bus that the profile keeps.
     *
     * @param bus such as {@code i2c1}
     * @param signal such as {@code SDA1}
     */
    record OfBus(int number, int bcm, String bus, String signal) implements HeaderPin {}

    /** A line with a part of the profile. */
    record Wired(int number, Pin pin) implements HeaderPin {}

    /** What a supply pin gives. */
    enum Volts {
        /** 3.3 V: what a line bears. */
        V3_3("3.3 V"),
        /** 5 V: never to a line. */
        V5("5 V");

        private final String text;

        Volts(String text) {
            this.text = text;
        }

        /** For people: {@code 3.3 V}. */
        public String text() {
            return text;
        }
    }
}
