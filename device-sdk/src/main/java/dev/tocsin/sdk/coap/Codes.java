package dev.tocsin.sdk.coap;

import org.eclipse.californium.core.coap.CoAP.ResponseCode;

/** CoAP codes (RFC 7252, section 12.1) as {@code class * 100 + detail}. */
final class Codes {

    private Codes() {}

    /** @throws IllegalArgumentException if there is no such response code */
    static ResponseCode response(int code) {
        for (ResponseCode known : ResponseCode.values()) {
            if (known.codeClass * 100 + known.codeDetail == code) {
                return known;
            }
        }
        throw new IllegalArgumentException("not a CoAP response code: " + code);
    }
}
