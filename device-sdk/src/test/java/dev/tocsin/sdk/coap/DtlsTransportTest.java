package dev.tocsin.sdk.coap;

/** CoAP over DTLS keeps the contract of transports. */
class DtlsTransportTest extends LoopbackTransportContract {

    DtlsTransportTest() {
        super(true);
    }
}
