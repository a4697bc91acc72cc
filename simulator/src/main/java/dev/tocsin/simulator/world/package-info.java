/**
 * The virtual world: one queue of events, the time that follows from it, and randomness that follows from a seed and names.
 * A {@link dev.tocsin.simulator.world.World} belongs to the thread that opened it, and so does everything in it; several
 * worlds run side by side on as many threads. Uses the SDK's {@code port} and {@code model} only.
 */
@NullMarked
package dev.tocsin.simulator.world;

import org.jspecify.annotations.NullMarked;
