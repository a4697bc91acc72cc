package dev.tocsin.firmware.wiring;

import dev.tocsin.firmware.board.HeaderPin;
import dev.tocsin.firmware.board.Pin;
import java.util.List;

/** A wiring in a terminal: the header from above, then a line a part. */
final class TextDrawing {

    private static final int SIDE = 30;

    private final Wiring wiring;
    private final Words words;

    TextDrawing(Wiring wiring, Words words) {
        this.wiring = wiring;
        this.words = words;
    }

    String draw() {
        StringBuilder out = new StringBuilder();
        out.append(words.say("title", words.title(wiring.profile()))).append("   (");
        out.append(words.say("model", wiring.profile().name(), wiring.profile().model()))
                .append(")\n\n");
        List<HeaderPin> header = wiring.profile().header();
        for (int i = 0; i < header.size(); i += 2) {
            HeaderPin odd = header.get(i);
            HeaderPin even = header.get(i + 1);
            String line = left(odd) + " " + "%2d".formatted(odd.number()) + mark(odd) + " " + mark(even)
                    + "%-2d".formatted(even.number()) + " " + right(even);
            out.append(line.stripTrailing()).append('\n');
        }
        out.append('\n');
        wiring.wires().forEach(wire -> out.append(sentence(wire)).append('\n'));
        wiring.sensors().forEach(wire -> out.append(sentence(wire)).append('\n'));
        out.append('\n').append(words.say("note.view")).append('\n');
        return out.append(words.say("note.limit")).append('\n').toString();
    }

    private String sentence(Wire wire) {
        Pin pin = wire.pin();
        return pad(pin.name(), 10) + pad(words.say("pin", pin.header()), 8) + pad("GPIO" + pin.bcm(), 8)
                + words.what(pin) + "; " + words.how(wire);
    }

    private String sentence(SensorWire wire) {
        return pad(wire.sensor().name(), 26) + words.what(wire) + "; " + words.how(wire);
    }

    private String left(HeaderPin pin) {
        String text = label(pin);
        String lead = pin instanceof HeaderPin.Wired ? "─" : " ";
        return " ".repeat(Math.max(0, SIDE - width(text) - 1)) + text + " " + lead;
    }

    private String right(HeaderPin pin) {
        return (pin instanceof HeaderPin.Wired ? "─ " : "  ") + label(pin);
    }

    private String label(HeaderPin pin) {
        return switch (pin) {
            case HeaderPin.Supply(int number, HeaderPin.Volts volts) -> volts.text() + users(pin);
            case HeaderPin.Ground(int number) -> words.say("ground") + users(pin);
            case HeaderPin.Identity(int number, int bcm) -> words.say("identity");
            case HeaderPin.Free(int number, int bcm) -> "GPIO" + bcm;
            case HeaderPin.OfBus(int number, int bcm, String bus, String signal) -> bus + " " + signal + users(pin);
            case HeaderPin.Wired(int number, Pin p) -> p.name() + " GPIO" + p.bcm();
        };
    }

    private String users(HeaderPin pin) {
        List<String> users = wiring.users(pin);
        return users.isEmpty() ? "" : " (" + String.join(", ", users) + ")";
    }

    private static String mark(HeaderPin pin) {
        return switch (pin) {
            case HeaderPin.Wired w -> "●";
            case HeaderPin.Supply s -> "+";
            case HeaderPin.Ground g -> "-";
            case HeaderPin.OfBus b -> "=";
            case HeaderPin.Identity i -> "×";
            case HeaderPin.Free f -> "·";
        };
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(1, width - width(text)));
    }

    /** Columns in a terminal: a Chinese character takes two. */
    private static int width(String text) {
        return text.codePoints()
                .map(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN || c > 0xFF00 ? 2 : 1)
                .sum();
    }
}
