/**
 * What the core needs from the world outside: time, timers, a network, a disk, keys and randomness. Each port has a real
 * adapter (packages {@code coap}, {@code crypto}, {@code disk}) and a simulated one; both pass the same contract test.
 * Uses {@code model} only.
 */
@NullMarked
package dev.tocsin.sdk.port;

import org.jspecify.annotations.NullMarked;
