/** Tests of {@code centre.yaml}. */
@NullMarked
package dev.tocsin.simulator.yaml;

import org.jspecify.annotations.NullMarked;
