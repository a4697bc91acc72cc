@NullMarked
package dev.tocsin.simulator.mutant;

import org.jspecify.annotations.NullMarked;
