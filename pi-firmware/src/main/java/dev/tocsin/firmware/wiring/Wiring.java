package dev.tocsin.firmware.wiring;

import dev.tocsin.firmware.board.BoardProfile;
import dev.tocsin.firmware.board.HeaderPin;
import dev.tocsin.firmware.board.Pin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How a board is wired: each part of its profile with the header pins that its leads go to. The profile says the line; the
 * other lead goes to the nearest ground or 3.3 V pin that no part before it took, so that each screw terminal has one wire
 * while there are enough.
 *
 * @param profile without mistakes
 * @param wires a part each, in the profile's order
 */
public record Wiring(BoardProfile profile, List<Wire> wires) {

    private static final int PIN_WITH_5V = 4;

    /** Keeps a copy. */
    public Wiring {
        wires = List.copyOf(wires);
    }

    /** Of a profile without mistakes. */
    public static Wiring of(BoardProfile profile) {
        Set<HeaderPin> taken = new LinkedHashSet<>();
        List<Wire> wires = new ArrayList<>();
        for (Pin pin : profile.pins()) {
            Wire.How how = Wire.how(pin);
            HeaderPin returns = nearest(profile, pin, how.isToSupply(), taken);
            taken.add(returns);
            wires.add(new Wire(pin, how, returns, how == Wire.How.BUZZER ? PIN_WITH_5V : 0));
        }
        return new Wiring(profile, wires);
    }

    /** For a terminal: the header with what goes where, and the pin table below it. */
    public String text(Locale locale) {
        return new TextDrawing(this, new Words(locale)).draw();
    }

    /** For paper: A4 across, black on white. */
    public String svg(Locale locale) {
        return new SvgDrawing(this, new Words(locale)).draw();
    }

    /** For a document: the pin table in Markdown. */
    public String table(Locale locale) {
        Words words = new Words(locale);
        StringBuilder table = new StringBuilder(words.say("table.head")).append("\n|---|---|---|---|---|\n");
        for (Wire wire : wires) {
            Pin pin = wire.pin();
            table.append("| %s | %d | %d | %s | %s |%n"
                    .formatted(pin.name(), pin.header(), pin.bcm(), words.what(pin), words.how(wire))
                    .replace(System.lineSeparator(), "\n"));
        }
        return table.toString();
    }

    private static HeaderPin nearest(BoardProfile profile, Pin pin, boolean toSupply, Set<HeaderPin> taken) {
        return profile.header().stream()
                .filter(p -> toSupply
                        ? p instanceof HeaderPin.Supply s && s.volts() == HeaderPin.Volts.V3_3
                        : p instanceof HeaderPin.Ground)
                .min(Comparator.comparing((HeaderPin p) -> taken.contains(p))
                        .thenComparingInt(p -> Math.abs(row(p.number()) - row(pin.header())))
                        .thenComparingInt(HeaderPin::number))
                .orElseThrow();
    }

    /** Pins 1 and 2 are in row 1. */
    static int row(int number) {
        return (number + 1) / 2;
    }
}
