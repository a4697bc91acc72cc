/**
 * Deliberate breaks, one or more for each promise, and what each must be caught by. A mutant changes compiled classes of the
 * SDK or the centre when they are loaded, in a process of its own that plays a swarm and nothing else: there is no switch in
 * the code that ships, and so none that could be thrown. Uses {@code world.jvm} to load classes, {@code seeds} to play, and
 * ASM.
 */
@NullMarked
package dev.tocsin.simulator.mutant;

import org.jspecify.annotations.NullMarked;
