package dev.tocsin.simulator.check;

/**
 * What became of one expectation.
 *
 * @param id the expectation's name
 * @param verdict whether it held
 * @param detail one sentence with the figures
 */
public record Outcome(String id, Verdict verdict, String detail) {}
