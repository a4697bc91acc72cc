package dev.tocsin.sdk.port;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.SignatureAlgorithm;

/** A public key that verifies. Any thread may use it. */
public interface Verifier {

    /** The only algorithm this key is good for; a message that claims another is refused. */
    SignatureAlgorithm algorithm();

    /** Names the key, as {@link Signer#keyId}. */
    Bytes keyId();

    /** Whether the signature is this key's over this message. Any bytes may come in; never throws. */
    boolean verify(byte[] message, byte[] signature);
}
