/**
 * What the JVM and the libraries on it must be told so that a world depends on its seed alone: Californium's clock, the
 * platform's {@code SecureRandom}, and the few places where Scandium reads the wall clock. {@link
 * dev.tocsin.simulator.world.jvm.Determinism#install} is the way in. The only part of the virtual world that asks the
 * machine for time or chance, and only on threads that have no world.
 */
@NullMarked
package dev.tocsin.simulator.world.jvm;

import org.jspecify.annotations.NullMarked;
