/** Measurements, run by hand. They may use everything, and nothing uses them. */
@NullMarked
package dev.tocsin.benchmarks;

import org.jspecify.annotations.NullMarked;
