@NullMarked
package dev.tocsin.simulator.centre.evidence;

import org.jspecify.annotations.NullMarked;
