package dev.tocsin.sdk.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.EnrolmentClaim;
import dev.tocsin.sdk.model.KeyUse;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.testkit.SeededEntropy;
import java.security.InvalidKeyException;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** PKCS#10, written and read. */
class CertificateRequestTest {

    private static Bytes request(SignatureAlgorithm algorithm, Optional<String> challenge) throws InvalidKeyException {
        String pem = Keys.generatePem(algorithm, new SeededEntropy(7));
        return CertificateRequest.make(Keys.signer(pem), Keys.publicKey(pem), "school-007/button-3", challenge);
    }

    @ParameterizedTest
    @EnumSource
    void a_request_is_read_as_it_was_made(SignatureAlgorithm algorithm) throws InvalidKeyException {
        Bytes der = request(algorithm, Optional.of("a-proof_1"));

        assertThat(CertificateRequest.read(der)).isInstanceOfSatisfying(CertificateRequest.Reading.Read.class, read -> {
            assertThat(read.request().commonName()).isEqualTo("school-007/button-3");
            assertThat(read.request().algorithm()).isEqualTo(algorithm);
            assertThat(read.request().challenge()).contains("a-proof_1");
        });
    }

    @Test
    void a_request_that_is_cut_short_anywhere_is_malformed() throws InvalidKeyException {
        Bytes der = request(SignatureAlgorithm.ES256, Optional.of("proof"));
        for (int length = 0; length < der.size(); length++) {
            assertThat(CertificateRequest.read(Bytes.wrap(Arrays.copyOf(der.toArray(), length))))
                    .as("%d bytes", length)
                    .isInstanceOf(CertificateRequest.Reading.Malformed.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_bit_changed_anywhere_makes_no_other_request(SignatureAlgorithm algorithm) throws InvalidKeyException {
        Bytes der = request(algorithm, Optional.of("proof"));
        CertificateRequest.Reading good = CertificateRequest.read(der);
        for (int i = 0; i < der.size(); i++) {
            byte[] changed = der.toArray();
            changed[i] ^= 1;
            if (CertificateRequest.read(Bytes.wrap(changed)) instanceof CertificateRequest.Reading.Read(var r)) {
                assertThat(good).isInstanceOfSatisfying(CertificateRequest.Reading.Read.class, g -> {
                    assertThat(r.publicKey()).isEqualTo(g.request().publicKey());
                    assertThat(r.commonName()).isEqualTo(g.request().commonName());
                    assertThat(r.challenge()).isEqualTo(g.request().challenge());
                });
            }
        }
    }

    @Test
    void a_request_longer_than_any_is_not_even_read() {
        assertThat(CertificateRequest.read(Bytes.wrap(new byte[CertificateRequest.MAX_BYTES + 1])))
                .isInstanceOf(CertificateRequest.Reading.Malformed.class);
    }

    @Test
    void a_proof_is_of_one_claim_use_and_key_only() throws InvalidKeyException {
        Bytes key = Keys.publicKey(Keys.generatePem(SignatureAlgorithm.ES256, new SeededEntropy(1)));
        Bytes other = Keys.publicKey(Keys.generatePem(SignatureAlgorithm.ES256, new SeededEntropy(2)));
        Bytes secret = Bytes.ofHex("000102030405060708090a0b0c0d0e0f");
        EnrolmentClaim claim = new EnrolmentClaim("a", secret, key.sha256());
        String proof = ClaimProof.of(claim, KeyUse.CHANNEL, key);

        assertThat(proof).hasSize(43);
        assertThat(ClaimProof.isOf(claim, KeyUse.CHANNEL, key, proof)).isTrue();
        assertThat(ClaimProof.isOf(claim, KeyUse.ALARM, key, proof)).isFalse();
        assertThat(ClaimProof.isOf(claim, KeyUse.CHANNEL, other, proof)).isFalse();
        assertThat(ClaimProof.isOf(new EnrolmentClaim("b", secret, key.sha256()), KeyUse.CHANNEL, key, proof))
                .isFalse();
        assertThat(ClaimProof.isOf(new EnrolmentClaim("a", secret, other.sha256()), KeyUse.CHANNEL, key, proof))
                .isFalse();
        assertThat(ClaimProof.isOf(
                        new EnrolmentClaim("a", Bytes.wrap(new byte[16]), key.sha256()), KeyUse.CHANNEL, key, proof))
                .isFalse();
    }
}
