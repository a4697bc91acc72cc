package dev.tocsin.firmware.app.doctor;

import dev.tocsin.firmware.board.sensor.SensorSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Each bus that the board's sensors are on is switched on, this user may use it, and the parts are there. */
final class BusesCheck implements Check {

    @Override
    public List<Finding> look(Case device, Machine machine) {
        List<Finding> found = new ArrayList<>();
        Set<Path> shut = new LinkedHashSet<>();
        Map<String, SensorSpec> parts = device.pins().map(p -> p.sensors()).orElse(Map.of());
        for (SensorSpec part : parts.values()) {
            Path node = node(part);
            String group = part.isSpi() ? "spi" : "i2c";
            switch (machine.access(node)) {
                case MISSING -> {
                    if (shut.add(node)) {
                        found.add(Finding.broken("buses.off", node, part.bus(), group));
                    }
                }
                case NONE, READ -> {
                    if (shut.add(node)) {
                        found.add(Finding.broken("buses.denied", node, machine.user(), group));
                    }
                }
                case READ_WRITE -> found.add(answer(part, machine));
            }
        }
        return found;
    }

    private static Finding answer(SensorSpec part, Machine machine) {
        String what = part.type().text();
        return machine.answers(part)
                .map(there -> there
                        ? Finding.ok("buses.good", part.name(), what, part.where())
                        : Finding.broken("buses.part", part.name(), what, part.where()))
                .orElseGet(() -> Finding.ok("buses.open", part.name(), what, part.where()));
    }

    /** The device node of a part's bus: {@code i2c1} is /dev/i2c-1, chip select 0 of {@code spi0} is /dev/spidev0.0. */
    static Path node(SensorSpec part) {
        String number = part.bus().substring(part.bus().length() - 1);
        return Path.of(part.isSpi() ? "/dev/spidev" + number + "." + part.place() : "/dev/i2c-" + number);
    }
}
