/** Drivers against models of their parts, written from the datasheets, and against recorded bus traffic. */
@org.jspecify.annotations.NullMarked
package dev.tocsin.firmware.board.sensor;
