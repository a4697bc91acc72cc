package dev.tocsin.firmware.board;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What can hang on a line, for drawings and pin tables. In a profile's file {@code RED_LED} is {@code "red-led"}. */
public enum Part {
    /** A push button or pull cord. */
    BUTTON(Pin.Direction.INPUT),
    /** A key switch. */
    KEY(Pin.Direction.INPUT),
    /** Any dry contact. */
    CONTACT(Pin.Direction.INPUT),
    /** The relay contact of a light barrier. */
    BEAM(Pin.Direction.INPUT),
    /** A switch that opens with the enclosure's lid. */
    LID(Pin.Direction.INPUT),
    /** A float switch in the water. */
    FLOAT(Pin.Direction.INPUT),
    /** A red lamp of a few milliamperes. */
    RED_LED(Pin.Direction.OUTPUT),
    /** A green one. */
    GREEN_LED(Pin.Direction.OUTPUT),
    /** A buzzer that sounds by itself when it has 5 V. */
    BUZZER(Pin.Direction.OUTPUT),
    /** The input of a driver or relay board, for anything larger. */
    DRIVER(Pin.Direction.OUTPUT);

    private final Pin.Direction direction;

    Part(Pin.Direction direction) {
        this.direction = direction;
    }

    /** Which way a line with it goes. */
    public Pin.Direction direction() {
        return direction;
    }

    /** As the profile's file has it: {@code red-led}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static List<String> keysOf(Pin.Direction direction) {
        return Stream.of(values())
                .filter(part -> part.direction == direction)
                .map(Part::key)
                .toList();
    }
}
