/** The authority's key and certificates, on Bouncy Castle, in files. Implements {@code Issuer}. */
@NullMarked
package dev.tocsin.simulator.centre.x509;

import org.jspecify.annotations.NullMarked;
