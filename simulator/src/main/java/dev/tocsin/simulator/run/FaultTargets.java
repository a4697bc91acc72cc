package dev.tocsin.simulator.run;

import dev.tocsin.simulator.scenario.DeviceKind;
import dev.tocsin.simulator.scenario.Drill;
import dev.tocsin.simulator.scenario.End;
import dev.tocsin.simulator.scenario.Fault;
import dev.tocsin.simulator.scenario.Occurrence;
import dev.tocsin.simulator.scenario.Scenario;
import dev.tocsin.simulator.scenario.Selector;
import dev.tocsin.simulator.yaml.Position;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Refuses faults and drills that meet nobody: over all counties, for in one of them they may. */
final class FaultTargets {

    /** The centres of which one tells the other of drills. */
    private static final Set<String> TELLING = Set.of(Drill.ORDERED_BY, Drill.TOLD_TO);

    private final List<String> devices;
    private final Planner hands;

    private FaultTargets(List<String> devices, Planner hands) {
        this.devices = devices;
        this.hands = hands;
    }

    static void check(Scenario scenario, List<String> devices, Links links, Planner hands) {
        FaultTargets targets = new FaultTargets(devices, hands);
        for (Fault fault : scenario.faults()) {
            switch (fault) {
                case Fault.OfDevices f -> targets.ofDevices(f, links);
                case Fault.Partition f -> {
                    targets.end(f.position(), f.from());
                    targets.end(f.position(), f.to());
                    targets.talk(f, !scenario.drills().isEmpty());
                }
                case Fault.Weather f -> targets.some(f.position(), f.devices());
                case Fault.OfCentre f -> {}
                case Fault.Attack f -> {}
            }
        }
        scenario.drills().forEach(targets::drill);
    }

    private void ofDevices(Fault.OfDevices fault, Links links) {
        List<String> chosen = fault.devices().map(s -> s.of(devices)).orElse(devices);
        if (chosen.isEmpty()) {
            nobody(fault.position(), fault.devices().orElse(Selector.ALL));
        } else if (fault.ailment() instanceof Fault.NatRebind
                && links.behindNat(chosen).isEmpty()) {
            hands.refuse(
                    fault.position(), "none of these devices is behind a NAT", "add nat: {idle: 30s} to their link");
        } else if (fault.ailment() instanceof Fault.Sensor
                && chosen.stream().noneMatch(id -> DeviceKind.of(id).hasSensor())) {
            hands.refuse(
                    fault.position(),
                    "none of these devices has a sensor",
                    "those have one that are called fall, edge, water or level: \"*/fall-*\"");
        } else if (fault.when() instanceof Occurrence.At(var moment)
                && moment.stimulus().isPresent()) {
            String id = moment.stimulus().get();
            if (hands.isRefused(id)) {
                return; // that is told already
            }
            Set<String> met = new HashSet<>(chosen);
            met.retainAll(hands.reached().getOrDefault(id, List.of()).stream()
                    .map(Reached::device)
                    .toList());
            if (met.isEmpty()) {
                hands.refuse(
                        fault.position(),
                        id + " does not reach any of these devices",
                        "leave device out to meet those that it reaches");
            }
        }
    }

    private void end(Position at, End end) {
        if (end instanceof End.Devices(Selector selector)
                && selector.of(devices).isEmpty()) {
            nobody(at, "no centre and no device is called ", selector);
        }
    }

    /** Refuses a partition of a way that nobody goes. */
    private void talk(Fault.Partition fault, boolean drills) {
        boolean talk =
                talk(fault.from(), fault.to(), drills) || (fault.bothWays() && talk(fault.to(), fault.from(), drills));
        if (!talk) {
            hands.refuse(
                    fault.position(),
                    FaultNames.of(fault) + ": nothing is sent from the one to the other",
                    "devices and centres of a county send to each other, " + Drill.ORDERED_BY
                            + " and " + Drill.TOLD_TO
                            + " where there are drills, an attacker to all: {from: \"school-*\", to: police}");
        }
    }

    private static boolean talk(End from, End to, boolean drills) {
        return switch (to) {
            case End.Attacker a -> false;
            case End.Devices d -> !(from instanceof End.Devices);
            case End.Centre(var county, String id) ->
                !(from instanceof End.Centre(var other, String teller))
                        || (drills
                                && !id.equals(teller)
                                && TELLING.containsAll(List.of(id, teller))
                                && (county.isEmpty() || other.isEmpty() || county.equals(other)));
        };
    }

    private void some(Position at, Selector selector) {
        if (selector.of(devices).isEmpty()) {
            nobody(at, selector);
        }
    }

    private void nobody(Position at, Selector selector) {
        nobody(at, "no device is called ", selector);
    }

    private void nobody(Position at, String what, Selector selector) {
        hands.refuse(at, what + selector.glob(), "devices here are " + devices.getFirst() + " … " + devices.getLast());
    }

    private void drill(Drill drill) {
        boolean anybody = devices.stream()
                .map(id -> id.contains("/") ? id.substring(0, id.indexOf('/')) : id)
                .anyMatch(drill.schools()::picks);
        if (!anybody) {
            hands.refuse(
                    drill.position(),
                    "no school is called " + drill.schools().glob(),
                    "a school is what stands before the slash: school-007");
        }
    }
}
