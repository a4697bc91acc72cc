package dev.tocsin.simulator.check;

import java.util.Map;
import java.util.Optional;

/**
 * What else is known about a run.
 *
 * @param returnedNs when a centre that was killed was there again, by its id, on the devices' monotonic clock
 * @param threadsGrown threads that came after the first device was armed, at the peak
 * @param cutShort why the run was not played to its end; empty if it was
 */
public record Circumstances(Map<String, Long> returnedNs, int threadsGrown, Optional<String> cutShort) {

    public Circumstances {
        returnedNs = Map.copyOf(returnedNs);
    }
}
