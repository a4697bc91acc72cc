/**
 * Tests of CoAP over DTLS on real loopback sockets, with throw-away certificates. {@code TestAuthority} and {@code
 * DatagramNetworkContract} are for other modules' tests, too.
 */
@NullMarked
package dev.tocsin.sdk.coap;

import org.jspecify.annotations.NullMarked;
