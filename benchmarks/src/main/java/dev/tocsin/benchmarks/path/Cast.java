package dev.tocsin.benchmarks.path;

import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.crypto.PlatformEntropy;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.port.Entropy;
import dev.tocsin.sdk.port.Signer;
import dev.tocsin.sdk.port.Verifier;
import dev.tocsin.sdk.system.SystemClock;
import dev.tocsin.simulator.lab.ThrowAwayAuthority;
import java.security.InvalidKeyException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Who takes part, the same in all paths: an authority, two centres and devices. Ed25519 signs alarms and receipts; the
 * channels have P-256 certificates on both ends.
 *
 * @param authorityPem the certificate that all trust
 * @param centres police and education
 * @param devices devices
 */
public record Cast(String authorityPem, List<Party> centres, List<Party> devices) {

    /**
     * One of them.
     *
     * @param id its id, and the name in its certificate
     * @param signer signs its alarms or receipts
     * @param verifier verifies them
     * @param signingPem the key of {@code signer}, PKCS#8
     * @param publicPem the key of {@code verifier}
     * @param certificatePem for its channel
     * @param keyPem the certificate's private key, PKCS#8
     */
    public record Party(
            String id,
            Signer signer,
            Verifier verifier,
            String signingPem,
            String publicPem,
            String certificatePem,
            String keyPem) {}

    public Cast {
        centres = List.copyOf(centres);
        devices = List.copyOf(devices);
    }

    /**
     * Makes keys and certificates.
     *
     * @param centreAddress the IP address under which devices reach the centres
     * @param devices how many
     */
    public static Cast of(String centreAddress, int devices) {
        Entropy entropy = new PlatformEntropy();
        ThrowAwayAuthority authority = new ThrowAwayAuthority(new SystemClock(), entropy);
        return new Cast(
                authority.certificate(),
                List.of("police", "education").stream()
                        .map(id -> party(id, authority.forCentre(id, centreAddress, entropy)))
                        .toList(),
                IntStream.range(0, devices)
                        .mapToObj("school-001/button-%d"::formatted)
                        .map(id -> party(id, authority.forDevice(id, entropy)))
                        .toList());
    }

    private static Party party(String id, ThrowAwayAuthority.Issued issued) {
        return party(id, Keys.generatePem(SignatureAlgorithm.ED25519), issued.certificate(), issued.key());
    }

    /** Of its keys as they are kept; {@link IllegalArgumentException} if they cannot be read. */
    static Party party(String id, String signingPem, String certificatePem, String keyPem) {
        try {
            String publicPem = Keys.publicPem(signingPem);
            return new Party(
                    id,
                    Keys.signer(signingPem),
                    Keys.verifier(publicPem),
                    signingPem,
                    publicPem,
                    certificatePem,
                    keyPem);
        } catch (InvalidKeyException e) {
            throw new IllegalArgumentException("no key of " + id, e);
        }
    }
}
