/**
 * Plays a scenario in the real world: writes keys and configurations of a throw-away authority, starts centres on loopback
 * sockets and devices on desk boards, moves their contacts at the planned times, and gathers what the observer needs. The
 * plan is pure; threads, processes and the machine's clock are in the runners. Uses everything below it: scenario, check,
 * report, centre, firmware.
 */
@NullMarked
package dev.tocsin.simulator.run;

import org.jspecify.annotations.NullMarked;
