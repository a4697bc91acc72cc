/** {@code tocsin bench}: measures the paths in turns, and tells it as a table, as JSON and as a page. */
@NullMarked
package dev.tocsin.benchmarks.bench;

import org.jspecify.annotations.NullMarked;
