package dev.tocsin.simulator.run;

/**
 * A stimulus reaches a device.
 *
 * @param atNs when, from the start of the run
 */
record Reached(String device, long atNs) {}
