package dev.tocsin.simulator.report;

import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.simulator.check.FaultSpan;
import dev.tocsin.simulator.check.Lane;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One alarm's way from its edge to its receipts. Times are on the clock of the deeds.
 *
 * @param name the deed's
 * @param device where
 * @param alarm its id, if there is an alarm
 * @param drill whether its device told it as a drill
 * @param route centres that shall have it
 * @param missing those of them whose receipt never came
 * @param atNs its edge
 * @param toNs the end of what is shown
 * @param events in order of time
 * @param faults that were in force meanwhile
 */
public record Timeline(
        String name,
        String device,
        Optional<AlarmId> alarm,
        boolean drill,
        SortedSet<String> route,
        List<String> missing,
        long atNs,
        long toNs,
        List<Event> events,
        List<FaultSpan> faults) {

    public Timeline {
        route = Collections.unmodifiableSortedSet(new TreeSet<>(route));
        missing = List.copyOf(missing);
        events = List.copyOf(events);
        faults = List.copyOf(faults);
    }

    /** What can happen to an alarm. */
    public enum What {
        /** The contact closed, or the sensor saw its first sample of it. */
        EDGE,
        /** The device decided that it is one. */
        DECIDED,
        /** It was signed. */
        SIGNED,
        /** Its journal record was synced. */
        KEPT,
        /** A datagram left the device for a centre whose receipt it waits for. */
        DATAGRAM,
        /** The same, but the network lost it. */
        DATAGRAM_LOST,
        /** It was committed to a centre's ledger. */
        COMMITTED,
        /** A datagram left a centre for the device. */
        ANSWER,
        /** The same, but the network lost it. */
        ANSWER_LOST,
        /** The device verified a centre's receipt. */
        RECEIPT,
        /** The device knows that a person has taken it. */
        ACCEPTED,
        /** The device shows something else from here on; the detail is what. */
        LAMP,
        /** Anything else worth a mark: a reboot, a new handshake. */
        NOTE
    }

    /**
     * Something that happened.
     *
     * @param lane where
     * @param what what
     * @param atNs when; for a datagram when it left
     * @param arrivedNs when a datagram arrived; empty where it did not, or nobody saw it
     * @param detail for people; may be empty
     */
    public record Event(Lane lane, What what, long atNs, OptionalLong arrivedNs, String detail) {

        /** Something that is over as soon as it happens. */
        public static Event at(long atNs, Lane lane, What what, String detail) {
            return new Event(lane, what, atNs, OptionalLong.empty(), detail);
        }
    }
}
