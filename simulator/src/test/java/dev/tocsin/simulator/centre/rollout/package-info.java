/** Tests of rollouts. */
@NullMarked
package dev.tocsin.simulator.centre.rollout;

import org.jspecify.annotations.NullMarked;
