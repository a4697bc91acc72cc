/** What a centre's devices resume their sessions from: bounded in number and age. Uses the SDK's model and ports. */
@NullMarked
package dev.tocsin.simulator.centre.sessions;

import org.jspecify.annotations.NullMarked;
