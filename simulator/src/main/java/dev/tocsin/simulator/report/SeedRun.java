package dev.tocsin.simulator.report;

import dev.tocsin.simulator.check.Verdict;

/** One of many runs of a scenario: its seed, what it came to, and its digest. */
public record SeedRun(long seed, Verdict verdict, String digest) {}
