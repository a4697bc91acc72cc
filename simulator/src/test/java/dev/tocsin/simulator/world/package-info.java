@NullMarked
package dev.tocsin.simulator.world;

import org.jspecify.annotations.NullMarked;
