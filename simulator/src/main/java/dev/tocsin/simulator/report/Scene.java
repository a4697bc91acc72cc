package dev.tocsin.simulator.report;

import dev.tocsin.simulator.check.Fate;
import dev.tocsin.simulator.check.FaultSpan;
import java.time.Duration;
import java.util.List;

/**
 * What a world tells about a run beyond verdict and figures, for the report to show. A world fills it as far as it knows.
 *
 * @param story the scenario's
 * @param devices ids of all devices
 * @param faults that were really in force
 * @param trace what was seen of each alarm
 * @param endNs when the run was over, on the clock of the deeds
 * @param supervision how soon the configuration promises that a silent device is told
 */
public record Scene(
        String story, List<String> devices, List<FaultSpan> faults, Trace trace, long endNs, Duration supervision) {

    public Scene {
        devices = List.copyOf(devices);
        faults = List.copyOf(faults);
    }

    /** Those alarms that met no fault. */
    public List<Fate> unfaulted(List<Fate> alarms) {
        return alarms.stream()
                .filter(a -> faults.stream().noneMatch(f -> f.touches(a)))
                .toList();
    }
}
