/**
 * CoAP (RFC 7252, 7959) over DTLS 1.2 with connection ID (RFC 6347, 9146), on Californium and Scandium; plain CoAP for
 * laboratories. {@code CoapTransport} is a device's side and implements the port {@code Transport}; {@code CoapService} is
 * a centre's. Both run on any {@code DatagramNetwork}, clock and executor, so that the same code works on real sockets and
 * in virtual time. Uses {@code port} and {@code model}; Californium stays in here.
 */
@NullMarked
package dev.tocsin.sdk.coap;

import org.jspecify.annotations.NullMarked;
