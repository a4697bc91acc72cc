/** Tests of the drawings of a board's wiring. */
@NullMarked
package dev.tocsin.firmware.wiring;

import org.jspecify.annotations.NullMarked;
