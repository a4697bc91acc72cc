package dev.tocsin.sdk.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.port.Signer;
import dev.tocsin.sdk.port.Verifier;
import dev.tocsin.sdk.testkit.SeededEntropy;
import dev.tocsin.sdk.testkit.SharedData;
import dev.tocsin.sdk.testkit.TestKeys;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SignaturesTest {

    private static final byte[] MESSAGE = "someone pressed".getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @EnumSource(SignatureAlgorithm.class)
    void a_signature_verifies_with_its_key_and_message_and_nothing_else(SignatureAlgorithm algorithm) {
        Signer signer = TestKeys.signer(algorithm, "device");
        Verifier verifier = TestKeys.verifier(algorithm, "device");
        byte[] signature = signer.sign(MESSAGE);

        assertThat(signature).hasSize(SignatureAlgorithm.SIGNATURE_BYTES);
        assertThat(signer.algorithm()).isEqualTo(algorithm).isEqualTo(verifier.algorithm());
        assertThat(signer.keyId()).isEqualTo(verifier.keyId());
        assertThat(signer.keyId().size()).isEqualTo(8);
        assertThat(verifier.verify(MESSAGE, signature)).isTrue();
        assertThat(verifier.verify("someone pressee".getBytes(StandardCharsets.UTF_8), signature))
                .isFalse();
        assertThat(TestKeys.verifier(algorithm, "other").verify(MESSAGE, signature))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(SignatureAlgorithm.class)
    void a_signature_with_any_bit_flipped_does_not_verify(SignatureAlgorithm algorithm) {
        Verifier verifier = TestKeys.verifier(algorithm, "device");
        byte[] signature = TestKeys.signer(algorithm, "device").sign(MESSAGE);
        for (int bit = 0; bit < 8 * signature.length; bit++) {
            byte[] flipped = signature.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(verifier.verify(MESSAGE, flipped)).as("bit %d", bit).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(SignatureAlgorithm.class)
    void any_bytes_may_come_as_a_signature(SignatureAlgorithm algorithm) {
        Verifier verifier = TestKeys.verifier(algorithm, "device");
        SeededEntropy dice = new SeededEntropy(5);
        for (int length : new int[] {0, 1, 63, 64, 65, 128}) {
            assertThat(verifier.verify(MESSAGE, new byte[length])).isFalse();
            byte[] ones = new byte[length];
            Arrays.fill(ones, (byte) 0xff);
            assertThat(verifier.verify(MESSAGE, ones)).isFalse();
            for (int i = 0; i < 20; i++) {
                assertThat(verifier.verify(MESSAGE, dice.nextBytes(length))).isFalse();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(SignatureAlgorithm.class)
    void the_same_message_gets_the_same_signature(SignatureAlgorithm algorithm) {
        Signer signer = TestKeys.signer(algorithm, "device");
        assertThat(signer.sign(MESSAGE)).isEqualTo(signer.sign(MESSAGE));
        assertThat(signer.toString())
                .as("never the key itself")
                .contains(signer.keyId().hex());
    }

    /** RFC 6979, A.2.5, with SHA-256. */
    @Test
    void p256_signatures_are_those_of_rfc_6979() throws InvalidKeyException {
        Signer signer = Keys.signer(pkcs8(
                "3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420",
                "C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721"));
        assertThat(Bytes.wrap(signer.sign("sample".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(Bytes.ofHex("EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716"
                        + "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8"));
        assertThat(Bytes.wrap(signer.sign("test".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(Bytes.ofHex("F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367"
                        + "019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083"));
    }

    /** RFC 8032, 7.1, tests 1 and 3. */
    @Test
    void ed25519_signatures_are_those_of_rfc_8032() throws InvalidKeyException {
        Signer first = ed25519("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
        assertThat(Bytes.wrap(first.sign(new byte[0])))
                .isEqualTo(Bytes.ofHex("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555"
                        + "fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"));
        Signer third = ed25519("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7");
        assertThat(Bytes.wrap(third.sign(new byte[] {(byte) 0xaf, (byte) 0x82})))
                .isEqualTo(Bytes.ofHex("6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac1"
                        + "8ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"));
    }

    @Test
    void ed25519_verifies_exactly_what_wycheproof_says() throws Exception {
        assertThat(wycheproof("ed25519_test.json", Optional::of)).isEqualTo(151);
    }

    @Test
    void p256_verifies_exactly_what_wycheproof_says() throws Exception {
        assertThat(wycheproof("ecdsa_secp256r1_sha256_p1363_test.json", Optional::of))
                .isEqualTo(262);
    }

    /** On our wire there is no DER; what is said here is that the strict way from DER to our form accepts nothing more. */
    @Test
    void p256_in_der_verifies_exactly_what_wycheproof_says() throws Exception {
        assertThat(wycheproof(
                        "ecdsa_secp256r1_sha256_test.json", der -> DerSignature.toPlain(SignatureAlgorithm.ES256, der)))
                .isEqualTo(484);
    }

    private static int wycheproof(String file, Function<byte[], Optional<byte[]>> plain) throws Exception {
        JsonNode root = new ObjectMapper()
                .readTree(SharedData.orSkip("vectors/wycheproof/" + file).toFile());
        int count = 0;
        for (JsonNode group : root.get("testGroups")) {
            Verifier verifier = Keys.verifier(group.get("publicKeyPem").asText());
            for (JsonNode test : group.get("tests")) {
                String result = test.get("result").asText();
                boolean verified = plain.apply(bytes(test.get("sig")))
                        .filter(signature -> verifier.verify(bytes(test.get("msg")), signature))
                        .isPresent();
                if (!result.equals("acceptable")) {
                    assertThat(verified)
                            .as("%s, tcId %s: %s", file, test.get("tcId"), test.get("comment"))
                            .isEqualTo(result.equals("valid"));
                }
                count++;
            }
        }
        return count;
    }

    private static byte[] bytes(JsonNode hex) {
        return Bytes.ofHex(hex.asText()).toArray();
    }

    private static Signer ed25519(String secretHex) throws InvalidKeyException {
        return Keys.signer(pkcs8("302e020100300506032b657004220420", secretHex));
    }

    private static String pkcs8(String prefixHex, String secretHex) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getEncoder()
                        .encodeToString(Bytes.ofHex(prefixHex + secretHex).toArray())
                + "\n-----END PRIVATE KEY-----\n";
    }
}
