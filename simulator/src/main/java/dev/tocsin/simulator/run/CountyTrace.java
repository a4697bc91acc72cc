package dev.tocsin.simulator.run;

import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.simulator.check.Claim;
import dev.tocsin.simulator.check.Fate;
import dev.tocsin.simulator.check.Lane;
import dev.tocsin.simulator.county.Chronicle;
import dev.tocsin.simulator.county.Flights;
import dev.tocsin.simulator.county.Flights.Flight;
import dev.tocsin.simulator.report.Timeline.Event;
import dev.tocsin.simulator.report.Timeline.What;
import dev.tocsin.simulator.report.Trace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What was seen in a county of each alarm besides its fate: its datagrams, its device's power and lamp, who took it. */
final class CountyTrace implements Trace {

    private final Chronicle chronicle;
    private final Map<AlarmId, Claim> claims = new HashMap<>();
    private final Map<String, List<Chronicle.LampChange>> lamps = new HashMap<>();
    private final Map<String, List<Chronicle.PowerChange>> power = new HashMap<>();

    /** Of a county that has been played. */
    CountyTrace(Chronicle chronicle) {
        this.chronicle = chronicle;
        chronicle.claims().forEach(claim -> claims.put(claim.alarm().id(), claim));
        chronicle
                .lamps()
                .forEach(change -> lamps.computeIfAbsent(change.device(), d -> new ArrayList<>())
                        .add(change));
        chronicle
                .power()
                .forEach(change -> power.computeIfAbsent(change.device(), d -> new ArrayList<>())
                        .add(change));
    }

    @Override
    public List<Event> of(Fate alarm, long fromNs, long toNs) {
        List<Event> events = new ArrayList<>();
        alarm.alarm().ifPresent(id -> {
            Optional.ofNullable(claims.get(id)).ifPresent(claim -> events.addAll(accepted(claim)));
            chronicle
                    .flights(id)
                    .forEach((centre, flights) -> add(flights, Lane.of(Lane.Kind.NETWORK, centre), events));
        });
        for (Chronicle.LampChange change : lamps.getOrDefault(alarm.device(), List.of())) {
            if (change.atNs() <= toNs) {
                String shown = change.shows().name().toLowerCase(Locale.ROOT);
                events.add(Event.at(change.atNs(), Lane.of(Lane.Kind.LAMP), What.LAMP, shown));
            }
        }
        for (Chronicle.PowerChange change : power.getOrDefault(alarm.device(), List.of())) {
            if (change.atNs() >= fromNs && change.atNs() <= toNs) {
                String what = change.on() ? "power comes" : "power goes";
                events.add(Event.at(change.atNs(), Lane.of(Lane.Kind.DEVICE), What.NOTE, what));
            }
        }
        return events;
    }

    /** When the device knew it, for each centre. */
    static List<Event> accepted(Claim claim) {
        return claim.acceptedNs().entrySet().stream()
                .map(e -> Event.at(e.getValue(), Lane.of(Lane.Kind.NETWORK, e.getKey()), What.ACCEPTED, ""))
                .toList();
    }

    private static void add(Flights flights, Lane lane, List<Event> events) {
        List<Flight> inTime = Stream.concat(flights.first().stream(), flights.last().stream())
                .sorted(Comparator.comparingLong(Flight::sentNs))
                .toList();
        for (Flight flight : inTime) {
            events.add(event(flight, isAgain(flight, inTime), lane));
        }
        if (flights.omitted() > 0) {
            long atNs = flights.first().getLast().endedNs();
            events.add(Event.at(atNs, lane, What.NOTE, "… and " + flights.omitted() + " datagrams more"));
        }
    }

    /** Whether it is as long as what was signed and went the same way first. */
    private static boolean isAgain(Flight flight, List<Flight> inTime) {
        return flight.isLong()
                && inTime.stream()
                        .filter(f -> f.isLong() && f.toCentre() == flight.toCentre())
                        .findFirst()
                        .filter(f -> f.bytes() == flight.bytes() && f.sentNs() < flight.sentNs())
                        .isPresent();
    }

    private static Event event(Flight flight, boolean again, Lane lane) {
        String detail = (flight.handshake() ? "handshake, " : again ? "again, " : "") + flight.bytes() + " bytes"
                + becameOf(flight);
        if (!flight.arrived()) {
            return Event.at(flight.sentNs(), lane, flight.toCentre() ? What.DATAGRAM_LOST : What.ANSWER_LOST, detail);
        }
        What what = flight.toCentre() ? What.DATAGRAM : What.ANSWER;
        return new Event(lane, what, flight.sentNs(), OptionalLong.of(flight.endedNs()), detail);
    }

    private static String becameOf(Flight flight) {
        return switch (flight.fate()) {
            case DELIVERED, LOST -> "";
            case DUPLICATED -> ", a copy more";
            case PARTITIONED -> ", the path was cut";
            case TOO_LARGE -> ", larger than the path takes";
            case QUEUE_FULL -> ", a line's queue was full";
            case NAT_CLOSED -> ", a NAT knew the port no more";
            case NOBODY_THERE -> ", nobody was there";
            case WITHHELD -> ", an attacker kept it";
        };
    }
}
