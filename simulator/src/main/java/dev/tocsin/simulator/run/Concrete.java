package dev.tocsin.simulator.run;

import dev.tocsin.simulator.county.Trouble;
import dev.tocsin.simulator.scenario.End;
import dev.tocsin.simulator.scenario.Expectation;
import dev.tocsin.simulator.scenario.Fault;
import dev.tocsin.simulator.scenario.Fleet;
import dev.tocsin.simulator.scenario.Network;
import dev.tocsin.simulator.scenario.Occurrence;
import dev.tocsin.simulator.scenario.Repetition;
import dev.tocsin.simulator.scenario.Scenario;
import dev.tocsin.simulator.scenario.Selector;
import dev.tocsin.simulator.scenario.Stimulus;
import dev.tocsin.simulator.scenario.value.Moment;
import dev.tocsin.simulator.scenario.value.Share;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A scenario with nothing left to draw: devices by name, each fault once, at a moment of its own and with its device named.
 * It plays (nearly) what its seed plays, moments being cut to whole microseconds; what can be left out of it can be left out
 * one by one.
 */
public final class Concrete {

    private static final long US = 1000;

    /** A name has up to 41 characters, and a number comes behind this. */
    private static final int LONGEST_STEM = 30;

    private final Scenario scenario;
    private final CountyPlanner planner;

    private Concrete(Scenario scenario, Path data) {
        this.scenario = scenario;
        this.planner = CountyPlanner.of(scenario, data);
    }

    /**
     * The forms of a scenario that has no draws, those first that are the better ones to take apart: each county by itself
     * where there are several (they know nothing of each other), the whole, and the whole with its stimuli as they are
     * declared. Whether one of them fails as the scenario does is for the caller to find out.
     *
     * @param data where recordings are; need not exist
     */
    public static List<Scenario> of(Scenario scenario, Path data) {
        Concrete concrete = new Concrete(scenario, data);
        Map<String, List<String>> counties = concrete.planner.counties();
        Set<Fault> faults = new LinkedHashSet<>();
        counties.forEach((code, devices) -> faults.addAll(concrete.faults(code, devices)));
        Scenario named = concrete.with(scenario.fleet(), DeviceIds.of(scenario), List.copyOf(faults));
        Scenario whole = stimuli(scenario, named, data);
        List<Scenario> forms = new ArrayList<>();
        if (counties.size() > 1) {
            counties.forEach((code, devices) -> forms.add(concrete.county(whole, code, devices)));
        }
        forms.add(whole);
        forms.add(named);
        return forms.stream().distinct().toList();
    }

    private Scenario county(Scenario whole, String code, List<String> devices) {
        Scenario here = with(whole.fleet().withCounties(List.of(code)), devices, faults(code, devices));
        return among(here.withStimuli(whole.stimuli()), devices);
    }

    /** The same with these devices only: what meets none of them is left out. */
    public static Scenario among(Scenario scenario, List<String> devices) {
        List<String> schools = devices.stream().map(Concrete::school).toList();
        Network network = scenario.network();
        return scenario.withFleet(scenario.fleet().withDevices(new Fleet.Named(devices)))
                .withNetwork(new Network(
                        network.position(),
                        network.usual(),
                        network.others().stream()
                                .filter(o -> meets(o.devices(), devices))
                                .toList(),
                        network.centres()))
                .withStimuli(scenario.stimuli().stream()
                        .filter(s -> meets(s.device(), devices))
                        .toList())
                .withDrills(scenario.drills().stream()
                        .filter(d -> meets(d.schools(), schools))
                        .toList())
                .withFaults(scenario.faults().stream()
                        .filter(f -> meets(f, devices))
                        .toList());
    }

    private static boolean meets(Fault fault, List<String> devices) {
        return switch (fault) {
            case Fault.OfDevices f -> f.devices().isEmpty() || meets(f.devices().get(), devices);
            case Fault.Weather f -> meets(f.devices(), devices);
            case Fault.Partition f -> meets(f.from(), devices) && meets(f.to(), devices);
            case Fault.OfCentre f -> true;
            case Fault.Attack f -> true;
        };
    }

    private static boolean meets(End end, List<String> devices) {
        return !(end instanceof End.Devices(Selector selector)) || meets(selector, devices);
    }

    private static boolean meets(Selector selector, List<String> ids) {
        return !selector.of(ids).isEmpty();
    }

    private static String school(String device) {
        int slash = device.indexOf('/');
        return slash < 0 ? device : device.substring(0, slash);
    }

    private Scenario with(Fleet fleet, List<String> devices, List<Fault> faults) {
        Duration last =
                faults.stream().map(Concrete::atOf).reduce(scenario.run().duration(), Concrete::later);
        Scenario.Run run = scenario.run();
        boolean openEnd = run.duration().isZero();
        return scenario.withRun(new Scenario.Run(run.seed(), run.start(), openEnd ? run.duration() : last, false))
                .withFleet(fleet.withDevices(new Fleet.Named(devices)))
                .withFaults(faults);
    }

