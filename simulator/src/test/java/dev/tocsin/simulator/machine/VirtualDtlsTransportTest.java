package dev.tocsin.simulator.machine;

/** CoAP over DTLS in the virtual world keeps the contract of transports. */
class VirtualDtlsTransportTest extends VirtualTransportContract {

    VirtualDtlsTransportTest() {
        super(true);
    }
}
