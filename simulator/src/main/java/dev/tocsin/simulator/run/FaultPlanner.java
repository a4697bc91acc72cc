package dev.tocsin.simulator.run;

import dev.tocsin.sdk.config.Durations;
import dev.tocsin.simulator.county.CountyPlan.PlannedTrouble;
import dev.tocsin.simulator.county.Trouble;
import dev.tocsin.simulator.network.Conditions;
import dev.tocsin.simulator.scenario.DeviceKind;
import dev.tocsin.simulator.scenario.End;
import dev.tocsin.simulator.scenario.Fault;
import dev.tocsin.simulator.scenario.Occurrence;
import dev.tocsin.simulator.scenario.value.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Resolves a scenario's faults for one county: which device, which moment. */
final class FaultPlanner {

    private static final String ATTACKER = "attacker";

    /**
     * Where faults happen.
     *
     * @param county its code
     * @param devices its devices
     * @param links what their links are like
     * @param reached when which stimulus reaches whom, in any county
     * @param runNs length of the run, for moments that are drawn
     */
    record Ground(String county, List<String> devices, Links links, Map<String, List<Reached>> reached, long runNs) {}

    private final Ground ground;
    private final Draws draws;
    private final Planner.Refusing problems;
    private final List<Resolved> resolved = new ArrayList<>();

    private FaultPlanner(Ground ground, Draws draws, Planner.Refusing problems) {
        this.ground = ground;
        this.draws = draws;
        this.problems = problems;
    }

    /**
     * One time that a fault happens.
     *
     * @param fault as it is declared
     */
    record Resolved(Fault fault, long atNs, Trouble trouble) {}

    /** What goes wrong in a county, in order of time. */
    static List<PlannedTrouble> plan(List<Fault> faults, Ground ground, Draws draws, Planner.Refusing problems) {
        return resolve(faults, ground, draws, problems).stream()
                .map(r -> new PlannedTrouble(r.atNs, r.trouble))
                .toList();
    }

    /** The same, with the faults that it comes from. */
    static List<Resolved> resolve(List<Fault> faults, Ground ground, Draws draws, Planner.Refusing problems) {
        FaultPlanner planner = new FaultPlanner(ground, draws, problems);
        Map<String, Integer> names = new HashMap<>();
        for (Fault fault : faults) {
            String name = FaultNames.of(fault);
            int number = names.merge(name, 1, Integer::sum);
            planner.fault("fault/" + name + (number == 1 ? "" : "#" + number), fault);
        }
        return planner.resolved.stream()
                .sorted(Comparator.comparingLong(Resolved::atNs))
                .toList();
    }

    private void fault(String name, Fault fault) {
        switch (fault) {
            case Fault.OfDevices f -> ofDevices(name, f);
            case Fault.Partition f -> partition(name, f);
            case Fault.Weather f -> weather(name, f);
            case Fault.OfCentre f -> {
                if (f.centre().isIn(ground.county)) {
                    momentsNs(name, f)
                            .forEach(at -> add(f, at, outage(f.centre().id(), f.outage())));
                }
            }
            case Fault.Attack f ->
                momentsNs(name, f)
                        .forEach(at -> f.deeds()
                                .forEach(d -> add(f, at, new Trouble.Attack(f.lasts(), deed(d.kind()), d.amount()))));
        }
    }

    private void ofDevices(String name, Fault.OfDevices fault) {
        List<String> selected = fault.devices().map(s -> s.of(ground.devices)).orElse(ground.devices);
        if (fault.ailment() instanceof Fault.NatRebind) {
            selected = selected.stream()
                    .filter(ground.links.behindNat(selected)::contains)
                    .toList();
        }
        if (fault.ailment() instanceof Fault.Sensor) {
            selected = selected.stream()
                    .filter(id -> DeviceKind.of(id).hasSensor())
                    .toList();
        }
        switch (fault.when()) {
            case Occurrence.At(Moment moment) -> {
                List<String> sample = draws.sample(name, selected, fault.sample());
                if (moment.stimulus().isPresent()) {
                    Set<String> chosen = new HashSet<>(sample);
                    reached(moment)
                            .filter(r -> chosen.contains(r.device()))
                            .forEach(r -> add(
                                    fault,
                                    notBeforeTheStart(fault, moment, r),
                                    Ailments.trouble(r.device(), fault.ailment())));
                } else {
                    all(fault, sample, moment.offset().toNanos());
                }
            }
            case Occurrence.Every(var repetition) -> {
                for (int time = 1; time <= repetition.times(); time++) {
                    all(
                            fault,
                            draws.sample(name + "/" + time, selected, fault.sample()),
                            repetition.at(time).toNanos());
                }
            }
            case Occurrence.Anywhere(int times) -> {
                List<String> sample = draws.sample(name, selected, fault.sample());
                for (int time = 1; time <= times; time++) {
                    String purpose = drawn(name, time);
                    long atNs = draws.momentNs(purpose, Math.max(1, ground.runNs));
                    draws.one(purpose, sample).ifPresent(id -> add(fault, atNs, Ailments.trouble(id, fault.ailment())));
                }
            }
        }
    }

    private void all(Fault.OfDevices fault, List<String> devices, long atNs) {
        devices.forEach(id -> add(fault, atNs, Ailments.trouble(id, fault.ailment())));
    }

