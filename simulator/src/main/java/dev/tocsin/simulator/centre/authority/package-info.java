/**
 * The small certificate authority: who may have a certificate, for which key, and for how long. Pure but for its ports: an
 * {@code Issuer} that signs and {@code AuthorityBooks} that remember. Uses the SDK's crypto to read requests.
 */
@NullMarked
package dev.tocsin.simulator.centre.authority;

import org.jspecify.annotations.NullMarked;
