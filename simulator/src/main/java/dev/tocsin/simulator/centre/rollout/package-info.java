/**
 * Updates of a fleet, in stages: which device is offered what, how far each is, and when to stop. Pure, but for a store
 * behind a port. Uses the SDK's {@code model} and {@code codec}.
 */
@NullMarked
package dev.tocsin.simulator.centre.rollout;

import org.jspecify.annotations.NullMarked;
