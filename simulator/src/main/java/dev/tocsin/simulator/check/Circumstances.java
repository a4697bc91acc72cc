package dev.tocsin.simulator.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What else is known about a run.
 *
 * @param returnedNs when a centre that was killed was there again, by its id, on the devices' monotonic clock
 * @param threadsGrown threads that came after the first device was armed, at the peak
 * @param cutShort why the run was not played to its end; empty if it was
 * @param spans the faults that were in force
 */
public record Circumstances(
        Map<String, Long> returnedNs, int threadsGrown, Optional<String> cutShort, List<FaultSpan> spans) {

    /** Of a run without faults that count for more than a press's way. */
    public Circumstances(Map<String, Long> returnedNs, int threadsGrown, Optional<String> cutShort) {
        this(returnedNs, threadsGrown, cutShort, List.of());
    }

    public Circumstances {
        returnedNs = Map.copyOf(returnedNs);
        spans = List.copyOf(spans);
    }
}
