/**
 * A drivable world to test devices in: virtual time, seeded entropy, a storage that loses power, a network with scripted
 * centres, and the contract that every {@code port.Storage} must pass. Shipped in the module's test-jar. Deterministic:
 * the same calls give the same run. Nothing here starts a thread or sleeps; one world belongs to one thread.
 */
@NullMarked
package dev.tocsin.sdk.testkit;

import org.jspecify.annotations.NullMarked;
