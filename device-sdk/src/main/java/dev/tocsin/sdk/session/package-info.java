/**
 * The device's brain: raises alarms, delivers each to every centre on its route until that centre's signed receipt is
 * verified, keeps the latch, beats, and knows what the lamp may truthfully show. Single-threaded: everything is called on
 * the device's event loop. It owns no thread, reads no clock and opens no socket; it uses {@code model}, {@code port},
 * {@code codec} and {@code journal}.
 */
@NullMarked
package dev.tocsin.sdk.session;

import org.jspecify.annotations.NullMarked;
