/** Tests of {@code shrink}. */
@NullMarked
package dev.tocsin.simulator.shrink;

import org.jspecify.annotations.NullMarked;
