/** Tests of {@code centre.registry}. */
@NullMarked
package dev.tocsin.simulator.centre.registry;

import org.jspecify.annotations.NullMarked;
