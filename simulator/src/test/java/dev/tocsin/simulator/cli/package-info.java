/** Tests of {@code cli}. */
@NullMarked
package dev.tocsin.simulator.cli;

import org.jspecify.annotations.NullMarked;
