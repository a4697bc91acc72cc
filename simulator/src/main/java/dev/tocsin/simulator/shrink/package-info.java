/**
 * Makes a scenario that fails smaller while it fails the same way: fewer faults, stimuli, drills, devices. Plays each try in the
 * virtual world with {@code run}, and writes what is left as a file. Uses run, report, scenario and check; asks nobody for
 * time or threads.
 */
@NullMarked
package dev.tocsin.simulator.shrink;

import org.jspecify.annotations.NullMarked;
