package dev.tocsin.simulator.fuzz;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.port.Signer;

/** Signs with zeros: readers look at what was signed after somebody else has verified it. */
enum NobodysKey implements Signer {
    INSTANCE;

    private static final Bytes ID = Bytes.copyOf(new byte[8]);

    @Override
    public SignatureAlgorithm algorithm() {
        return SignatureAlgorithm.ED25519;
    }

    @Override
    public Bytes keyId() {
        return ID;
    }

    @Override
    public byte[] sign(byte[] message) {
        return new byte[SignatureAlgorithm.SIGNATURE_BYTES];
    }
}
