package dev.tocsin.simulator.run;

import dev.tocsin.simulator.scenario.Stimulus;
import java.util.List;

/**
 * Somebody accepts alarms.
 *
 * @param atNs when, from the start of the run
 * @param devices whose alarms
 */
record Acceptance(long atNs, List<String> devices, Stimulus.Accept accept) {}
