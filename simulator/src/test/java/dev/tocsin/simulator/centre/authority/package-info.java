/** Tests of the authority: its desk alone, and devices that renew with it in virtual time. */
@NullMarked
package dev.tocsin.simulator.centre.authority;

import org.jspecify.annotations.NullMarked;
