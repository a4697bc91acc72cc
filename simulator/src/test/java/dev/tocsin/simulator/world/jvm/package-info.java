@NullMarked
package dev.tocsin.simulator.world.jvm;

import org.jspecify.annotations.NullMarked;
