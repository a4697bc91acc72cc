/** Raising alarms at a rate, or as fast as they come back, and counting how long each took. */
@NullMarked
package dev.tocsin.benchmarks.load;

import org.jspecify.annotations.NullMarked;
