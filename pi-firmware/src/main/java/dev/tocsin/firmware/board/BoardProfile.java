package dev.tocsin.firmware.board;

import dev.tocsin.firmware.board.sensor.SensorSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which thing hangs on which pin. Read one with {@link BoardProfiles}; it comes checked from there.
 *
 * @param name short, as in the configuration: {@code wall-button}
 * @param title for people
 * @param model the board, such as {@code raspberry-pi-4}
 * @param buses kept for something else, such as {@code i2c1}; their lines are no plain inputs or outputs
 * @param inputs by name, in the profile's order
 * @param outputs by name, in the profile's order
 * @param sensors on buses, by name, in the profile's order
 */
public record BoardProfile(
        String name,
        String title,
        String model,
        List<String> buses,
        Map<String, Pin> inputs,
        Map<String, Pin> outputs,
        Map<String, SensorSpec> sensors) {

    /** A board without sensors. */
    public BoardProfile(
            String name,
            String title,
            String model,
            List<String> buses,
            Map<String, Pin> inputs,
            Map<String, Pin> outputs) {
        this(name, title, model, buses, inputs, outputs, Map.of());
    }

    /** Keeps the order. */
    public BoardProfile {
        buses = List.copyOf(buses);
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
        sensors = Collections.unmodifiableMap(new LinkedHashMap<>(sensors));
    }

    /** The header as this profile uses it: 40 pins, pin 1 first. Of a profile without {@linkplain #mistakes mistakes}. */
    public List<HeaderPin> header() {
        return Header.of(this);
    }

    /** All pins, inputs first, in the profile's order. */
    public List<Pin> pins() {
        return Stream.concat(inputs.values().stream(), outputs.values().stream())
                .toList();
    }

    /**
     * Something wrong with a profile.
     *
     * @param key where: {@code model}, {@code buses}, {@code inputs.panic.bcm}, {@code sensors.imu.bus}
     * @param what what is wrong, and what would be right
     */
    public record Mistake(String key, String what) {}

    /** What is wrong with it, each with what would be right, in a sentence for people; empty if nothing is. */
    public String mistakesInWords() {
        return String.join("; ", mistakes().stream().map(Mistake::what).toList());
    }

    /** What is wrong with it; empty if nothing is. */
    public List<Mistake> mistakes() {
        List<Mistake> mistakes = new ArrayList<>();
        if (!Header.MODELS.contains(model)) {
            mistakes.add(new Mistake(
                    "model",
                    "model \"%s\" is not known; known are %s".formatted(model, String.join(", ", Header.MODELS))));
        }
        for (String bus : buses) {
            if (Header.bus(bus).isEmpty()) {
                mistakes.add(new Mistake(
                        "buses",
                        "bus \"%s\" is not known; known are %s"
                                .formatted(
                                        bus,
                                        String.join(
                                                ", ",
                                                Header.BUSES.stream()
                                                        .map(Header.Bus::name)
                                                        .toList()))));
            }
        }
        Map<Integer, Pin> taken = new LinkedHashMap<>();
        for (Pin pin : pins()) {
            mistakes.addAll(mistakesOf(pin));
            Pin other = taken.putIfAbsent(pin.bcm(), pin);
            if (other != null) {
                mistakes.add(new Mistake(
                        pin.key("bcm"),
                        "%s and %s are both on BCM %d; give one of them a line of its own"
                                .formatted(other.name(), pin.name(), pin.bcm())));
            }
        }
        for (Pin output : outputs.values()) {
            if (inputs.containsKey(output.name())) {
                mistakes.add(new Mistake(
                        output.key("bcm"),
                        "%s is both an input and an output; name them apart".formatted(output.name())));
            }
        }
        mistakes.addAll(SensorMistakes.of(this));
        return List.copyOf(mistakes);
    }

    private List<Mistake> mistakesOf(Pin pin) {
        List<Mistake> mistakes = new ArrayList<>();
        int place = Header.pinOf(pin.bcm()).orElse(0);
        if (place == 0) {
            return List.of(new Mistake(
                    pin.key("bcm"),
                    "%s is on BCM %d; the 40-pin header has BCM %d to %d"
                            .formatted(pin.name(), pin.bcm(), Header.LOWEST_BCM, Header.HIGHEST_BCM)));
        }
        if (place != pin.header()) {
            mistakes.add(new Mistake(
                    pin.key("header"),
                    "%s: BCM %d is header pin %d, not %d".formatted(pin.name(), pin.bcm(), place, pin.header())));
        }
        if (pin.direction() == Pin.Direction.INPUT && Header.hasFixedPullUp(pin.bcm()) && pin.pull() != Pin.Pull.UP) {
            mistakes.add(new Mistake(
                    pin.key("pull"),
                    "%s: BCM %d has a 1.8 kiloohm pull-up on the board; its pull must be \"up\""
                            .formatted(pin.name(), pin.bcm())));
        }
        if (pin.part().direction() != pin.direction()) {
            mistakes.add(new Mistake(
                    pin.key("part"),
                    "%s: a %s is no %s; an %s can be %s"
                            .formatted(
                                    pin.name(),
                                    pin.part().key(),
                                    pin.direction().key(),
                                    pin.direction().key(),
                                    String.join(", ", Part.keysOf(pin.direction())))));
        }
        for (String name : buses) {
            Optional<Header.Bus> bus = Header.bus(name);
            String signal = bus.map(b -> b.signals().get(pin.bcm())).orElse(null);
            if (signal != null) {
                mistakes.add(new Mistake(
                        pin.key("bcm"),
                        "%s is on BCM %d, which is %s of %s; use another line, or do not keep %s"
                                .formatted(pin.name(), pin.bcm(), signal, name, name)));
            }
        }
        return mistakes;
    }
}
