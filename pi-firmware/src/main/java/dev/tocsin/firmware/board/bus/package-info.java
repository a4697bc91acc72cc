/**
 * Buses to chips: {@link dev.tocsin.firmware.board.bus.I2cBus} and {@link dev.tocsin.firmware.board.bus.SpiBus} are the
 * ports, {@link dev.tocsin.firmware.board.bus.Pi4jBuses} is the adapter, the only one here that knows Pi4J. A transfer
 * blocks for milliseconds, on a sick bus for a second: it belongs on the
 * bus's own thread, never on a device's event loop.
 */
@NullMarked
package dev.tocsin.firmware.board.bus;

import org.jspecify.annotations.NullMarked;
