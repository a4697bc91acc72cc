/** Tests of {@code check}. */
@NullMarked
package dev.tocsin.simulator.check;

import org.jspecify.annotations.NullMarked;
