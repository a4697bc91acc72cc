package dev.tocsin.sdk.codec;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.port.Signer;
import dev.tocsin.sdk.port.Verifier;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A COSE_Sign1 object (RFC 9052, section 4.2): tag 18 or none, payload embedded, no external data, the algorithm in the
 * protected header and one of ours. That it is signed says nothing of what it means: a message of Tocsin's is a {@link
 * SignedEnvelope}, which also says its type and key.
 */
public final class CoseSign1 {

    /** Largest object that is read unless more is said, bytes; beyond it nothing is even parsed. */
    static final int MAX_BYTES = 4096;

    private static final int TAG = 18;
    private static final int ALG = 1;
    private static final int CRIT = 2;
    private static final int KID = 4;
    private static final int TYP = 16;
    private static final byte[] NO_EXTERNAL_DATA = {};
    private static final String CONTEXT = "Signature1";

    /** For the heads of an object, and of what is signed. */
    private static final int ROOM = 6 * CborItems.HEAD_BYTES;

    /** For those of a protected header. */
    private static final int HEADER_ROOM = 7 * CborItems.HEAD_BYTES;

    private static final CBORFactory CBOR = new CBORFactory();

    private final Bytes bytes;
    private final byte[] protectedHeader;
    private final byte[] payload;
    private final byte[] signature;
    private final Header header;

    /** What of the protected header is ours; the algorithm stands in every object. */
    private record Header(SignatureAlgorithm algorithm, Optional<Bytes> keyId, Optional<String> type) {}

    private CoseSign1(Bytes bytes, byte[] protectedHeader, byte[] payload, byte[] signature, Header header) {
        this.bytes = bytes;
        this.protectedHeader = protectedHeader;
        this.payload = payload;
        this.signature = signature;
        this.header = header;
    }

    /** Signs, with {@code alg}, {@code kid} and {@code typ} (RFC 9596) in the protected header. */
    static CoseSign1 sign(String type, byte[] payload, Signer signer) {
        Header header = new Header(signer.algorithm(), Optional.of(signer.keyId()), Optional.of(type));
        byte[] protectedHeader = new CborItems(HEADER_ROOM + signer.keyId().size() + type.length())
                .map(3)
                .number(ALG)
                .number(signer.algorithm().coseNumber())
                .number(KID)
                .bytes(signer.keyId().readOnlyArray())
                .number(TYP)
                .text(type)
                .toArray();
        byte[] signature = signer.sign(toBeSigned(protectedHeader, payload));
        byte[] whole = new CborItems(ROOM + protectedHeader.length + payload.length + signature.length)
                .tag(TAG)
                .array(4)
                .bytes(protectedHeader)
                .map(0)
                .bytes(payload)
                .bytes(signature)
                .toArray();
        return new CoseSign1(Bytes.wrap(whole), protectedHeader, payload, signature, header);
    }

    /** Reads an object without believing it: {@link #isSignedBy} is the next question. */
    public static Decoded<CoseSign1> read(Bytes bytes) {
        return read(bytes, MAX_BYTES);
    }

    /** The same, up to so many bytes. */
    static Decoded<CoseSign1> read(Bytes bytes, int maxBytes) {
        if (bytes.size() > maxBytes) {
            return malformed("longer than " + maxBytes + " bytes: " + bytes.size());
        }
        try (CBORParser p = CBOR.createParser(bytes.readOnlyArray())) {
            if (p.nextToken() != JsonToken.START_ARRAY) {
                return malformed("not a COSE_Sign1 array");
            }
            int tag = p.getCurrentTag();
            if (tag != -1 && tag != TAG) {
                return malformed("CBOR tag " + tag + " instead of " + TAG + " (COSE_Sign1)");
            }
            byte[] protectedHeader = binary(p, p.nextToken());
            if (protectedHeader == null) {
                return malformed("the protected header is not a byte string");
            }
            if (p.nextToken() != JsonToken.START_OBJECT) {
                return malformed("the unprotected header is not a map");
            }
            p.skipChildren();
            byte[] payload = binary(p, p.nextToken());
            if (payload == null) {
                return malformed("the payload is not a byte string");
            }
            byte[] signature = binary(p, p.nextToken());
            if (signature == null || signature.length != SignatureAlgorithm.SIGNATURE_BYTES) {
                return malformed("the signature is not a byte string of " + SignatureAlgorithm.SIGNATURE_BYTES);
            }
            if (p.nextToken() != JsonToken.END_ARRAY) {
                return malformed("not an array of four");
            }
            if (p.currentLocation().getByteOffset() != bytes.size()) {
                return malformed("bytes behind the end");
            }
            return switch (readHeader(protectedHeader)) {
                case Decoded.Ok<Header>(Header h) ->
                    new Decoded.Ok<>(new CoseSign1(bytes, protectedHeader, payload, signature, h));
                case Decoded.Malformed<Header>(String why) -> malformed(why);
            };
        } catch (IOException | RuntimeException e) {
            return malformed("not CBOR: " + firstLine(e));
        }
    }

