/** Tests of the real clock and the real event loop: the contracts that virtual ones keep too. */
@NullMarked
package dev.tocsin.sdk.system;

import org.jspecify.annotations.NullMarked;
