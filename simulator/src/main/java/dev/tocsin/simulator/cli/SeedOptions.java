package dev.tocsin.simulator.cli;

import dev.tocsin.simulator.scenario.Scenario;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say which seeds are played, and how. */
final class SeedOptions {

    private static final int MOST_RUNS = 1_000_000;

    @Option(names = "--seed", paramLabel = "N", description = "another seed than the scenario's")
    @Nullable
    Long seed;

    @Option(
            names = "--runs",
            paramLabel = "K",
            description = "plays K seeds, this one and those after it, and stops at the first that does not hold")
    int runs = 1;

    @Option(names = "--keep-going", description = "with --runs: goes on after a seed that does not hold")
    boolean keepGoing;

    @Option(
            names = "--swarm",
            description = {
                "each seed draws its own mix of faults, fleet and weather out of what the scenario has:",
                "what one seed leaves out no longer hides the rest"
            })
    boolean swarm;

    @Option(names = "--no-shrink", description = "does not look for a smaller scenario that fails the same way")
    boolean noShrink;

    @Option(
            names = "--check-determinism",
            description = "plays each seed twice, with another number of threads, and compares the digests")
    boolean checkDeterminism;

    /** The scenario with its first seed. */
    Scenario adjusted(Scenario read, Misuse misuse) {
        if (seed != null && seed < 0) {
            throw misuse.of("--seed is out of range: 0 or more");
        }
        if (runs < 1 || runs > MOST_RUNS) {
            throw misuse.of("--runs is out of range: 1 to " + MOST_RUNS);
        }
        if (keepGoing && runs == 1) {
            throw misuse.of("--keep-going needs more than one run: add --runs K");
        }
        Scenario adjusted = seed == null ? read : read.withSeed(seed);
        if (adjusted.run().seed() > Long.MAX_VALUE - runs) {
            throw misuse.of("--seed is out of range: " + runs + " seeds must come after it");
        }
        return adjusted;
    }

    /** The real world has one time, and plays one seed in it. */
    void checkReal(Misuse misuse) {
        if (runs > 1 || swarm || checkDeterminism) {
            String option = runs > 1 ? "--runs" : swarm ? "--swarm" : "--check-determinism";
            throw misuse.of(option + " needs the virtual world: add --world virtual");
        }
    }
}
