/** Tests of {@code seeds}. */
@NullMarked
package dev.tocsin.simulator.seeds;

import org.jspecify.annotations.NullMarked;