    private static Duration atOf(Fault fault) {
        return fault.when() instanceof Occurrence.At(Moment moment) ? moment.offset() : Duration.ZERO;
    }

    private List<Fault> faults(String code, List<String> devices) {
        Set<Fault> faults = new LinkedHashSet<>();
        Map<Fault, Set<String>> underWeather = new LinkedHashMap<>();
        for (FaultPlanner.Resolved r : planner.resolved(code, devices)) {
            Fault once = r.fault().at(at(r.atNs()));
            switch (once) {
                case Fault.OfDevices f ->
                    r.trouble()
                            .devices()
                            .forEach(id -> faults.add(new Fault.OfDevices(
                                    f.position(), f.when(), Optional.of(new Selector(id)), Share.ALL, f.ailment())));
                case Fault.Weather f
                when !f.sample().isAll() ->
                    underWeather
                            .computeIfAbsent(f, k -> new LinkedHashSet<>())
                            .addAll(((Trouble.Weather) r.trouble()).devices());
                case Fault.Weather f -> faults.add(f);
                case Fault.Attack f ->
                    f.deeds().forEach(d -> faults.add(new Fault.Attack(f.position(), f.when(), List.of(d), f.lasts())));
                case Fault.OfCentre f ->
                    faults.add(new Fault.OfCentre(f.position(), f.when(), in(code, f.centre()), f.outage()));
                case Fault.Partition f ->
                    faults.add(new Fault.Partition(
                            f.position(), f.when(), in(code, f.from()), in(code, f.to()), f.lasts(), f.bothWays()));
            }
        }
        underWeather.forEach((fault, ids) -> {
            Fault.Weather f = (Fault.Weather) fault;
            faults.add(new Fault.Weather(
                    f.position(), f.when(), new Selector(List.copyOf(ids)), Share.ALL, f.link(), f.lasts()));
        });
        return List.copyOf(faults);
    }

    private static Occurrence at(long ns) {
        return new Occurrence.At(Moment.after(Duration.ofNanos(ns / US * US)));
    }

    private End in(String code, End end) {
        return end instanceof End.Centre centre ? in(code, centre) : end;
    }

    private End.Centre in(String code, End.Centre centre) {
        boolean only = scenario.fleet().counties().size() == 1;
        return only ? centre : new End.Centre(Optional.of(code), centre.id());
    }

    /**
     * With each press and each turn of a key by itself, at a device that is named. Not where an expectation names presses, and
     * not for recordings and acceptances, which belong together.
     */
    private static Scenario stimuli(Scenario declared, Scenario named, Path data) {
        boolean byName = declared.expectations().stream()
                .anyMatch(
                        e -> e instanceof Expectation.ToldAgain t && t.except().isPresent());
        if (byName) {
            return named;
        }
        Map<String, List<Reached>> reached = Planner.of(declared, data).reached();
        Set<String> taken = new TreeSet<>();
        List<Stimulus> each = new ArrayList<>();
        declared.stimuli().stream().filter(Concrete::isOne).forEach(s -> {
            taken.add(s.id());
            each.add(s);
        });
        for (Stimulus s : declared.stimuli()) {
            if (!isOne(s)) {
                int number = 1;
                for (Reached r : reached.getOrDefault(s.id(), List.of())) {
                    each.add(once(s, name(s.id(), number++, taken), r));
                }
            }
        }
        Scenario.Run run = named.run();
        Duration last = each.stream().map(s -> s.when().repetition().from()).reduce(run.duration(), Concrete::later);
        return named.withStimuli(each)
                .withRun(new Scenario.Run(
                        run.seed(), run.start(), run.duration().isZero() ? run.duration() : last, run.real()));
    }

    private static boolean isOne(Stimulus s) {
        return s.action() instanceof Stimulus.Accept
                || (s.action() instanceof Stimulus.Press p && p.contact() instanceof Stimulus.Recordings);
    }

    private static Stimulus once(Stimulus s, String id, Reached r) {
        Repetition at = Repetition.once(Duration.ofNanos(r.atNs() / US * US));
        return new Stimulus(
                s.position(),
                id,
                new Stimulus.When(at, Duration.ZERO),
                new Selector(r.device()),
                Share.ALL,
                s.action());
    }

    private static Duration later(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** A name that nothing else has, with this number or one after it. */
    private static String name(String id, int number, Set<String> taken) {
        String stem = id.substring(0, Math.min(id.length(), LONGEST_STEM)) + "-";
        int n = number;
        while (!taken.add(stem + n)) {
            n++;
        }
        return stem + n;
    }
}
