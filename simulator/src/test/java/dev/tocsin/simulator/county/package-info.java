/** Tests of counties. */
@NullMarked
package dev.tocsin.simulator.county;

import org.jspecify.annotations.NullMarked;
