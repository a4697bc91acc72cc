package dev.tocsin.sdk.model;

/**
 * The first stages of an alarm on the device's monotonic clock, whose start is arbitrary: only differences count.
 *
 * @param edgeNs t0: the physical edge or the first sample of the event
 * @param decidedNs t1: debounced or detected
 */
public record StageTimes(long edgeNs, long decidedNs) {
    public StageTimes {
        if (decidedNs < edgeNs) {
            throw new IllegalArgumentException("decided before the edge: " + decidedNs + " < " + edgeNs);
        }
    }
}
