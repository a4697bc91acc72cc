/**
 * A bad network under real sockets: packets that a TUN device of the kernel hands to us are lost and delayed here. TCP and
 * UDP meet it alike, below their own retransmission. Linux only, in a network namespace of its own.
 */
@NullMarked
package dev.tocsin.benchmarks.lossy;

import org.jspecify.annotations.NullMarked;
