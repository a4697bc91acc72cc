package dev.tocsin.simulator.seeds;

import dev.tocsin.simulator.run.DeviceIds;
import dev.tocsin.simulator.scenario.End;
import dev.tocsin.simulator.scenario.Fault;
import dev.tocsin.simulator.scenario.Fleet;
import dev.tocsin.simulator.scenario.Network;
import dev.tocsin.simulator.scenario.Scenario;
import dev.tocsin.simulator.scenario.Selector;
import dev.tocsin.simulator.scenario.Stimulus;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** Draws how many schools and devices there are. */
record SwarmFleet(Scenario scenario, SwarmDraws draws) {

    Fleet drawn() {
        Fleet fleet = scenario.fleet();
        return switch (fleet.devices()) {
            case Fleet.Named named -> fleet;
            case Fleet.Total total -> {
                long least = 1 + draws.below("devices", total.total());
                yield enough(least, total.total(), n -> new Fleet.Total(n, total.perSchool(), total.mix()));
            }
            case Fleet.Schools schools -> {
                int range = schools.most() - schools.least() + 1;
                int one = schools.least() + (int) draws.below("devices/one", range);
                int other = schools.least() + (int) draws.below("devices/other", range);
                long least = 1 + draws.below("schools", schools.count());
                yield enough(
                        least,
                        schools.count(),
                        n -> new Fleet.Schools(n, Math.min(one, other), Math.max(one, other), schools.mix()));
            }
        };
    }

    /** So many, or twice as many again and again, until every name in the scenario picks somebody. */
    private Fleet enough(long least, int declared, IntFunction<Fleet.Devices> fleet) {
        for (long n = least; n < declared; n *= 2) {
            Fleet tried = scenario.fleet().withDevices(fleet.apply((int) n));
            if (meetsAll(tried)) {
                return tried;
            }
        }
        Fleet tried = scenario.fleet().withDevices(fleet.apply(declared));
        return meetsAll(tried) ? tried : scenario.fleet();
    }

    private boolean meetsAll(Fleet fleet) {
        List<String> ids = DeviceIds.of(scenario.withFleet(fleet));
        List<String> schools = ids.stream()
                .map(id -> id.substring(0, Math.max(0, id.indexOf('/'))))
                .toList();
        return selectors().allMatch(s -> !s.of(ids).isEmpty())
                && scenario.drills().stream()
                        .noneMatch(d -> d.schools().of(schools).isEmpty());
    }

    private Stream<Selector> selectors() {
        return Stream.of(
                        scenario.stimuli().stream().map(Stimulus::device),
                        scenario.network().others().stream().map(Network.Other::devices),
                        scenario.faults().stream().flatMap(SwarmFleet::selectors))
                .flatMap(s -> s);
    }

    private static Stream<Selector> selectors(Fault fault) {
        return switch (fault) {
            case Fault.OfDevices f -> f.devices().stream();
            case Fault.Weather f -> Stream.of(f.devices());
            case Fault.Partition f ->
                Stream.of(f.from(), f.to())
                        .flatMap(end -> end instanceof End.Devices(Selector s) ? Stream.of(s) : Stream.of());
            case Fault.OfCentre f -> Stream.of();
            case Fault.Attack f -> Stream.of();
        };
    }
}
