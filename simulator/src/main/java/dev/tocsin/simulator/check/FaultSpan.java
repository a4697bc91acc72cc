package dev.tocsin.simulator.check;

import java.util.Collections;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * A fault that was really in force for a time.
 *
 * @param what it in a few words
 * @param lane which part of the way it hit
 * @param devices ids of the devices that it concerned; empty for all
 * @param fromNs when it began, on the same clock as the deeds
 * @param toNs when it was over; empty if it outlasted the run
 */
public record FaultSpan(String what, Lane lane, Set<String> devices, long fromNs, OptionalLong toNs) {

    public FaultSpan {
        devices = Collections.unmodifiableSet(new TreeSet<>(devices));
    }

    /** Whether it was in force for this device at some time from one instant to another. */
    public boolean touches(String device, long sinceNs, long untilNs) {
        return (devices.isEmpty() || devices.contains(device))
                && fromNs <= untilNs
                && (toNs.isEmpty() || toNs.getAsLong() >= sinceNs);
    }

    /** Whether an alarm met it on its way, from its edge to its last receipt. One that is still missing meets all later ones. */
    public boolean touches(Fate alarm) {
        boolean arrived = alarm.receivedNs().keySet().containsAll(alarm.route());
        long untilNs = arrived
                ? alarm.receivedNs().values().stream()
                        .mapToLong(Long::longValue)
                        .max()
                        .orElse(alarm.atNs())
                : Long.MAX_VALUE;
        return touches(alarm.device(), alarm.atNs(), untilNs);
    }
}
