/** Tests of the centre, and what they share: time moved by hand, devices with keys. */
@NullMarked
package dev.tocsin.simulator.centre;

import org.jspecify.annotations.NullMarked;
