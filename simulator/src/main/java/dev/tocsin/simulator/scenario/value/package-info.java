/** The values that scenarios are written with: a text with its unit each. Uses {@code network} for its latencies. */
@NullMarked
package dev.tocsin.simulator.scenario.value;

import org.jspecify.annotations.NullMarked;
