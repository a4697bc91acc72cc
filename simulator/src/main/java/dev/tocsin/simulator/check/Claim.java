package dev.tocsin.simulator.check;

import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.session.AlarmStatus;
import dev.tocsin.sdk.session.Delivery;
import java.util.Collections;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;

/**
 * What a device said about one of its alarms, over all its boots, in the observer's time (nanoseconds).
 *
 * @param alarm the alarm, as signed
 * @param edgeNs the contact's first edge, by the device
 * @param decidedNs when it was decided
 * @param signedNs when it was signed; empty where an earlier boot did it and nobody heard
 * @param keptNs when its journal record was synced
 * @param sentNs when the first datagram left for each centre
 * @param receivedNs when each centre's receipt was verified
 * @param acceptedNs when each centre's word that a person took it was verified
 */
public record Claim(
        Alarm alarm,
        long edgeNs,
        long decidedNs,
        OptionalLong signedNs,
        OptionalLong keptNs,
        SortedMap<String, Long> sentNs,
        SortedMap<String, Long> receivedNs,
        SortedMap<String, Long> acceptedNs) {

    public Claim {
        sentNs = Collections.unmodifiableSortedMap(new TreeMap<>(sentNs));
        receivedNs = Collections.unmodifiableSortedMap(new TreeMap<>(receivedNs));
        acceptedNs = Collections.unmodifiableSortedMap(new TreeMap<>(acceptedNs));
    }

    /**
     * What a device says now.
     *
     * @param observed turns the device's monotonic time into the observer's
     * @param nowNs the observer's time
     */
    public static Claim of(AlarmStatus status, LongUnaryOperator observed, long nowNs) {
        SortedMap<String, Long> sent = new TreeMap<>();
        SortedMap<String, Long> received = new TreeMap<>();
        SortedMap<String, Long> accepted = new TreeMap<>();
        status.deliveries().forEach((centre, d) -> {
            d.firstSentNs().ifPresent(ns -> sent.put(centre, observed.applyAsLong(ns)));
            d.receivedNs().ifPresent(ns -> received.put(centre, observed.applyAsLong(ns)));
            if (d.state().isReceived()) {
                received.putIfAbsent(centre, nowNs); // an earlier boot verified it, and this one knows
            }
            if (d.state() == Delivery.State.ACCEPTED) {
                accepted.put(centre, nowNs);
            }
        });
        OptionalLong kept = status.keptNs().isPresent()
                ? OptionalLong.of(observed.applyAsLong(status.keptNs().getAsLong()))
                : OptionalLong.empty();
        return new Claim(
                status.alarm(),
                observed.applyAsLong(status.alarm().stages().edgeNs()),
                observed.applyAsLong(status.alarm().stages().decidedNs()),
                status.signedNs() == 0
                        ? OptionalLong.empty()
                        : OptionalLong.of(observed.applyAsLong(status.signedNs())),
                kept,
                sent,
                received,
                accepted);
    }

    /** This, and what was said later: what was said first of each thing stands. */
    public Claim and(Claim later) {
        SortedMap<String, Long> sent = new TreeMap<>(later.sentNs);
        SortedMap<String, Long> received = new TreeMap<>(later.receivedNs);
        SortedMap<String, Long> accepted = new TreeMap<>(later.acceptedNs);
        sent.putAll(sentNs);
        received.putAll(receivedNs);
        accepted.putAll(acceptedNs);
        return new Claim(
                alarm,
                edgeNs,
                decidedNs,
                signedNs,
                keptNs.isPresent() ? keptNs : later.keptNs,
                sent,
                received,
                accepted);
    }
}
