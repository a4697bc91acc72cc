package dev.tocsin.simulator.scenario;

import dev.tocsin.simulator.yaml.Position;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A scenario, as read.
 *
 * @param file where it was read, for messages
 * @param name short, as on the command line
 * @param story what it is about, for people
 * @param run seed, start and length
 * @param fleet centres and devices
 * @param network what lies between them
 * @param stimuli what happens at the devices
 * @param drills what education orders
 * @param faults what goes wrong
 * @param settle how long after the last stimulus and the end of the last fault everything may take to arrive
 * @param expectations what must hold; at least one
 * @param places where parts are written that have no position of their own: {@code fleet.channel}, {@code expect.ID}
 */
public record Scenario(
        String file,
        String name,
        String story,
        Run run,
        Fleet fleet,
        Network network,
        List<Stimulus> stimuli,
        List<Drill> drills,
        List<Fault> faults,
        Duration settle,
        List<Expectation> expectations,
        Map<String, Position> places) {

    public Scenario {
        stimuli = List.copyOf(stimuli);
        drills = List.copyOf(drills);
        faults = List.copyOf(faults);
        expectations = List.copyOf(expectations);
        places = Map.copyOf(places);
    }

    /** Where a part is written; the file's beginning if nobody wrote it. */
    public Position placeOf(String part) {
        return places.getOrDefault(part, new Position(1, 1));
    }

    /** The same on another fleet. */
    public Scenario withFleet(Fleet other) {
        return new Scenario(
                file, name, story, run, other, network, stimuli, drills, faults, settle, expectations, places);
    }

    /** The same over another network. */
    public Scenario withNetwork(Network other) {
        return new Scenario(
                file, name, story, run, fleet, other, stimuli, drills, faults, settle, expectations, places);
    }

    /** The same where something else happens. */
    public Scenario withStimuli(List<Stimulus> other) {
        return new Scenario(
                file, name, story, run, fleet, network, other, drills, faults, settle, expectations, places);
    }

    /** The same with other drills. */
    public Scenario withDrills(List<Drill> other) {
        return new Scenario(
                file, name, story, run, fleet, network, stimuli, other, faults, settle, expectations, places);
    }

    /** The same where something else goes wrong. */
    public Scenario withFaults(List<Fault> other) {
        return new Scenario(
                file, name, story, run, fleet, network, stimuli, drills, other, settle, expectations, places);
    }

    /** The same, and something else must hold. */
    public Scenario withExpectations(List<Expectation> other) {
        return new Scenario(file, name, story, run, fleet, network, stimuli, drills, faults, settle, other, places);
    }

    /** The same, run otherwise. */
    public Scenario withRun(Run other) {
        return new Scenario(
                file, name, story, other, fleet, network, stimuli, drills, faults, settle, expectations, places);
    }

    /** The same under another name. */
    public Scenario named(String other) {
        return new Scenario(
                file, other, story, run, fleet, network, stimuli, drills, faults, settle, expectations, places);
    }

    /** The same with another seed. */
    public Scenario withSeed(long seed) {
        return withRun(new Run(seed, run.start(), run.duration(), run.real()));
    }

    /** The same with another length: what goes on to the end goes on to this one, and what begins after it is left out. */
    public Scenario withDuration(Duration length) {
        Cut cut = new Cut(length);
        List<Stimulus> left = cut.stimuli(stimuli);
        return withRun(new Run(run.seed(), run.start(), length, run.real()))
                .withStimuli(left)
                .withDrills(cut.drills(drills))
                .withFaults(cut.faults(faults, left));
    }

    /**
     * How it is run.
     *
     * @param seed every choice of the run derives from it
     * @param start wall-clock time at the start; only a virtual world can have it
     * @param duration how long stimuli go on; as long as the last one needs where it is zero
     * @param real whether it is meant for the real world; the virtual one otherwise
     */
    public record Run(long seed, Optional<OffsetDateTime> start, Duration duration, boolean real) {}
}
