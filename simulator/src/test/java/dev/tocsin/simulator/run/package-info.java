/** Tests of {@code run}. */
@NullMarked
package dev.tocsin.simulator.run;

import org.jspecify.annotations.NullMarked;
