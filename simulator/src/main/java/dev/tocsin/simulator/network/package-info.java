/**
 * Datagrams between the machines of a world: what a network does to them, NAT, attackers and wiretaps included. {@link
 * dev.tocsin.simulator.network.VirtualNetwork} joins {@link dev.tocsin.simulator.network.Host}s; a host gives its machine
 * the SDK's {@code DatagramNetwork}. A datagram passes, in this order: the sender's NAT, the attacker, the path (size,
 * partition), the sender's line up, the path again (loss, delay, duplicates), the receiver's line down, its NAT, its socket.
 * Every draw is from the entropy of the path, the line or the NAT that it is about. Uses {@code world} and the SDK's ports.
 */
@NullMarked
package dev.tocsin.simulator.network;

import org.jspecify.annotations.NullMarked;
