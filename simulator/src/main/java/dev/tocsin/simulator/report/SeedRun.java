package dev.tocsin.simulator.report;

import dev.tocsin.simulator.check.Verdict;

/**
 * One of many runs of a scenario.
 *
 * @param seed its seed
 * @param verdict what it came to
 * @param digest what must come out the same each time
 * @param detail what did not hold; empty if everything did
 */
public record SeedRun(long seed, Verdict verdict, String digest, String detail) {}