    private String drawn(String name, int time) {
        return name + "/" + ground.county + "/" + time;
    }

    /** Moments of what happens to the county as a whole: a stimulus' moment is the first at which it reaches the county. */
    private List<Long> momentsNs(String name, Fault fault) {
        return switch (fault.when()) {
            case Occurrence.At(Moment moment) ->
                moment.stimulus().isEmpty()
                        ? List.of(moment.offset().toNanos())
                        : reached(moment)
                                .min(Comparator.comparingLong(Reached::atNs))
                                .map(first -> List.of(notBeforeTheStart(fault, moment, first)))
                                .orElse(List.of());
            case Occurrence.Every(var repetition) ->
                Stream.iterate(1, time -> time <= repetition.times(), time -> time + 1)
                        .map(time -> repetition.at(time).toNanos())
                        .toList();
            case Occurrence.Anywhere(int times) ->
                Stream.iterate(1, time -> time <= times, time -> time + 1)
                        .map(time -> draws.momentNs(drawn(name, time), Math.max(1, ground.runNs)))
                        .toList();
        };
    }

    private Stream<Reached> reached(Moment moment) {
        Set<String> here = new HashSet<>(ground.devices);
        return moment.stimulus().map(id -> ground.reached.getOrDefault(id, List.of())).orElse(List.of()).stream()
                .filter(r -> here.contains(r.device()));
    }

    private long notBeforeTheStart(Fault fault, Moment moment, Reached reached) {
        long atNs = reached.atNs() + moment.offset().toNanos();
        if (atNs < 0) {
            String stimulus = moment.stimulus().orElseThrow();
            long firstNs = ground.reached.getOrDefault(stimulus, List.of()).stream()
                    .mapToLong(Reached::atNs)
                    .min()
                    .orElse(0);
            String first = Durations.text(Duration.ofNanos(firstNs));
            problems.refuse(
                    fault.position(),
                    FaultNames.of(fault) + " at " + stimulus + "-"
                            + Durations.text(moment.offset().negated()) + " is before the start of the run",
                    stimulus + " comes " + first + " after it: " + stimulus + "-" + first + " at most");
        }
        return Math.max(0, atNs);
    }

    private void partition(String name, Fault.Partition fault) {
        List<String> from = hosts(fault.from());
        List<String> to = hosts(fault.to());
        if (!from.isEmpty() && !to.isEmpty()) {
            Trouble trouble = new Trouble.Partition(from, to, fault.lasts(), fault.bothWays());
            momentsNs(name, fault).forEach(at -> add(fault, at, trouble));
        }
    }

    private List<String> hosts(End end) {
        return switch (end) {
            case End.Centre centre -> centre.isIn(ground.county) ? List.of(centre.id()) : List.of();
            case End.Devices(var selector) -> selector.of(ground.devices);
            case End.Attacker a -> List.of(ATTACKER);
        };
    }

    /** One trouble for all devices whose links come to be the same. */
    private void weather(String name, Fault.Weather fault) {
        List<String> selected = draws.sample(name, fault.devices().of(ground.devices), fault.sample());
        Map<Conditions, List<String>> byConditions = new LinkedHashMap<>();
        for (String device : selected) {
            Conditions conditions = fault.link().over(ground.links.of(device)).conditions();
            byConditions.computeIfAbsent(conditions, k -> new ArrayList<>()).add(device);
        }
        for (long atNs : momentsNs(name, fault)) {
            byConditions.forEach(
                    (conditions, devices) -> add(fault, atNs, new Trouble.Weather(devices, fault.lasts(), conditions)));
        }
    }

    private static Trouble outage(String centre, Fault.Outage outage) {
        return switch (outage) {
            case Fault.Killed o -> outage(centre, o, Trouble.Centre.Outage.KILLED, Duration.ZERO);
            case Fault.NewCertificate o -> outage(centre, o, Trouble.Centre.Outage.NEW_CERTIFICATE, Duration.ZERO);
            case Fault.Slow o -> outage(centre, o, Trouble.Centre.Outage.SLOW, o.by());
            case Fault.LedgerFails o -> outage(centre, o, Trouble.Centre.Outage.LEDGER_FAILS, Duration.ZERO);
            case Fault.FailedOver o -> outage(centre, o, Trouble.Centre.Outage.FAILED_OVER, Duration.ZERO);
        };
    }

    private static Trouble outage(String centre, Fault.Outage outage, Trouble.Centre.Outage kind, Duration by) {
        return new Trouble.Centre(centre, outage.lasts(), kind, by);
    }

    private static Trouble.Attack.Deed deed(Fault.Deed.Kind kind) {
        return switch (kind) {
            case REPLAY -> Trouble.Attack.Deed.REPLAY;
            case FORGE -> Trouble.Attack.Deed.FORGE;
            case FLOOD -> Trouble.Attack.Deed.FLOOD;
            case TAMPER -> Trouble.Attack.Deed.TAMPER;
            case THIEF -> Trouble.Attack.Deed.THIEF;
            case IMPOSTOR -> Trouble.Attack.Deed.IMPOSTOR;
            case OVERLOAD -> Trouble.Attack.Deed.OVERLOAD;
        };
    }

    private void add(Fault fault, long atNs, Trouble trouble) {
        resolved.add(new Resolved(fault, atNs, trouble));
    }
}
