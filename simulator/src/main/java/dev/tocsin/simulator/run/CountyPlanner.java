package dev.tocsin.simulator.run;

import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.simulator.centre.authority.Policy;
import dev.tocsin.simulator.county.CountyPlan;
import dev.tocsin.simulator.county.CountyPlan.PlannedAcceptance;
import dev.tocsin.simulator.county.CountyPlan.PlannedDrill;
import dev.tocsin.simulator.county.CountyPlan.PlannedTrouble;
import dev.tocsin.simulator.report.Input;
import dev.tocsin.simulator.scenario.Drill;
import dev.tocsin.simulator.scenario.Scenario;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Turns a scenario into a plan for each county of the virtual world. The same scenario, seed and data give the same plans.
 * Reads recordings; does nothing else.
 */
final class CountyPlanner {

    /** When a scenario begins that does not say: a Monday morning. */
    private static final Instant USUAL_START = Instant.parse("2027-03-01T00:00:00Z");

    private final Scenario scenario;
    private final Planner hands;
    private final Links links;
    private final Map<String, List<String>> counties;
    private final Map<String, List<PlannedTrouble>> troubles = new HashMap<>();
    private final Duration duration;

    private CountyPlanner(Scenario scenario, Path data) {
        this.scenario = scenario;
        this.hands = Planner.of(scenario, data);
        this.links = new Links(scenario.network(), hands.devices(), data, hands::refuse);
        this.counties = dealt(hands.devices(), scenario.fleet().counties());
        counties.forEach((code, devices) -> troubles.put(code, troubles(code, devices)));
        this.duration = duration();
    }

    /**
     * Plans.
     *
     * @param data where recordings are; need not exist
     */
    static CountyPlanning plan(Scenario scenario, Path data) {
        CountyPlanner planner = new CountyPlanner(scenario, data);
        List<CountyPlan> plans = planner.plans();
        FaultTargets.check(scenario, planner.hands.devices(), planner.links, planner.hands);
        return planner.hands.problems().isEmpty()
                ? new CountyPlanning.Planned(plans, planner.input())
                : new CountyPlanning.Refused(planner.hands.problems());
    }

    /** A planner, for those who want to know how a scenario's draws come out. */
    static CountyPlanner of(Scenario scenario, Path data) {
        return new CountyPlanner(scenario, data);
    }

    /** Devices by their county. */
    Map<String, List<String>> counties() {
        return counties;
    }

    /** What goes wrong in a county, with the faults that it comes from. */
    List<FaultPlanner.Resolved> resolved(String code, List<String> devices) {
        return FaultPlanner.resolve(scenario.faults(), ground(code, devices), draws(), hands::refuse);
    }

    /** Schools go to the counties in turn; a county that gets none is left out. */
    private static Map<String, List<String>> dealt(List<String> devices, List<String> codes) {
        Map<String, String> countyOf = new HashMap<>();
        Map<String, List<String>> dealt = new LinkedHashMap<>();
        codes.forEach(code -> dealt.put(code, new ArrayList<>()));
        for (String device : devices) {
            String code = countyOf.computeIfAbsent(school(device), s -> codes.get(countyOf.size() % codes.size()));
            dealt.getOrDefault(code, List.of()).add(device);
        }
        dealt.values().removeIf(List::isEmpty);
        return dealt;
    }

    /** A device's school: its id up to the first slash. */
    private static String school(String device) {
        int slash = device.indexOf('/');
        return slash < 0 ? device : device.substring(0, slash);
    }

    private List<PlannedTrouble> troubles(String code, List<String> devices) {
        return FaultPlanner.plan(scenario.faults(), ground(code, devices), draws(), hands::refuse);
    }

    private FaultPlanner.Ground ground(String code, List<String> devices) {
        return new FaultPlanner.Ground(
                code, devices, links, hands.reached(), scenario.run().duration().toNanos());
    }

    private Draws draws() {
        return new Draws(new Seeds(scenario.run().seed()));
    }

