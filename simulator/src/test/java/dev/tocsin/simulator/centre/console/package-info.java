/** Tests of {@code centre.console}. */
@NullMarked
package dev.tocsin.simulator.centre.console;

import org.jspecify.annotations.NullMarked;
