/**
 * Sensors on buses: what a chip's registers say becomes samples with units and times. A
 * {@link dev.tocsin.firmware.board.sensor.BusSensor} is what a device uses. Inside, a part knows its datasheet,
 * {@link dev.tocsin.firmware.board.sensor.PolledSensor} knows when to read it and what to tell when that fails. Nothing here
 * keeps a thread or reads a clock: the bus's thread, the event loop and the time come in. Knows the buses' ports, not Pi4J.
 */
@NullMarked
package dev.tocsin.firmware.board.sensor;

import org.jspecify.annotations.NullMarked;