    /** As the scenario says, or until the last thing that it plans is over. */
    private Duration duration() {
        if (!scenario.run().duration().isZero()) {
            return scenario.run().duration();
        }
        long hand = hands.moves().stream().mapToLong(Plan.Move::atNs).max().orElse(0);
        long healed = troubles.values().stream()
                .flatMap(List::stream)
                .mapToLong(t -> t.atNs() + t.trouble().lasts().toNanos())
                .max()
                .orElse(0);
        long accepted =
                hands.acceptances().stream().mapToLong(Acceptance::atNs).max().orElse(0);
        long drilled = scenario.drills().stream()
                .mapToLong(d -> d.to().toNanos())
                .max()
                .orElse(0);
        long sensed = hands.signals().stream()
                .mapToLong(s -> s.atNs() + s.length().toNanos())
                .max()
                .orElse(0);
        return Duration.ofNanos(Math.max(sensed, Math.max(Math.max(hand, healed), Math.max(accepted, drilled))));
    }

    private List<CountyPlan> plans() {
        Map<String, List<CountyPlan.Move>> moves = moves();
        List<CountyPlan> plans = new ArrayList<>();
        counties.forEach((code, devices) -> plans.add(new CountyPlan(
                code,
                scenario.run().seed(),
                scenario.run().start().map(OffsetDateTime::toInstant).orElse(USUAL_START),
                scenario.fleet().centres(),
                devices,
                scenario.fleet().heartbeat(),
                scenario.fleet().secure(),
                scenario.fleet().timing(),
                scenario.fleet().signatures().orElse(SignatureAlgorithm.ED25519),
                scenario.fleet().backups(),
                scenario.network().usual().conditions(),
                scenario.network().usual().natIdle(),
                moves.getOrDefault(code, List.of()),
                troubles.getOrDefault(code, List.of()),
                Stream.concat(
                                links.planned(devices).stream(),
                                links.ofCentres(scenario.fleet().centres()).stream())
                        .toList(),
                drills(devices),
                acceptances(devices),
                sensing(devices),
                new CountyPlan.Upkeep(
                        scenario.fleet().ledgerRate(),
                        scenario.fleet().certificateLife().map(life -> new Policy(life, Policy.USUAL.renewExpired()))),
                duration,
                scenario.settle())));
        return plans;
    }

    private Map<String, List<CountyPlan.Move>> moves() {
        Map<String, String> countyOf = new HashMap<>();
        counties.forEach((code, devices) -> devices.forEach(d -> countyOf.put(d, code)));
        Map<String, List<CountyPlan.Move>> moves = new HashMap<>();
        for (Plan.Move move : hands.moves()) {
            String device = hands.devices().get(move.device());
            moves.computeIfAbsent(countyOf.getOrDefault(device, ""), k -> new ArrayList<>())
                    .add(new CountyPlan.Move(move.atNs(), device, move.input(), move.closed(), begun(move)));
        }
        return moves;
    }

    private CountyPlan.@Nullable Begun begun(Plan.Move move) {
        if (move.begins() == Plan.NOTHING) {
            return null;
        }
        Plan.PlannedDeed deed = hands.deeds().get(move.begins());
        return new CountyPlan.Begun(deed.id(), deed.kind());
    }

    private List<PlannedDrill> drills(List<String> devices) {
        return scenario.drills().stream()
                .sorted(Comparator.comparing(Drill::from))
                .map(d -> new PlannedDrill(
                        d.id(),
                        d.from().toNanos(),
                        d.to().toNanos(),
                        devices.stream()
                                .filter(id -> d.schools().picks(school(id)))
                                .toList(),
                        d.by()))
                .filter(d -> !d.devices().isEmpty())
                .toList();
    }

    private List<PlannedAcceptance> acceptances(List<String> devices) {
        Set<String> here = Set.copyOf(devices);
        return hands.acceptances().stream()
                .sorted(Comparator.comparingLong(Acceptance::atNs))
                .map(a -> new PlannedAcceptance(
                        a.atNs(),
                        a.accept().after(),
                        a.devices().stream().filter(here::contains).toList(),
                        a.accept().by()))
                .filter(a -> !a.devices().isEmpty())
                .toList();
    }

    private CountyPlan.Sensing sensing(List<String> devices) {
        Set<String> here = Set.copyOf(devices);
        return new CountyPlan.Sensing(
                scenario.fleet().gauge(),
                hands.signals().stream().filter(s -> here.contains(s.device())).toList());
    }

    private Input input() {
        Input input = hands.input();
        String note = String.join(
                "; ",
                Stream.of(input.note(), links.note()).filter(n -> !n.isEmpty()).toList());
        return new Input(input.recorded(), input.synthetic(), note);
    }
}
