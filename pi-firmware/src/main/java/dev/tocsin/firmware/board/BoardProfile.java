package dev.tocsin.firmware.board;

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
 */
public record BoardProfile(
        String name,
        String title,
        String model,
        List<String> buses,
        Map<String, Pin> inputs,
        Map<String, Pin> outputs) {

    /** Keeps the order. */
    public BoardProfile {
        buses = List.copyOf(buses);
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    }

    /** All pins, inputs first, in the profile's order. */
    public List<Pin> pins() {
        return Stream.concat(inputs.values().stream(), outputs.values().stream())
                .toList();
    }

    /** What is wrong with it, each with what would be right; empty if nothing is. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (!Header.MODELS.contains(model)) {
            problems.add("model \"%s\" is not known; known are %s".formatted(model, String.join(", ", Header.MODELS)));
        }
        for (String bus : buses) {
            if (Header.bus(bus).isEmpty()) {
                problems.add("bus \"%s\" is not known; known are %s"
                        .formatted(
                                bus,
                                String.join(
                                        ", ",
                                        Header.BUSES.stream()
                                                .map(Header.Bus::name)
                                                .toList())));
            }
        }
        Map<Integer, Pin> taken = new LinkedHashMap<>();
        for (Pin pin : pins()) {
            problems.addAll(problemsOf(pin));
            Pin other = taken.putIfAbsent(pin.bcm(), pin);
            if (other != null) {
                problems.add("%s and %s are both on BCM %d; give one of them a line of its own"
                        .formatted(other.name(), pin.name(), pin.bcm()));
            }
        }
        for (String input : inputs.keySet()) {
            if (outputs.containsKey(input)) {
                problems.add("%s is both an input and an output; name them apart".formatted(input));
            }
        }
        return List.copyOf(problems);
    }

    private List<String> problemsOf(Pin pin) {
        List<String> problems = new ArrayList<>();
        int place = Header.pinOf(pin.bcm()).orElse(0);
        if (place == 0) {
            return List.of("%s is on BCM %d; the 40-pin header has BCM %d to %d"
                    .formatted(pin.name(), pin.bcm(), Header.LOWEST_BCM, Header.HIGHEST_BCM));
        }
        if (place != pin.header()) {
            problems.add("%s: BCM %d is header pin %d, not %d".formatted(pin.name(), pin.bcm(), place, pin.header()));
        }
        if (pin.direction() == Pin.Direction.INPUT && Header.hasFixedPullUp(pin.bcm()) && pin.pull() != Pin.Pull.UP) {
            problems.add("%s: BCM %d has a 1.8 kiloohm pull-up on the board; its pull must be \"up\""
                    .formatted(pin.name(), pin.bcm()));
        }
        for (String name : buses) {
            Optional<Header.Bus> bus = Header.bus(name);
            String signal = bus.map(b -> b.signals().get(pin.bcm())).orElse(null);
            if (signal != null) {
                problems.add("%s is on BCM %d, which is %s of %s; use another line, or do not keep %s"
                        .formatted(pin.name(), pin.bcm(), signal, name, name));
            }
        }
        return problems;
    }
}
