package dev.tocsin.simulator.check;

import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.AlarmState;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * What became of one thing that was owed.
 *
 * @param name the deed's, or for a device's own alarm its id
 * @param device where
 * @param kind the alarm's kind
 * @param state the alarm's state
 * @param drill whether its device told it as a drill
 * @param alarm its alarm, if there is one
 * @param route centres that shall have it
 * @param durable whether it was durable at some time
 * @param deliveredTo centres that have it
 * @param toldAgain of a press, how many decisions beyond the first the device made of it
 * @param atNs when it was done
 * @param decidedNs when the device decided
 * @param signedNs when it was signed; empty where nobody heard its device say so
 * @param keptNs when its journal record was synced
 * @param sentNs when the first datagram left for each centre
 * @param filedNs when each centre's ledger had it, by that centre's clock, whole milliseconds; empty where no clocks are compared
 * @param receivedNs when each centre's receipt was verified
 * @param faulted whether a fault touched its device, link or centres on its way
 */
public record Fate(
        String name,
        String device,
        AlarmKind kind,
        AlarmState state,
        boolean drill,
        Optional<AlarmId> alarm,
        SortedSet<String> route,
        boolean durable,
        SortedSet<String> deliveredTo,
        int toldAgain,
        long atNs,
        OptionalLong decidedNs,
        OptionalLong signedNs,
        OptionalLong keptNs,
        SortedMap<String, Long> sentNs,
        SortedMap<String, Long> filedNs,
        SortedMap<String, Long> receivedNs,
        boolean faulted) {

    /** By the time of the deed; by name where two are at once. */
    static final Comparator<Fate> IN_TIME = Comparator.comparingLong(Fate::atNs).thenComparing(Fate::name);

    public Fate {
        route = Collections.unmodifiableSortedSet(new TreeSet<>(route));
        deliveredTo = Collections.unmodifiableSortedSet(new TreeSet<>(deliveredTo));
        sentNs = Collections.unmodifiableSortedMap(new TreeMap<>(sentNs));
        filedNs = Collections.unmodifiableSortedMap(new TreeMap<>(filedNs));
        receivedNs = Collections.unmodifiableSortedMap(new TreeMap<>(receivedNs));
    }

    /** Whether, so soon after the decision, its journal record was synced or a centre's receipt verified. */
    boolean isDurableWithin(long ns) {
        long decided = decidedNs.orElseThrow();
        return LongStream.concat(keptNs.stream(), receivedNs.values().stream().mapToLong(Long::longValue))
                .anyMatch(atNs -> atNs - decided <= ns);
    }

    /** Whether every centre on its route has it. */
    public boolean isDelivered() {
        return deliveredTo.containsAll(route);
    }

    /** The same, with what is known of the run's faults. */
    Fate touchedBy(List<FaultSpan> faults) {
        boolean touched = faults.stream().anyMatch(span -> span.touches(this));
        return new Fate(
                name,
                device,
                kind,
                state,
                drill,
                alarm,
                route,
                durable,
                deliveredTo,
                toldAgain,
                atNs,
                decidedNs,
                signedNs,
                keptNs,
                sentNs,
                filedNs,
                receivedNs,
                touched);
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
