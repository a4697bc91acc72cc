/** Tests of {@code centre.config}. */
@NullMarked
package dev.tocsin.simulator.centre.config;

import org.jspecify.annotations.NullMarked;
