@NullMarked
package dev.tocsin.simulator.network;

import org.jspecify.annotations.NullMarked;
