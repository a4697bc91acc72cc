/** Tests of {@code centre.sqlite}. */
@NullMarked
package dev.tocsin.simulator.centre.sqlite;

import org.jspecify.annotations.NullMarked;
