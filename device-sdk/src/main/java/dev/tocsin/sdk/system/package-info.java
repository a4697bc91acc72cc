/** The machine's own clock and event loop. Implements the ports {@code Clock} and {@code Timers} on the JDK. */
@NullMarked
package dev.tocsin.sdk.system;

import org.jspecify.annotations.NullMarked;
