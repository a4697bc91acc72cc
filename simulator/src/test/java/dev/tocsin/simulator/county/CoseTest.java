package dev.tocsin.simulator.county;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.codec.Decoded;
import dev.tocsin.sdk.codec.MessageType;
import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.port.Signer;
import dev.tocsin.simulator.world.Seed;
import java.security.InvalidKeyException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an attacker puts together by hand is what it is meant to be: otherwise it is refused for another reason. */
class CoseTest {

    private Cose cose = new Cose(new byte[0], new byte[0], new byte[0], new byte[0]); // until one is signed
    private Bytes sent = Bytes.EMPTY;

    /** Signs, and takes apart what was signed. */
    private void sign(SignatureAlgorithm algorithm) throws InvalidKeyException {
        Signer key =
                Keys.signer(Keys.generatePem(algorithm, new Seed(1).child("key").entropy()));
        sent = SignedEnvelope.sign(MessageType.ALARM, new byte[300], new Signer() {
                    @Override
                    public SignatureAlgorithm algorithm() {
                        return key.algorithm();
                    }

                    @Override
                    public Bytes keyId() {
                        return key.keyId();
                    }

                    @Override
                    public byte[] sign(byte[] message) {
                        byte[] signature = key.sign(message);
                        cose = Cose.of(message, signature);
                        return signature;
                    }
                })
                .bytes();
    }

    @ParameterizedTest
    @EnumSource
    void a_copy_is_the_same_byte_for_byte(SignatureAlgorithm algorithm) throws InvalidKeyException {
        sign(algorithm);
        assertThat(cose.bytes()).isEqualTo(sent);
    }

    @ParameterizedTest
    @EnumSource
    void without_an_algorithm_that_is_all_that_is_wrong(SignatureAlgorithm algorithm) throws InvalidKeyException {
        sign(algorithm);
        Cose stripped = cose.withHeader(cose.headerWithoutAlgorithm(), Cose.mapOf(1, -19));
        assertThat(SignedEnvelope.read(stripped.bytes()))
                .isEqualTo(new Decoded.Malformed<>("the protected header lacks alg"));
    }

    @ParameterizedTest
    @EnumSource
    void with_another_algorithm_it_is_read_as_of_that(SignatureAlgorithm algorithm) throws InvalidKeyException {
        sign(algorithm);
        int other = algorithm == SignatureAlgorithm.ES256 ? -19 : -9;
        Cose downgraded = cose.withHeader(cose.headerWithAlgorithm(other), new byte[] {(byte) 0xa0});
        assertThat(SignedEnvelope.read(downgraded.bytes()))
                .isInstanceOfSatisfying(
                        Decoded.Ok.class,
                        ok -> assertThat(((SignedEnvelope) ok.value()).algorithm())
                                .isNotEqualTo(algorithm));
    }
}