    private static Decoded<Header> readHeader(byte[] bytes) throws IOException {
        SignatureAlgorithm algorithm = null;
        Bytes keyId = null;
        String type = null;
        Set<String> seen = new HashSet<>();
        try (CBORParser p = CBOR.createParser(bytes)) {
            if (p.nextToken() != JsonToken.START_OBJECT) {
                return new Decoded.Malformed<>("the protected header is not a map");
            }
            for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
                // the parser gives numbers and texts alike as text: the byte where the label begins says which it is
                boolean number = (bytes[(int) p.currentTokenLocation().getByteOffset()] & 0xFF) < 0x40;
                String label = number ? name : "'" + name + "'";
                if (!seen.add(label)) {
                    return new Decoded.Malformed<>("header label " + label + " twice");
                }
                JsonToken token = p.nextToken();
                switch (label) {
                    case "" + ALG -> {
                        Optional<SignatureAlgorithm> known = token == JsonToken.VALUE_NUMBER_INT
                                ? SignatureAlgorithm.ofCoseNumber(p.getLongValue())
                                : Optional.empty();
                        if (known.isEmpty()) {
                            return new Decoded.Malformed<>("unknown signature algorithm " + p.getText());
                        }
                        algorithm = known.get();
                    }
                    case "" + KID -> {
                        byte[] kid = binary(p, token);
                        keyId = kid == null ? null : Bytes.wrap(kid);
                    }
                    case "" + TYP -> type = token == JsonToken.VALUE_STRING ? p.getText() : null;
                    case "" + CRIT -> {
                        return new Decoded.Malformed<>("critical headers that this version does not know");
                    }
                    default -> p.skipChildren();
                }
            }
            if (p.currentLocation().getByteOffset() != bytes.length) {
                return new Decoded.Malformed<>("bytes behind the protected header");
            }
        }
        return algorithm == null
                ? new Decoded.Malformed<>("the protected header lacks alg")
                : new Decoded.Ok<>(new Header(algorithm, Optional.ofNullable(keyId), Optional.ofNullable(type)));
    }

    /** Whether this key made the signature, with the algorithm that belongs to the key. */
    public boolean isSignedBy(Verifier key) {
        return key.algorithm() == header.algorithm && key.verify(toBeSigned(protectedHeader, payload), signature);
    }

    /** The exact bytes of the whole object. */
    Bytes bytes() {
        return bytes;
    }

    /** The algorithm it claims. */
    SignatureAlgorithm algorithm() {
        return header.algorithm;
    }

    /** The name of the key that claims to have signed. */
    Optional<Bytes> keyId() {
        return header.keyId;
    }

    /** The media type that it claims to hold. */
    Optional<String> type() {
        return header.type;
    }

    /** What was signed beside the payload: the encoded header. */
    byte[] protectedHeader() {
        return protectedHeader;
    }

    /** What was signed. */
    byte[] payload() {
        return payload;
    }

    /** RFC 9052, section 4.4: Sig_structure with context "Signature1" and no external data. */
    private static byte[] toBeSigned(byte[] protectedHeader, byte[] payload) {
        return new CborItems(ROOM + CONTEXT.length() + protectedHeader.length + payload.length)
                .array(4)
                .text(CONTEXT)
                .bytes(protectedHeader)
                .bytes(NO_EXTERNAL_DATA)
                .bytes(payload)
                .toArray();
    }

    private static byte @Nullable [] binary(CBORParser p, @Nullable JsonToken token) throws IOException {
        return token == JsonToken.VALUE_EMBEDDED_OBJECT && p.getEmbeddedObject() instanceof byte[] b ? b : null;
    }

    private static Decoded<CoseSign1> malformed(String why) {
        return new Decoded.Malformed<>(why);
    }

    private static String firstLine(Exception e) {
        String text = String.valueOf(e.getMessage());
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }
}
