/** Tests of {@code centre.ledger}. */
@NullMarked
package dev.tocsin.simulator.centre.ledger;

import org.jspecify.annotations.NullMarked;
