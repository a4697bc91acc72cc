/**
 * The physical board of a device: which thing hangs on which pin, its inputs with the bounce taken out of them, its lamps
 * and its buzzer. Nothing here keeps a thread or reads a clock of its own: time, timers and the event loop come in.
 * Pi4J stays inside {@link dev.tocsin.firmware.board.Pi4jBoard} here; {@code bus} and {@code sensor} below it are chips on
 * buses. Uses the SDK's ports and Jackson's TOML reader.
 */
@NullMarked
package dev.tocsin.firmware.board;

import org.jspecify.annotations.NullMarked;
