/** Tests of the laboratory. */
@NullMarked
package dev.tocsin.simulator.lab;

import org.jspecify.annotations.NullMarked;
