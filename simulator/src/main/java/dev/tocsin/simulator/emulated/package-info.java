/**
 * A board without a board: the built arm64 package on a Debian under QEMU, its GPIO lines driven and read from here, its
 * power and its network cut from here, against two real centres on loopback. Uses the centre, the firmware's board profiles,
 * and processes, sockets and files; what is emulated is the machine, never a part of ours.
 */
@NullMarked
package dev.tocsin.simulator.emulated;

import org.jspecify.annotations.NullMarked;
