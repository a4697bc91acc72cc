/**
 * The firmware as it is started: command line, configuration, and the wiring of a board's inputs and lamps to the SDK's
 * device. Wiring only: whatever decides something lives in {@code board} or in the SDK.
 */
@NullMarked
package dev.tocsin.firmware.app;

import org.jspecify.annotations.NullMarked;
