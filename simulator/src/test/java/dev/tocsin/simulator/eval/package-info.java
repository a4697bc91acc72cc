/** Tests of {@code eval}. */
@NullMarked
package dev.tocsin.simulator.eval;

import org.jspecify.annotations.NullMarked;
