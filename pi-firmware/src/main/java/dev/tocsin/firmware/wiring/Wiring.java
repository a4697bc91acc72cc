package dev.tocsin.firmware.wiring;

import dev.tocsin.firmware.board.BoardProfile;
import dev.tocsin.firmware.board.HeaderPin;
import dev.tocsin.firmware.board.Pin;
import dev.tocsin.firmware.board.sensor.SensorSpec;
import dev.tocsin.firmware.wiring.SensorWire.Lead;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a board is wired: each part of its profile with the header pins that its leads go to. The profile says the line; the
 * other lead goes to the nearest ground or 3.3 V pin that no part before it took, so that each screw terminal has one wire
 * while there are enough.
 *
 * @param profile without mistakes
 * @param wires a part each, in the profile's order
 * @param sensors one each, in the profile's order
 */
public record Wiring(BoardProfile profile, List<Wire> wires, List<SensorWire> sensors) {

    private static final int PIN_WITH_5V = 4;
    private static final int OTHER_PIN_WITH_5V = 2;

    /** Keeps copies. */
    public Wiring {
        wires = List.copyOf(wires);
        sensors = List.copyOf(sensors);
    }

    /** Of a profile without mistakes. */
    public static Wiring of(BoardProfile profile) {
        Set<HeaderPin> taken = new LinkedHashSet<>();
        List<Wire> wires = new ArrayList<>();
        for (Pin pin : profile.pins()) {
            Wire.How how = Wire.how(pin);
            HeaderPin returns = nearest(profile, pin.header(), how.isToSupply(), taken);
            taken.add(returns);
            wires.add(new Wire(pin, how, returns, how == Wire.How.BUZZER ? PIN_WITH_5V : 0));
        }
        List<SensorWire> sensors = profile.sensors().values().stream()
                .map(sensor -> sensor(profile, sensor, taken))
                .toList();
        return new Wiring(profile, wires, sensors);
    }

    private static SensorWire sensor(BoardProfile profile, SensorSpec sensor, Set<HeaderPin> taken) {
        List<Lead> leads = new ArrayList<>();
        for (HeaderPin pin : profile.header()) {
            if (pin instanceof HeaderPin.OfBus line && line.bus().equals(sensor.bus()) && isOf(sensor, line.signal())) {
                leads.add(new Lead(terminal(line.signal()), pin));
            }
        }
        int near = leads.get(0).to().number();
        HeaderPin supply = SensorWire.supply(sensor.type()) == HeaderPin.Volts.V5
                ? profile.header().get(OTHER_PIN_WITH_5V - 1)
                : nearest(profile, near, true, taken);
        leads.add(new Lead(((HeaderPin.Supply) supply).volts().text(), supply));
        HeaderPin ground = nearest(profile, near, false, taken);
        taken.add(ground);
        leads.add(new Lead("GND", ground));
        return new SensorWire(sensor, leads);
    }

    /** Of several chip selects only its own. */
    private static boolean isOf(SensorSpec sensor, String signal) {
        return !signal.startsWith("CE") || signal.equals("CE" + sensor.place());
    }

    /** {@code SDA1} is {@code SDA} at the part, {@code CE0} is {@code CS}. */
    private static String terminal(String signal) {
        return signal.startsWith("CE") ? "CS" : signal.replaceAll("[0-9]+$", "");
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
        for (SensorWire wire : sensors) {
            table.append("| ").append(wire.sensor().name()).append(" | ");
            table.append(lines(wire, HeaderPin.OfBus::number)).append(" | ");
            table.append(lines(wire, HeaderPin.OfBus::bcm)).append(" | ");
            table.append(words.what(wire)).append(" | ");
            table.append(words.how(wire)).append(" |\n");
        }
        return table.toString();
    }

    private static String lines(SensorWire wire, ToIntFunction<HeaderPin.OfBus> number) {
        return wire.leads().stream()
                .flatMap(lead -> lead.to() instanceof HeaderPin.OfBus line ? Stream.of(line) : Stream.empty())
                .map(line -> String.valueOf(number.applyAsInt(line)))
                .collect(Collectors.joining(", "));
    }

    /** @param near the pin that it shall be near to */
    private static HeaderPin nearest(BoardProfile profile, int near, boolean toSupply, Set<HeaderPin> taken) {
        return profile.header().stream()
                .filter(p -> toSupply
                        ? p instanceof HeaderPin.Supply s && s.volts() == HeaderPin.Volts.V3_3
                        : p instanceof HeaderPin.Ground)
                .min(Comparator.comparing((HeaderPin p) -> taken.contains(p))
                        .thenComparingInt(p -> Math.abs(row(p.number()) - row(near)))
                        .thenComparingInt(HeaderPin::number))
                .orElseThrow();
    }

    /** Whose other leads end at a pin, or whose bus it is; in order. */
    List<String> users(HeaderPin pin) {
        Stream<String> parts = wires.stream()
                .filter(w -> w.returns().equals(pin) || w.supply() == pin.number())
                .map(w -> w.pin().name());
        Stream<String> onBuses = sensors.stream()
                .filter(s -> s.leads().stream().anyMatch(lead -> lead.to().equals(pin)))
                .map(s -> s.sensor().name());
        return Stream.concat(parts, onBuses).toList();
    }

    /** Pins 1 and 2 are in row 1. */
    static int row(int number) {
        return (number + 1) / 2;
    }
}
