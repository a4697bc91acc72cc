package dev.tocsin.simulator.county;

import dev.tocsin.sdk.coap.DtlsIdentity;
import dev.tocsin.sdk.crypto.CertificateFacts;
import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.KeyUse;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.port.KeyStore;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** A device's keys and certificates, which stay when the power goes. Its keys were made before; it makes no new ones. */
final class MemoryKeys implements KeyStore {

    private final Map<KeyUse, String> pems = new EnumMap<>(KeyUse.class);
    private final Map<KeyUse, Bytes> certificates = new EnumMap<>(KeyUse.class);
    private Bytes authority;
    private Optional<Instant> floor = Optional.empty();

    /** A store without certificates, but for the authority's. */
    MemoryKeys(String channelPem, String alarmPem, CertificateFacts authority) {
        pems.put(KeyUse.CHANNEL, channelPem);
        pems.put(KeyUse.ALARM, alarmPem);
        this.authority = authority.der();
    }

    /** What DTLS shows. */
    DtlsIdentity identity() throws IOException {
        try {
            return DtlsIdentity.of(
                    pem(Optional.ofNullable(certificates.get(KeyUse.CHANNEL)).orElse(Bytes.EMPTY)),
                    pems.getOrDefault(KeyUse.CHANNEL, ""),
                    pem(authority));
        } catch (GeneralSecurityException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static String pem(Bytes der) throws InvalidKeyException {
        return CertificateFacts.read(der).pem();
    }

    @Override
    public Optional<Held> key(KeyUse use) throws IOException {
        try {
            String pem = pems.getOrDefault(use, "");
            return Optional.of(new Held(Keys.signer(pem), Keys.publicKey(pem)));
        } catch (InvalidKeyException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public Held make(KeyUse use, SignatureAlgorithm algorithm) throws IOException {
        throw new IOException("this store makes no keys");
    }

    @Override
    public Optional<Bytes> certificate(KeyUse use) {
        return Optional.ofNullable(certificates.get(use));
    }

    @Override
    public void keep(KeyUse use, Bytes certificate) {
        certificates.put(use, certificate);
    }

    @Override
    public Optional<Bytes> authority() {
        return Optional.of(authority);
    }

    @Override
    public void keepAuthority(Bytes certificate) {
        authority = certificate;
    }

    @Override
    public Optional<Instant> timeFloor() {
        return floor;
    }

    @Override
    public void keepTimeFloor(Instant time) {
        floor = Optional.of(time);
    }
}
