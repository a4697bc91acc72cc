package dev.tocsin.simulator.check;

import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.AlarmState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What sensors saw of what happened to them. A happening was seen if its device signed an alarm of the kind, raised or
 * updated, about a moment within it or the {@value #WINDOW_S} s after it. An alarm that was raised where nothing of its kind
 * happened within that window is a false one.
 *
 * @param kinds by kind of alarm, those of which there was anything
 * @param missed names of what was not seen, the first {@value #MOST_NAMED}
 * @param falseAlarms ids of alarms that nothing explains, the first {@value #MOST_NAMED}
 */
public record Sightings(SortedMap<AlarmKind, Sighting> kinds, List<String> missed, List<String> falseAlarms) {

    /** Nothing happened to a sensor. */
    public static final Sightings NONE = new Sightings(new TreeMap<>(), List.of(), List.of());

    private static final int MOST_NAMED = 20;
    private static final long WINDOW_S = 20;
    private static final long WINDOW_NS = WINDOW_S * 1_000_000_000L;

    public Sightings {
        kinds = Collections.unmodifiableSortedMap(new TreeMap<>(kinds));
        missed = List.copyOf(missed);
        falseAlarms = List.copyOf(falseAlarms);
    }

    /** Whether there was nothing to see, and nothing was seen. */
    public boolean isEmpty() {
        return kinds.isEmpty();
    }

    /** Compares what happened with what devices said. */
    public static Sightings of(Collection<Happening> happenings, Collection<Claim> claims) {
        SortedMap<AlarmKind, Sighting> kinds = new TreeMap<>();
        List<String> missed = new ArrayList<>();
        List<String> falseAlarms = new ArrayList<>();
        Map<String, List<Claim>> told = new TreeMap<>();
        claims.stream()
                .filter(c -> isSensed(c.alarm()))
                .forEach(c -> told.computeIfAbsent(c.alarm().id().device(), d -> new ArrayList<>())
                        .add(c));
        Map<String, List<Happening>> happened = new TreeMap<>();
        for (Happening h : happenings) {
            happened.computeIfAbsent(h.device(), d -> new ArrayList<>()).add(h);
            for (AlarmKind kind : h.owes().stream().sorted().toList()) {
                boolean isSeen =
                        told.getOrDefault(h.device(), List.of()).stream().anyMatch(c -> isOf(c, kind, h));
                if (!h.excused() || isSeen) {
                    kinds.merge(kind, new Sighting(1, isSeen ? 1 : 0, 0), Sighting::plus);
                }
                if (!h.excused() && !isSeen) {
                    missed.add(h.id() + " " + kind);
                }
            }
        }
        told.forEach((device, all) -> all.stream()
                .filter(c -> c.alarm().state() == AlarmState.RAISED)
                .filter(c -> happened.getOrDefault(device, List.of()).stream()
                        .noneMatch(h -> h.owes().contains(c.alarm().kind())
                                && isOf(c, c.alarm().kind(), h)))
                .forEach(c -> {
                    kinds.merge(c.alarm().kind(), new Sighting(0, 0, 1), Sighting::plus);
                    falseAlarms.add(c.alarm().id() + " " + c.alarm().kind());
                }));
        return new Sightings(kinds, first(missed), first(falseAlarms));
    }

    private static boolean isSensed(Alarm alarm) {
        return alarm.kind().isLife() && alarm.kind() != AlarmKind.PANIC && alarm.state() != AlarmState.RESTORED;
    }

    private static boolean isOf(Claim claim, AlarmKind kind, Happening h) {
        return claim.alarm().kind() == kind && claim.edgeNs() >= h.fromNs() && claim.edgeNs() <= h.toNs() + WINDOW_NS;
    }

    private static List<String> first(List<String> names) {
        return names.stream().sorted().limit(MOST_NAMED).toList();
    }

    /** Both. */
    public Sightings plus(Sightings other) {
        SortedMap<AlarmKind, Sighting> sum = new TreeMap<>(kinds);
        other.kinds.forEach((kind, sighting) -> sum.merge(kind, sighting, Sighting::plus));
        List<String> allMissed = new ArrayList<>(missed);
        allMissed.addAll(other.missed);
        List<String> allFalse = new ArrayList<>(falseAlarms);
        allFalse.addAll(other.falseAlarms);
        return new Sightings(sum, first(allMissed), first(allFalse));
    }

    /** How one kind came out. */
    public Sighting of(AlarmKind kind) {
        return kinds.getOrDefault(kind, Sighting.NONE);
    }

    /** All kinds together. */
    public Sighting sum() {
        return kinds.values().stream().reduce(Sighting.NONE, Sighting::plus);
    }
}
