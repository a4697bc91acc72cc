/** Tests of the crash run. */
@NullMarked
package dev.tocsin.simulator.emulated;

import org.jspecify.annotations.NullMarked;
