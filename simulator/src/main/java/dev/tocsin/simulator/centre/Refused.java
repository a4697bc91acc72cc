package dev.tocsin.simulator.centre;

/** Why a centre does not take something. Refusals are counted by it. */
public enum Refused {
    /** Longer than anything that can be right. */
    TOO_LONG(413),
    /** It cannot be read. */
    MALFORMED(400),
    /** Nothing of this name is served. */
    NOT_SERVED(404),
    /** It is served, but not so. */
    WRONG_METHOD(405),
    /** No device of the registry has this key. */
    UNKNOWN_KEY(401),
    /** The signature is not this key's. */
    BAD_SIGNATURE(401),
    /** Signed with the key of another device. */
    WRONG_KEY(403),
    /** The device is revoked. */
    REVOKED(403),
    /** No device of this name is in the registry. */
    UNKNOWN_DEVICE(403),
    /** No centre of this id is among those that tell of drills. */
    UNKNOWN_CENTRE(403),
    /** It is meant for another centre. */
    NOT_FOR_HERE(403),
    /** The ledger has no such order. */
    NO_SUCH_ORDER(404),
    /** The ledger has no such alarm. */
    NO_SUCH_ALARM(404),
    /** There are as many of these as there can be. */
    TOO_MANY(413),
    /** One source sends faster than anybody needs to. */
    TOO_FAST(429),
    /** It came from a peer that must not speak for the device. */
    WRONG_PEER(403),
    /** The peer proved no key, or has no certificate of the authority's. */
    NOT_CERTIFIED(401),
    /** There is no such claim. */
    WRONG_CLAIM(403),
    /** The claim was used before, with another key. */
    CLAIM_USED(403),
    /** Nobody used the claim in time. */
    CLAIM_EXPIRED(403),
    /** A person said no. */
    REJECTED(403),
    /** The certificate lapsed too long ago. */
    EXPIRED(403),
    /** No DTLS session came about. */
    HANDSHAKE(401),
    /** The ledger cannot take it now. */
    UNAVAILABLE(503);

    private final int code;

    Refused(int code) {
        this.code = code;
    }

    /** Why the transport answers a request with this code of its own accord. */
    public static Refused of(int code) {
        return switch (code) {
            case 404 -> NOT_SERVED;
            case 405 -> WRONG_METHOD;
            case 413 -> TOO_LONG;
            case 429 -> TOO_FAST;
            default -> MALFORMED;
        };
    }

    /** The CoAP code to answer with, as class * 100 + detail. */
    public int code() {
        return code;
    }
}
