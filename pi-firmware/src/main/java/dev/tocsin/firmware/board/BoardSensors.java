package dev.tocsin.firmware.board;

import dev.tocsin.firmware.board.bus.Buses;
import dev.tocsin.firmware.board.sensor.BusSensor;
import dev.tocsin.firmware.board.sensor.SensorSources;
import dev.tocsin.firmware.board.sensor.SensorSpec;
import dev.tocsin.firmware.board.sensor.SensorType;
import dev.tocsin.sdk.port.Timers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** The sensors of a board, with their data-ready lines connected. */
public final class BoardSensors {

    private BoardSensors() {}

    /**
     * A source for each sensor of the board's profile, by name, in the profile's order, none started. A clock is none.
     *
     * @param board whose profile says what and where, and whose inputs carry data-ready lines
     * @param buses its buses; close them after the sources
     * @param loop the device's event loop; any thread may ask it
     * @param nanoTime the device's monotonic clock; any thread may ask it
     */
    public static Map<String, BusSensor> open(Board board, Buses buses, Timers loop, LongSupplier nanoTime) {
        Map<String, BusSensor> sources = new LinkedHashMap<>();
        for (SensorSpec spec : board.profile().sensors().values()) {
            if (spec.type() == SensorType.DS3231) {
                continue;
            }
            BusSensor source = SensorSources.of(spec, buses, loop, nanoTime);
            sources.put(spec.name(), source);
            spec.ready()
                    .ifPresent(input -> board.onEdge(input, (timeNs, active) -> {
                        if (active) {
                            source.dataReady();
                        }
                    }));
        }
        return sources;
    }
}
