package dev.tocsin.simulator.check;

import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.AlarmState;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What became of one thing that was owed.
 *
 * @param name the deed's, or for a device's own alarm its id
 * @param device where
 * @param kind the alarm's kind
 * @param state the alarm's state
 * @param alarm its alarm, if there is one
 * @param durable whether it was durable at some time
 * @param deliveredTo centres that have it
 * @param toldAgain of a press, how many decisions beyond the first the device made of it
 * @param atNs when it was done
 * @param decidedNs when the device decided
 * @param keptNs when its journal record was synced
 * @param sentNs when the first datagram left for each centre
 * @param receivedNs when each centre's receipt was verified
 */
public record Fate(
        String name,
        String device,
        AlarmKind kind,
        AlarmState state,
        Optional<AlarmId> alarm,
        boolean durable,
        SortedSet<String> deliveredTo,
        int toldAgain,
        long atNs,
        OptionalLong decidedNs,
        OptionalLong keptNs,
        SortedMap<String, Long> sentNs,
        SortedMap<String, Long> receivedNs) {

    /** By the time of the deed; by name where two are at once. */
    static final Comparator<Fate> IN_TIME = Comparator.comparingLong(Fate::atNs).thenComparing(Fate::name);

    public Fate {
        deliveredTo = Collections.unmodifiableSortedSet(new TreeSet<>(deliveredTo));
        sentNs = Collections.unmodifiableSortedMap(new TreeMap<>(sentNs));
        receivedNs = Collections.unmodifiableSortedMap(new TreeMap<>(receivedNs));
    }

    /** Whether every one of these centres has it. */
    boolean isDeliveredTo(Set<String> centres) {
        return deliveredTo.containsAll(centres);
    }

    /** When the first datagram of all left. */
    OptionalLong firstSentNs() {
        return min(sentNs);
    }

    /** When the first receipt of all was verified. */
    OptionalLong firstReceivedNs() {
        return min(receivedNs);
    }

    private static OptionalLong min(Map<String, Long> times) {
        return times.values().stream().mapToLong(Long::longValue).min();
    }
}
