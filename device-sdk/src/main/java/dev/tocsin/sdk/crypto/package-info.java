/**
 * Signing and verifying on Bouncy Castle's low-level API (5 to 20 times as fast as the platform's own for these curves),
 * keys as PEM, and the platform's randomness. Implements the ports {@code Signer}, {@code Verifier} and {@code Entropy};
 * Bouncy Castle stays in here.
 */
@NullMarked
package dev.tocsin.sdk.crypto;

import org.jspecify.annotations.NullMarked;
