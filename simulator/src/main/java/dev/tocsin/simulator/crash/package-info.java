/**
 * Kills a real device process at random instants and looks whether anything that was durable is missing. Processes, files
 * and sockets are real; only the finger on the button is not.
 */
@NullMarked
package dev.tocsin.simulator.crash;

import org.jspecify.annotations.NullMarked;
