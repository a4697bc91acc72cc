/**
 * Values to bytes and back: Protobuf for what is said, COSE_Sign1 (RFC 9052) for the envelope that signs it. Bytes from
 * outside are never trusted: what cannot be read is a {@link dev.tocsin.sdk.codec.Decoded.Malformed}, not an exception.
 * Uses {@code model} and {@code port}; Protobuf and CBOR stay in here.
 */
@NullMarked
package dev.tocsin.sdk.codec;

import org.jspecify.annotations.NullMarked;
