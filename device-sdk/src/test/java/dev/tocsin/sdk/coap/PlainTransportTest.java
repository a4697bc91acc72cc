package dev.tocsin.sdk.coap;

/** CoAP without DTLS, as in laboratories, keeps the contract of transports. */
class PlainTransportTest extends LoopbackTransportContract {

    PlainTransportTest() {
        super(false);
    }
}
