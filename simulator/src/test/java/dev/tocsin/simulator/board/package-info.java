/** Tests of {@code board}. */
@NullMarked
package dev.tocsin.simulator.board;

import org.jspecify.annotations.NullMarked;
