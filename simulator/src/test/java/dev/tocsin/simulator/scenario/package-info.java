/** Tests of {@code scenario}. */
@NullMarked
package dev.tocsin.simulator.scenario;

import org.jspecify.annotations.NullMarked;
