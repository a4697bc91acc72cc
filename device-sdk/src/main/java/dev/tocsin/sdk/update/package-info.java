/**
 * Updates of the program: what a centre signed is fetched, put into the slot that does not run, tried at the next start,
 * and confirmed or rolled back. Uses {@code model}, {@code port} and {@code codec}.
 */
@NullMarked
package dev.tocsin.sdk.update;

import org.jspecify.annotations.NullMarked;
