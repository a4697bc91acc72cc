package dev.tocsin.firmware.board;

import dev.tocsin.firmware.board.sensor.SensorSpec;
import dev.tocsin.firmware.board.sensor.SensorType;
import dev.tocsin.sdk.config.TomlTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the {@code [sensors.NAME]} of a board profile. */
final class SensorTables {

    private static final int MOST = 1_000_000;
    private static final int USUAL_SHUNT_MILLIOHM = 100;

    private SensorTables() {}

    /**
     * All of them, in the file's order.
     *
     * @param lines takes in which line each key stood
     */
    static Map<String, SensorSpec> read(TomlTable tables, Map<String, Integer> lines) {
        Map<String, SensorSpec> sensors = new LinkedHashMap<>();
        for (String name : tables.keys()) {
            TomlTable t = tables.table(name);
            one(name, t).ifPresent(sensor -> {
                sensors.put(name, sensor);
                List.of("bus", "address", "chip-select", "rate", "range", "ready")
                        .forEach(key -> lines.put(sensor.key(key), t.line(key)));
            });
        }
        return sensors;
    }

    private static Optional<SensorSpec> one(String name, TomlTable t) {
        String text = t.string("type");
        Optional<SensorType> type = SensorType.of(text);
        String bus = t.string("bus");
        boolean isSpi = bus.startsWith("spi");
        if (type.isEmpty() && !text.isEmpty()) {
            t.problem(
                    "type",
                    "type = \"%s\" is no sensor that has a driver".formatted(text),
                    TomlTable.hintFor(text, SensorType.names()));
        }
        if (type.isEmpty()) {
            t.keys(); // what belongs to it is not known
            return Optional.empty();
        }
        SensorType part = type.get();
        return Optional.of(new SensorSpec(
                name,
                part,
                bus,
                isSpi
                        ? (int) t.integer("chip-select", 0, 0, MOST)
                        : (int) t.integer("address", part.addresses().get(0), 0, MOST),
                (int) t.integer("rate", part.usualRateHz(), 1, MOST),
                (int) t.integer("range", part.usualRange(), 1, MOST),
                part == SensorType.INA219
                        ? (int) t.integer("shunt-milliohm", USUAL_SHUNT_MILLIOHM, 1, MOST)
                        : USUAL_SHUNT_MILLIOHM,
                part == SensorType.MCP23017 && t.bool("active-low", false),
                t.optionalString("ready")));
    }
}
