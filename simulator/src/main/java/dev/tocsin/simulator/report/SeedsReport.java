package dev.tocsin.simulator.report;

import dev.tocsin.simulator.check.Judge;
import dev.tocsin.simulator.check.Latencies;
import dev.tocsin.simulator.check.Outcome;
import dev.tocsin.simulator.check.Promise;
import dev.tocsin.simulator.check.Sightings;
import dev.tocsin.simulator.check.Tally;
import dev.tocsin.simulator.check.Verdict;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Everything there is to tell about many seeds of one scenario: sums, and one of the runs whole.
 *
 * @param shown the first run that did not hold, or else the last one
 * @param asked how many runs were asked for
 * @param verdict what they came to together
 * @param digest over the digests of all of them, in their order
 * @param wallS how long all of it took, seconds
 * @param sums what adds up
 * @param latencies over all presses of all runs
 * @param unfaulted over those that met no fault; empty where there was no fault in any run
 * @param outcomes what became of each expectation over all runs
 * @param wrongs single things that are wrong, with their seeds; the first ones
 * @param runs each run, in the order of the seeds
 * @param exercised how often each kind of fault and of race was really met
 * @param unequal seeds that gave another digest when they were played again
 * @param cutShort why there are fewer runs than asked for though none failed; empty if there are not
 */
public record SeedsReport(
        RunReport shown,
        int asked,
        Verdict verdict,
        String digest,
        double wallS,
        Sums sums,
        Latencies latencies,
        Optional<Latencies> unfaulted,
        List<Outcome> outcomes,
        List<String> wrongs,
        List<SeedRun> runs,
        SortedMap<String, Long> exercised,
        List<Long> unequal,
        Optional<String> cutShort) {

    public SeedsReport {
        outcomes = List.copyOf(outcomes);
        wrongs = List.copyOf(wrongs);
        runs = List.copyOf(runs);
        exercised = Collections.unmodifiableSortedMap(new TreeMap<>(exercised));
        unequal = List.copyOf(unequal);
    }

    /**
     * What adds up.
     *
     * @param alarms about the presses
     * @param others about everything else that is signed
     * @param toldAgain presses told again
     * @param exchanges events that a centre answered with a receipt
     * @param moves changes of level that hands played
     * @param recorded presses that followed a recording
     * @param synthetic presses that were drawn
     * @param devices most devices of one run: this does not add up
     * @param simulatedS how long the scenarios went on, seconds
     * @param sightings what sensors saw
     */
    public record Sums(
            Tally alarms,
            Tally others,
            long toldAgain,
            long exchanges,
            long moves,
            int recorded,
            int synthetic,
            int devices,
            double simulatedS,
            Sightings sightings) {

        /** Of no run. */
        public static final Sums NONE = new Sums(Tally.NONE, Tally.NONE, 0, 0, 0, 0, 0, 0, 0, Sightings.NONE);

        /** And one run more. */
        public Sums plus(RunReport r) {
            return new Sums(
                    alarms.plus(r.findings().alarms()),
                    others.plus(r.findings().others()),
                    toldAgain + r.findings().toldAgain(),
                    exchanges + r.exchanges(),
                    moves + r.playing().moves(),
                    recorded + r.input().recorded(),
                    synthetic + r.input().synthetic(),
                    Math.max(devices, r.fleet().devices()),
                    simulatedS + r.simulatedS(),
                    sightings.plus(r.findings().seen().sightings()));
        }
    }

    /** The first seed that was played. */
    public long firstSeed() {
        return runs.getFirst().seed();
    }

    /** Promises of which no run says anything. */
    public List<Promise> unexamined() {
        Set<String> said = outcomes.stream().map(Outcome::id).collect(Collectors.toSet());
        return Arrays.stream(Promise.values())
                .filter(p -> !said.contains(Judge.id(p)))
                .toList();
    }

    /** How many runs came to this. */
    public long count(Verdict which) {
        return runs.stream().filter(run -> run.verdict() == which).count();
    }

    /** Where the movements of all contacts came from. */
    Input input() {
        return new Input(sums.recorded, sums.synthetic, shown.input().note());
    }
}
