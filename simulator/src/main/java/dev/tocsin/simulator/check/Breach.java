package dev.tocsin.simulator.check;

/**
 * A single thing that is wrong.
 *
 * @param promise which promise it breaks
 * @param what a sentence with the alarm, device or entry
 */
public record Breach(Promise promise, String what) {}
