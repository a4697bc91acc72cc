/**
 * A county in a world of its own: its centres, its devices with their disks and boards, what is done to them, and the
 * chronicle of all that happened. A county is the unit that runs on one thread; what it does follows from the seed and its
 * name alone. Uses {@code world}, {@code network}, {@code storage}, {@code board}, {@code machine} and the real programs.
 */
@NullMarked
package dev.tocsin.simulator.county;

import org.jspecify.annotations.NullMarked;
