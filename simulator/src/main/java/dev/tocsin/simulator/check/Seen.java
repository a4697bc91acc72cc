package dev.tocsin.simulator.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the oracles looked at, beside what they found wrong.
 *
 * @param examined how many things each oracle could have found wrong
 * @param detections silences that centres should notice
 * @param availability how much of the time the ways to the centres were open
 * @param drillsAt alarms marked as drills in each centre's ledger
 * @param sightings what sensors saw
 * @param lapses which devices had power with a lapsed certificate
 */
public record Seen(
        SortedMap<Promise, Long> examined,
        List<Detection> detections,
        Availability availability,
        SortedMap<String, Integer> drillsAt,
        Sightings sightings,
        List<Lapse> lapses) {

    /** Nothing. */
    public static final Seen NOTHING = new Seen(new TreeMap<>(), List.of(), Availability.UNKNOWN, new TreeMap<>());

    public Seen {
        examined = Collections.unmodifiableSortedMap(new TreeMap<>(examined));
        detections = List.copyOf(detections);
        lapses = List.copyOf(lapses);
        drillsAt = Collections.unmodifiableSortedMap(new TreeMap<>(drillsAt));
    }

    Seen(
            Map<Promise, Long> examined,
            List<Detection> detections,
            Availability availability,
            Map<String, Integer> drillsAt) {
        this(new TreeMap<>(examined), detections, availability, new TreeMap<>(drillsAt), Sightings.NONE, List.of());
    }

    /** The same, and what sensors saw. */
    Seen with(Sightings other) {
        return new Seen(examined, detections, availability, drillsAt, other, lapses);
    }

    /** The same, and which devices had power with a lapsed certificate. */
    Seen with(List<Lapse> other) {
        return new Seen(examined, detections, availability, drillsAt, sightings, other);
    }

    /** Both. */
    Seen plus(Seen other) {
        SortedMap<Promise, Long> sum = new TreeMap<>(examined);
        other.examined.forEach((promise, count) -> sum.merge(promise, count, Long::sum));
        List<Detection> all = new ArrayList<>(detections);
        all.addAll(other.detections);
        SortedMap<String, Integer> drills = new TreeMap<>(drillsAt);
        other.drillsAt.forEach((centre, count) -> drills.merge(centre, count, Integer::sum));
        List<Lapse> lapsed = new ArrayList<>(lapses);
        lapsed.addAll(other.lapses);
        return new Seen(
                sum, all, availability.plus(other.availability), drills, sightings.plus(other.sightings), lapsed);
    }
}
