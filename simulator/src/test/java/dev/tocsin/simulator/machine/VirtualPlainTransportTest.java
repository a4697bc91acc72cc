package dev.tocsin.simulator.machine;

/** Plain CoAP in the virtual world keeps the contract of transports. */
class VirtualPlainTransportTest extends VirtualTransportContract {

    VirtualPlainTransportTest() {
        super(false);
    }
}
