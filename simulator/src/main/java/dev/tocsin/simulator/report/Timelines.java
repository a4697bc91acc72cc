package dev.tocsin.simulator.report;

import static dev.tocsin.simulator.check.Lane.Kind.DEVICE;
import static dev.tocsin.simulator.check.Lane.Kind.JOURNAL;
import static dev.tocsin.simulator.check.Lane.Kind.LEDGER;
import static dev.tocsin.simulator.check.Lane.Kind.NETWORK;

import dev.tocsin.simulator.check.Fate;
import dev.tocsin.simulator.check.Lane;
import dev.tocsin.simulator.report.Timeline.Event;
import dev.tocsin.simulator.report.Timeline.What;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/** Picks the alarms that are worth looking at, and puts together what is known about each. */
final class Timelines {

    /** Of the slowest this many; the first alarm of all comes besides. */
    static final int MOST_SLOWEST = 20;

    /** Most events of one timeline; an alarm that is sent for an hour has many more. */
    static final int MOST_EVENTS = 500;

    private static final long LEAST_MARGIN_NS = 5_000_000;

    private final Scene scene;

    private Timelines(Scene scene) {
        this.scene = scene;
    }

    /** The worst first: those that a centre lacks, then by their last receipt. The run's first alarm is last if it is not among them. */
    static List<Timeline> of(List<Fate> presses, Scene scene) {
        Timelines timelines = new Timelines(scene);
        Set<Fate> chosen = new LinkedHashSet<>();
        presses.stream()
                .sorted(Comparator.comparingLong(Timelines::tookNs).reversed())
                .limit(MOST_SLOWEST)
                .forEach(chosen::add);
        presses.stream().limit(1).forEach(chosen::add);
        return chosen.stream().map(timelines::timeline).toList();
    }

    private static List<String> missing(Fate alarm) {
        return alarm.route().stream()
                .filter(c -> !alarm.receivedNs().containsKey(c))
                .toList();
    }

    private static long tookNs(Fate alarm) {
        long lastNs = alarm.receivedNs().values().stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(alarm.atNs());
        return missing(alarm).isEmpty() ? lastNs - alarm.atNs() : Long.MAX_VALUE;
    }

    private static long lastNs(Fate alarm) {
        return LongStream.concat(
                        LongStream.concat(alarm.decidedNs().stream(), alarm.keptNs().stream()),
                        alarm.receivedNs().values().stream().mapToLong(Long::longValue))
                .max()
                .orElse(alarm.atNs());
    }

    private Timeline timeline(Fate alarm) {
        List<String> missing = missing(alarm);
        long lastNs = missing.isEmpty() ? lastNs(alarm) : Math.max(lastNs(alarm), scene.endNs());
        long toNs = lastNs + Math.max(LEAST_MARGIN_NS, (lastNs - alarm.atNs()) / 20);
        return new Timeline(
                alarm.name(),
                alarm.device(),
                alarm.alarm(),
                alarm.drill(),
                alarm.route(),
                missing,
                alarm.atNs(),
                toNs,
                events(alarm, toNs),
                scene.faults().stream()
                        .filter(f -> f.touches(alarm.device(), alarm.atNs(), toNs))
                        .toList());
    }

    private List<Event> events(Fate alarm, long toNs) {
        List<Event> seen = scene.trace().of(alarm, alarm.atNs(), toNs);
        List<Event> events = new ArrayList<>(seen);
        for (Event known : ofFate(alarm)) {
            if (seen.stream()
                    .noneMatch(e -> orLost(e.what()) == known.what() && e.lane().equals(known.lane()))) {
                events.add(known);
            }
        }
        events.removeIf(e -> e.atNs() > toNs);
        events.sort(Comparator.comparingLong(Event::atNs).thenComparing(Event::what));
        if (events.size() <= MOST_EVENTS) {
            return events;
        }
        List<Event> shown = new ArrayList<>(events.subList(0, MOST_EVENTS - 1));
        int more = events.size() - shown.size();
        shown.add(Event.at(shown.getLast().atNs(), Lane.of(DEVICE), What.NOTE, "… and " + more + " events more"));
        return shown;
    }

    /** The same, of a datagram that arrived. */
    private static What orLost(What what) {
        return switch (what) {
            case DATAGRAM_LOST -> What.DATAGRAM;
            case ANSWER_LOST -> What.ANSWER;
            default -> what;
        };
    }

    private static List<Event> ofFate(Fate alarm) {
        List<Event> events = new ArrayList<>();
        events.add(Event.at(alarm.atNs(), Lane.of(DEVICE), What.EDGE, ""));
        alarm.decidedNs().ifPresent(ns -> events.add(Event.at(ns, Lane.of(DEVICE), What.DECIDED, "")));
        alarm.signedNs().ifPresent(ns -> events.add(Event.at(ns, Lane.of(DEVICE), What.SIGNED, "")));
        alarm.keptNs().ifPresent(ns -> events.add(Event.at(ns, Lane.of(JOURNAL), What.KEPT, "")));
        alarm.sentNs()
                .forEach((centre, ns) ->
                        events.add(Event.at(ns, Lane.of(NETWORK, centre), What.DATAGRAM, "the first of them")));
        alarm.filedNs().forEach((centre, ns) -> events.add(Event.at(ns, Lane.of(LEDGER, centre), What.COMMITTED, "")));
        alarm.receivedNs()
                .forEach((centre, ns) -> events.add(Event.at(ns, Lane.of(NETWORK, centre), What.RECEIPT, "")));
        return events;
    }
}
