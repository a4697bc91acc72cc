package dev.tocsin.simulator.run;

import dev.tocsin.sdk.session.AlarmTiming;
import dev.tocsin.simulator.scenario.DeviceKind;
import dev.tocsin.simulator.scenario.Expectation;
import dev.tocsin.simulator.scenario.Fault;
import dev.tocsin.simulator.scenario.Fleet;
import dev.tocsin.simulator.scenario.Occurrence;
import dev.tocsin.simulator.scenario.Scenario;
import dev.tocsin.simulator.scenario.Stimulus;

/** Refuses what only the virtual world can play or judge. */
final class RealWorldLimits {

    private static final String HINT = "only the virtual world can: --world virtual";

    private final Scenario scenario;
    private final Planner.Refusing problems;

    private RealWorldLimits(Scenario scenario, Planner.Refusing problems) {
        this.scenario = scenario;
        this.problems = problems;
    }

    static void check(Scenario scenario, Planner.Refusing problems) {
        RealWorldLimits limits = new RealWorldLimits(scenario, problems);
        limits.fleet(scenario.fleet());
        scenario.network()
                .position()
                .ifPresent(at -> problems.refuse(at, "the real world's network is as it is", HINT));
        scenario.drills()
                .forEach(d -> problems.refuse(d.position(), "drills cannot be ordered in the real world yet", HINT));
        scenario.stimuli().stream()
                .filter(s -> s.action() instanceof Stimulus.Accept)
                .forEach(s -> problems.refuse(
                        s.position(), "nobody accepts alarms in the real world yet", "tocsin centre accept does"));
        scenario.stimuli().stream()
                .filter(s -> s.action() instanceof Stimulus.Sense)
                .forEach(s -> problems.refuse(s.position(), "sensors meet nothing in the real world", HINT));
        scenario.faults().forEach(limits::fault);
        scenario.expectations().forEach(limits::expectation);
    }

    private void fleet(Fleet fleet) {
        boolean senses = switch (fleet.devices()) {
            case Fleet.Named named ->
                named.ids().stream().anyMatch(id -> DeviceKind.of(id).hasSensor());
            case Fleet.Schools schools -> !schools.mix().isButtonsOnly();
            case Fleet.Total total -> !total.mix().isButtonsOnly();
        };
        if (senses) {
            refuse(
                    fleet.devices() instanceof Fleet.Named ? "fleet.devices" : "fleet.schools",
                    "devices with sensors cannot be played in the real world");
        }
        if (fleet.counties().size() > 1) {
            refuse("fleet.counties", "several counties cannot be run in the real world");
        }
        if (!fleet.secure()) {
            refuse("fleet.channel", "a plain channel cannot be had in the real world");
        }
        if (fleet.timing() != AlarmTiming.QUICK) {
            refuse("fleet.alarm-timing", "devices have the usual timing of alarms in the real world");
        }
        if (fleet.certificateLife().isPresent()) {
            refuse("fleet.certificate-life", "no authority renews certificates in the real world's runs");
        }
        if (!fleet.backups().isEmpty()) {
            refuse("fleet.backup", "a centre has one address in the real world");
        }
    }

    private void fault(Fault fault) {
        boolean killed = fault instanceof Fault.OfCentre of && of.outage() instanceof Fault.Killed;
        boolean timed = switch (fault.when()) {
            case Occurrence.At(var moment) -> moment.stimulus().isEmpty();
            case Occurrence.Every every -> true;
            case Occurrence.Anywhere anywhere -> false;
        };
        if (!killed) {
            problems.refuse(
                    fault.position(), "in the real world centres are killed, and nothing else goes wrong", HINT);
        } else if (!timed) {
            problems.refuse(
                    fault.position(), "in the real world a fault has its time beforehand", "at: 4s, or every: 20s");
        }
    }

    private void expectation(Expectation expectation) {
        boolean judged = switch (expectation) {
            case Expectation.Delivered e -> true;
            case Expectation.Latency e -> !e.noFault();
            case Expectation.Recovered e -> true;
            case Expectation.ThreadsGrown e -> true;
            case Expectation.ToldAgain e -> true;
            case Expectation.Durable e -> false;
            case Expectation.OutagesDetected e -> false;
            case Expectation.SlowedBy e -> false;
            case Expectation.Renewed e -> false;
            case Expectation.DrillsAt e -> false;
            case Expectation.Detects e -> false;
        };
        if (!judged) {
            refuse("expect." + expectation.id(), expectation.id() + " cannot be judged in the real world");
        }
    }

    private void refuse(String part, String what) {
        problems.refuse(scenario.placeOf(part), what, HINT);
    }
}
