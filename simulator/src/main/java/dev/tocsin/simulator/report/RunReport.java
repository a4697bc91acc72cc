package dev.tocsin.simulator.report;

import dev.tocsin.simulator.check.Distribution;
import dev.tocsin.simulator.check.Findings;
import dev.tocsin.simulator.check.Judge;
import dev.tocsin.simulator.check.Latencies;
import dev.tocsin.simulator.check.Outcome;
import dev.tocsin.simulator.check.Promise;
import dev.tocsin.simulator.check.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything there is to tell about one run.
 *
 * @param scenario its name
 * @param world real or virtual
 * @param seed its seed
 * @param verdict what it came to
 * @param digest what must come out the same each time
 * @param simulatedS how long the scenario went on, seconds
 * @param wallS how long the whole run took, seconds
 * @param fleet who was there
 * @param input where the contacts' movements came from
 * @param playing how the hand did
 * @param exchanges alarms and other signed events that a centre answered with a receipt
 * @param findings what the observer found
 * @param latencies how long it took
 * @param outcomes what became of each expectation
 * @param cutShort why the run was not played to its end; empty if it was
 * @param exercised how often each kind of fault and of race was really met; empty where nobody counts
 * @param scene what else the world tells
 */
public record RunReport(
        String scenario,
        String world,
        long seed,
        Verdict verdict,
        String digest,
        double simulatedS,
        double wallS,
        FleetFacts fleet,
        Input input,
        Playing playing,
        long exchanges,
        Findings findings,
        Latencies latencies,
        List<Outcome> outcomes,
        Optional<String> cutShort,
        SortedMap<String, Long> exercised,
        Scene scene) {

    public RunReport {
        outcomes = List.copyOf(outcomes);
        exercised = Collections.unmodifiableSortedMap(new TreeMap<>(exercised));
    }

    /** The expectation of a run that was played twice. */
    public static final String DETERMINISTIC = "deterministic";

    /** The same, with what became of one expectation more; the verdict follows. */
    public RunReport with(Outcome outcome) {
        List<Outcome> all = new ArrayList<>(outcomes);
        all.add(outcome);
        return new RunReport(
                scenario,
                world,
                seed,
                Judge.overall(all),
                digest,
                simulatedS,
                wallS,
                fleet,
                input,
                playing,
                exchanges,
                findings,
                latencies,
                all,
                cutShort,
                exercised,
                scene);
    }

    /** Whether it was played twice and came out in two ways. */
    public boolean isUnequal() {
        return outcomes.stream().anyMatch(o -> o.id().equals(DETERMINISTIC) && o.verdict() == Verdict.VIOLATED);
    }

    /** Promises of which this run says nothing. */
    public List<Promise> unexamined() {
        return Judge.unexamined(findings);
    }

    /** The centres on every alarm's route. */
    public Set<String> route() {
        return Set.copyOf(fleet.centres());
    }

    /** How long it took for those presses that met no fault; empty where no fault was in force. */
    public Optional<Latencies> unfaulted() {
        return scene.faults().isEmpty()
                ? Optional.empty()
                : Optional.of(Latencies.of(scene.unfaulted(findings.presses())));
    }

    /**
     * Who was there.
     *
     * @param devices how many devices
     * @param centres ids of the centres
     * @param centresAsProcesses whether each had a process of its own
     * @param threads most threads of this process with all devices open, while they alarmed, and until all was settled
     * @param threadsGrown how many of them came after the first device was armed
     */
    public record FleetFacts(
            int devices, List<String> centres, boolean centresAsProcesses, int threads, int threadsGrown) {
        public FleetFacts {
            centres = List.copyOf(centres);
        }
    }

    /**
     * How the hand did.
     *
     * @param moves how many changes of level it played
     * @param lateness how much later than planned
     */
    public record Playing(int moves, Distribution lateness) {}
}
