/** Tests of the crash run. */
@NullMarked
package dev.tocsin.simulator.crash;

import org.jspecify.annotations.NullMarked;
