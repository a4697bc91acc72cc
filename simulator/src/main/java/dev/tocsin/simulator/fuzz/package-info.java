/**
 * Feeds every reader of bytes from outside with bytes that nobody meant. {@code tocsin fuzz} lets Jazzer choose them, guided
 * by what they reach; the tests feed the saved corpus and some mutations of it in every build. A reader may refuse in
 * whatever way it says it does; an exception that it does not document, more than a second for one input, or memory that
 * grows is a finding.
 */
@NullMarked
package dev.tocsin.simulator.fuzz;

import org.jspecify.annotations.NullMarked;
