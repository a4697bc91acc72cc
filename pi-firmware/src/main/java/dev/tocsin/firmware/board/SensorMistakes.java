package dev.tocsin.firmware.board;

import dev.tocsin.firmware.board.BoardProfile.Mistake;
import dev.tocsin.firmware.board.sensor.SensorSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What can be wrong with a profile's sensors, each with what would be right. */
final class SensorMistakes {

    private static final int LOWEST_ADDRESS = 0x03;
    private static final int HIGHEST_ADDRESS = 0x77;

    private SensorMistakes() {}

    static List<Mistake> of(BoardProfile profile) {
        List<Mistake> mistakes = new ArrayList<>();
        Map<String, SensorSpec> taken = new LinkedHashMap<>();
        for (SensorSpec sensor : profile.sensors().values()) {
            mistakes.addAll(of(sensor, profile));
            SensorSpec other = taken.putIfAbsent(sensor.where(), sensor);
            if (other != null) {
                mistakes.add(new Mistake(
                        sensor.key(placeKey(sensor)),
                        "%s and %s are both on %s; give one of them another %s"
                                .formatted(
                                        other.name(),
                                        sensor.name(),
                                        sensor.where(),
                                        sensor.isSpi() ? "chip select" : "address")));
            }
        }
        return mistakes;
    }

    private static List<Mistake> of(SensorSpec sensor, BoardProfile profile) {
        List<Mistake> mistakes = new ArrayList<>();
        String part = sensor.name() + ": " + sensor.type().text();
        if (Header.bus(sensor.bus()).isEmpty() || !sensor.bus().matches("(i2c|spi)[0-9]")) {
            mistakes.add(new Mistake(
                    sensor.key("bus"),
                    "%s: bus \"%s\" is none that sensors hang on; known are i2c1, spi0, spi1"
                            .formatted(sensor.name(), sensor.bus())));
        } else if (!profile.buses().contains(sensor.bus())) {
            mistakes.add(new Mistake(
                    sensor.key("bus"),
                    "%s is on %s, which the profile does not keep; add it: buses = [%s]"
                            .formatted(sensor.name(), sensor.bus(), withBus(profile.buses(), sensor.bus()))));
        } else if (sensor.isSpi() && !sensor.type().isOnSpi()) {
            mistakes.add(new Mistake(sensor.key("bus"), part + " has no SPI; put it on i2c1"));
        } else {
            place(sensor, part, mistakes);
        }
        choice(
                sensor.key("rate"),
                part,
                "rate",
                "Hz",
                sensor.rateHz(),
                sensor.type().ratesHz(),
                mistakes);
        choice(
                sensor.key("range"),
                part,
                "range",
                sensor.type().rangeUnit(),
                sensor.range(),
                sensor.type().ranges(),
                mistakes);
        sensor.ready()
                .filter(input -> !profile.inputs().containsKey(input))
                .ifPresent(input -> mistakes.add(new Mistake(
                        sensor.key("ready"),
                        "%s: ready = \"%s\" is no input of this profile; write [inputs.%s] for it, or leave ready out"
                                .formatted(sensor.name(), input, input))));
        return mistakes;
    }

    private static void place(SensorSpec sensor, String part, List<Mistake> mistakes) {
        String key = sensor.key(placeKey(sensor));
        if (sensor.isSpi()) {
            int highest = sensor.bus().equals("spi1") ? 2 : 1;
            if (sensor.place() > highest) {
                mistakes.add(new Mistake(
                        key,
                        "%s: %s has chip selects 0 to %d, not %d"
                                .formatted(sensor.name(), sensor.bus(), highest, sensor.place())));
            }
        } else if (sensor.place() < LOWEST_ADDRESS || sensor.place() > HIGHEST_ADDRESS) {
            mistakes.add(new Mistake(
                    key,
                    "%s: address 0x%02X is none; I2C has 0x%02X to 0x%02X"
                            .formatted(sensor.name(), sensor.place(), LOWEST_ADDRESS, HIGHEST_ADDRESS)));
        } else if (!sensor.type().addresses().contains(sensor.place())) {
            mistakes.add(new Mistake(
                    key,
                    "%s cannot be at 0x%02X; it can be at %s"
                            .formatted(
                                    part,
                                    sensor.place(),
                                    addresses(sensor.type().addresses()))));
        }
    }

    private static void choice(
            String key,
            String part,
            String what,
            String unit,
            int chosen,
            List<Integer> known,
            List<Mistake> mistakes) {
        if (!known.isEmpty() && !known.contains(chosen)) {
            String choices = known.stream().map(String::valueOf).collect(Collectors.joining(", "));
            mistakes.add(
                    new Mistake(key, "%s has no %s of %d %s; it has %s".formatted(part, what, chosen, unit, choices)));
        } else if (known.isEmpty() && chosen != 0) {
            mistakes.add(new Mistake(key, "%s has no %s to choose; leave it out".formatted(part, what)));
        }
    }

    private static String placeKey(SensorSpec sensor) {
        return sensor.isSpi() ? "chip-select" : "address";
    }

    private static String addresses(List<Integer> addresses) {
        List<Integer> sorted = addresses.stream().sorted().toList();
        int first = sorted.get(0);
        int last = sorted.get(sorted.size() - 1);
        if (sorted.size() > 2 && last - first == sorted.size() - 1) {
            return "0x%02X to 0x%02X".formatted(first, last);
        }
        return sorted.stream().map("0x%02X"::formatted).collect(Collectors.joining(" or "));
    }

    private static String withBus(List<String> buses, String added) {
        List<String> all = new ArrayList<>(buses);
        all.add(added);
        return all.stream().map(bus -> '"' + bus + '"').collect(Collectors.joining(", "));
    }
}
