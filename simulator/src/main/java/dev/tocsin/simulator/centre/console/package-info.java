/** Entries of a ledger as lines for people. */
@NullMarked
package dev.tocsin.simulator.centre.console;

import org.jspecify.annotations.NullMarked;
