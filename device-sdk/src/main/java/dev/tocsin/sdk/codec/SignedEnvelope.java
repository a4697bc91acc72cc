package dev.tocsin.sdk.codec;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.Evidence;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.port.Signer;
import dev.tocsin.sdk.port.Verifier;
import java.util.Arrays;
import java.util.Optional;

/**
 * A COSE_Sign1 object (RFC 9052, section 4.2) with {@code alg}, {@code kid} and {@code typ} (RFC 9596) in the protected
 * header. Written with tag 18, read with or without. The payload is embedded. {@link #bytes} are the exact bytes that
 * were signed or received: they are what is journaled, sent, stored and handed on; nothing is encoded again to verify.
 */
public final class SignedEnvelope {

    /** Largest envelope that is read, bytes, but for {@linkplain #readEvidence evidence}; beyond it nothing is even parsed. */
    public static final int MAX_BYTES = CoseSign1.MAX_BYTES;

    private final CoseSign1 object;
    private final Bytes keyId;
    private final MessageType type;

    private SignedEnvelope(CoseSign1 object, Bytes keyId, MessageType type) {
        this.object = object;
        this.keyId = keyId;
        this.type = type;
    }

    /** Signs a message. */
    public static SignedEnvelope sign(MessageType type, byte[] payload, Signer signer) {
        return new SignedEnvelope(CoseSign1.sign(type.mediaType(), payload, signer), signer.keyId(), type);
    }

    /** Reads an envelope without believing it: {@link #isSignedBy} is the next question. */
    public static Decoded<SignedEnvelope> read(Bytes bytes) {
        return read(bytes, MAX_BYTES);
    }

    /** The same, up to {@link Evidence#MAX_BYTES}: evidence is longer than anything else that is signed. */
    public static Decoded<SignedEnvelope> readEvidence(Bytes bytes) {
        return read(bytes, Evidence.MAX_BYTES);
    }

    private static Decoded<SignedEnvelope> read(Bytes bytes, int maxBytes) {
        return switch (CoseSign1.read(bytes, maxBytes)) {
            case Decoded.Ok<CoseSign1>(CoseSign1 object) -> of(object);
            case Decoded.Malformed<CoseSign1>(String why) -> new Decoded.Malformed<>(why);
        };
    }

    private static Decoded<SignedEnvelope> of(CoseSign1 object) {
        Optional<MessageType> type = object.type().flatMap(SignedEnvelope::typeOf);
        if (object.keyId().isEmpty() || type.isEmpty()) {
            return new Decoded.Malformed<>(
                    "the protected header lacks " + (object.keyId().isEmpty() ? "kid" : "a typ that is known"));
        }
        return new Decoded.Ok<>(new SignedEnvelope(object, object.keyId().get(), type.get()));
    }

    /** Whether this key made the signature, with the algorithm that belongs to the key. */
    public boolean isSignedBy(Verifier key) {
        return key.keyId().equals(keyId) && object.isSignedBy(key);
    }

    /**
     * Whether the same header and payload were signed. Around them anybody can wrap other bytes without breaking the
     * signature: another tag, an unprotected header, for ES256 even another signature (r, n - s).
     */
    public boolean saysTheSameAs(SignedEnvelope other) {
        return Arrays.equals(protectedHeader(), other.protectedHeader()) && Arrays.equals(payload(), other.payload());
    }

    /** The exact bytes of the whole object. */
    public Bytes bytes() {
        return object.bytes();
    }

    /** The name of the key that claims to have signed. */
    public Bytes keyId() {
        return keyId;
    }

    /** What it says it holds. */
    public MessageType type() {
        return type;
    }

    /** The algorithm it claims. */
    public SignatureAlgorithm algorithm() {
        return object.algorithm();
    }

    /** What was signed beside the payload: the encoded header. */
    byte[] protectedHeader() {
        return object.protectedHeader();
    }

    /** What was signed: the encoded message. */
    byte[] payload() {
        return object.payload();
    }

    private static Optional<MessageType> typeOf(String mediaType) {
        return Arrays.stream(MessageType.values())
                .filter(t -> t.mediaType().equals(mediaType))
                .findFirst();
    }
}
