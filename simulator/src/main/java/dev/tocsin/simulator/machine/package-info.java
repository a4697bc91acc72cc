/**
 * Machines of the virtual world: something with a power switch, a place on the network, and a program that starts when power
 * comes. The programs are the real ones, a device on the SDK's runtime or a centre behind CoAP; only what they stand on is
 * virtual. Uses {@code world}, {@code network}, {@code centre} and the SDK.
 */
@NullMarked
package dev.tocsin.simulator.machine;

import org.jspecify.annotations.NullMarked;
