@NullMarked
package dev.tocsin.simulator.machine;

import org.jspecify.annotations.NullMarked;
