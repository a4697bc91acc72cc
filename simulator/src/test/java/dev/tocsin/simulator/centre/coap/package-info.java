/** Tests of {@code centre.coap}. */
@NullMarked
package dev.tocsin.simulator.centre.coap;

import org.jspecify.annotations.NullMarked;
