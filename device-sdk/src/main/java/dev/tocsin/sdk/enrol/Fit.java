package dev.tocsin.sdk.enrol;

import dev.tocsin.sdk.crypto.CertificateFacts;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.KeyUse;
import java.security.InvalidKeyException;

/**
 * Whether what an authority sent is the certificate that was asked for: of this device, this key, this use, by this
 * authority. Dates are not looked at: the device may not know the time.
 */
final class Fit {

    private Fit() {}

    /** How a certificate was found. */
    sealed interface Found {
        /** As it should be. */
        record Good(CertificateFacts certificate) implements Found {}

        /** Not. */
        record Bad(String why) implements Found {}
    }

    static Found check(Bytes der, KeyUse use, String device, Bytes publicKey, CertificateFacts authority) {
        CertificateFacts c;
        try {
            c = CertificateFacts.read(der);
        } catch (InvalidKeyException e) {
            return new Found.Bad(String.valueOf(e.getMessage()));
        }
        if (!c.isIssuedBy(authority)) {
            return new Found.Bad("it is not signed by the authority");
        } else if (!c.publicKey().equals(publicKey)) {
            return new Found.Bad("it is for another key");
        } else if (!c.commonName().equals(device)) {
            return new Found.Bad("it is for '" + c.commonName() + "'");
        } else if (!(use == KeyUse.CHANNEL ? c.isForDevices() : c.isForAlarms())) {
            return new Found.Bad("it is for another use");
        } else if (!c.until().isAfter(c.from())) {
            return new Found.Bad("it is never valid");
        }
        return new Found.Good(c);
    }
}
