/**
 * What a device feels and shows in a virtual world: a board without hardware whose contacts are moved by hand and whose lamps
 * are watched, sensors as functions of time, and a clock that can be wrong. All of it can break. Pure and seeded: time and
 * entropy come in. Uses the SDK's ports and model and the firmware's board.
 */
@NullMarked
package dev.tocsin.simulator.board;

import org.jspecify.annotations.NullMarked;
