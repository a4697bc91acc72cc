package dev.tocsin.sdk.codec;

import static dev.tocsin.sdk.codec.Wire.bstr;
import static dev.tocsin.sdk.codec.Wire.hex;
import static dev.tocsin.sdk.codec.Wire.join;
import static dev.tocsin.sdk.codec.Wire.tstr;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.port.Signer;
import dev.tocsin.sdk.port.Verifier;
import dev.tocsin.sdk.testkit.SeededEntropy;
import dev.tocsin.sdk.testkit.TestKeys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SignedEnvelopeTest {

    private static final String TYP = "application/vnd.tocsin.alarm";
    private static final byte[] PAYLOAD = "what happened".getBytes(StandardCharsets.UTF_8);
    private static final Signer SIGNER = TestKeys.signer("device");
    private static final Verifier VERIFIER = TestKeys.verifier("device");

    private static Bytes of(byte[]... parts) {
        return Bytes.wrap(join(parts));
    }

    private static SignedEnvelope ok(Bytes bytes) {
        Decoded<SignedEnvelope> read = SignedEnvelope.read(bytes);
        assertThat(read).isInstanceOf(Decoded.Ok.class);
        return read.orThrow();
    }

    private static String why(byte[] bytes) {
        Decoded<SignedEnvelope> read = SignedEnvelope.read(Bytes.copyOf(bytes));
        assertThat(read).isInstanceOf(Decoded.Malformed.class);
        return ((Decoded.Malformed<SignedEnvelope>) read).why();
    }

    @Test
    void the_bytes_on_the_wire_are_those_of_a_cose_sign1_written_by_hand() {
        byte[] header = Wire.protectedHeader(0x32, SIGNER.keyId(), TYP);
        assertThat(SignedEnvelope.sign(MessageType.ALARM, PAYLOAD, SIGNER).bytes())
                .isEqualTo(Wire.signed(header, PAYLOAD, SIGNER));

        Signer es256 = TestKeys.signer(SignatureAlgorithm.ES256, "device");
        byte[] large = new byte[700];
        byte[] esHeader = Wire.protectedHeader(0x28, es256.keyId(), "application/vnd.tocsin.answer");
        assertThat(SignedEnvelope.sign(MessageType.ANSWER, large, es256).bytes())
                .isEqualTo(Wire.signed(esHeader, large, es256));
    }

    @ParameterizedTest
    @EnumSource(SignatureAlgorithm.class)
    void what_is_signed_is_read_back_and_verifies(SignatureAlgorithm algorithm) {
        Signer signer = TestKeys.signer(algorithm, "device");
        SignedEnvelope signed = SignedEnvelope.sign(MessageType.ANSWER, PAYLOAD, signer);
        SignedEnvelope read = ok(signed.bytes());

        assertThat(read.bytes()).isEqualTo(signed.bytes());
        assertThat(read.payload()).isEqualTo(PAYLOAD);
        assertThat(read.type()).isEqualTo(MessageType.ANSWER);
        assertThat(read.algorithm()).isEqualTo(algorithm);
        assertThat(read.keyId()).isEqualTo(signer.keyId());
        assertThat(read.isSignedBy(TestKeys.verifier(algorithm, "device"))).isTrue();
        assertThat(read.isSignedBy(TestKeys.verifier(algorithm, "other"))).isFalse();
        for (SignatureAlgorithm other : SignatureAlgorithm.values()) {
            assertThat(read.isSignedBy(TestKeys.verifier(other, "device"))).isEqualTo(other == algorithm);
        }
    }

    @Test
    void an_envelope_without_its_tag_is_read_too() {
        byte[] tagged =
                SignedEnvelope.sign(MessageType.ALARM, PAYLOAD, SIGNER).bytes().toArray();
        SignedEnvelope read = ok(Bytes.copyOf(Arrays.copyOfRange(tagged, 1, tagged.length)));
        assertThat(read.isSignedBy(VERIFIER)).isTrue();
    }

    @Test
    void the_older_algorithm_numbers_are_accepted() {
        Signer es256 = TestKeys.signer(SignatureAlgorithm.ES256, "device");
        assertThat(ok(Wire.signed(Wire.protectedHeader(0x27, SIGNER.keyId(), TYP), PAYLOAD, SIGNER))
                        .isSignedBy(VERIFIER))
                .as("-8, EdDSA")
                .isTrue();
        assertThat(ok(Wire.signed(Wire.protectedHeader(0x26, es256.keyId(), TYP), PAYLOAD, es256))
                        .isSignedBy(TestKeys.verifier(SignatureAlgorithm.ES256, "device")))
                .as("-7, ES256")
                .isTrue();
    }

    @Test
    void an_algorithm_that_is_not_the_key_s_does_not_verify() {
        byte[] header = Wire.protectedHeader(0x28, SIGNER.keyId(), TYP); // claims ES256, signed with Ed25519
        assertThat(ok(Wire.signed(header, PAYLOAD, SIGNER)).isSignedBy(VERIFIER))
                .isFalse();
    }

    @Test
    void another_key_s_name_does_not_verify() {
        byte[] header = Wire.protectedHeader(0x32, TestKeys.signer("other").keyId(), TYP);
        SignedEnvelope read = ok(Wire.signed(header, PAYLOAD, SIGNER));
        assertThat(read.isSignedBy(VERIFIER)).isFalse();
        assertThat(read.isSignedBy(TestKeys.verifier("other"))).isFalse();
    }

    @Test
    void a_signature_of_one_type_does_not_pass_for_another() {
        byte[] bytes =
                SignedEnvelope.sign(MessageType.ALARM, PAYLOAD, SIGNER).bytes().toArray();
        String text = new String(bytes, StandardCharsets.ISO_8859_1)
                .replace("application/vnd.tocsin.alarm", "application/vnd.tocsin.alarn");
        assertThat(why(text.getBytes(StandardCharsets.ISO_8859_1))).contains("typ");
    }

    @Test
    void what_is_wrong_with_a_header_is_said() {
        Bytes kid = SIGNER.keyId();
        byte[] alg = hex("01 32");
        byte[] key = join(hex("04"), bstr(kid.toArray()));
        byte[] typ = join(hex("10"), tstr(TYP));
        Map<Bytes, String> wrong = new LinkedHashMap<>();
        wrong.put(of(hex("a2"), key, typ), "lacks alg");
        wrong.put(of(hex("a2"), alg, typ), "lacks kid");
        wrong.put(of(hex("a2"), alg, key), "typ");
        wrong.put(of(hex("a3"), alg, key, hex("10"), tstr("text/plain")), "typ");
        wrong.put(of(hex("a3"), alg, key, hex("10 18 32")), "typ");
        wrong.put(of(hex("a3"), hex("01 24"), key, typ), "unknown signature algorithm");
        wrong.put(of(hex("a3"), hex("01"), tstr("EdDSA"), key, typ), "unknown signature algorithm");
        wrong.put(of(hex("a3"), hex("01 3b ffffffffffffffff"), key, typ), "out of range");
        wrong.put(of(hex("a3"), alg, hex("04"), tstr("kid"), typ), "lacks kid");
        wrong.put(of(hex("a4"), alg, key, typ, hex("02 81 01")), "critical");
        wrong.put(of(hex("a4"), alg, alg, key, typ), "twice");
        wrong.put(of(hex("a4"), alg, key, typ, typ), "twice");
        wrong.put(of(hex("a3"), alg, key, typ, hex("00")), "behind the protected header");
        wrong.put(of(hex("")), "protected header");
        wrong.put(of(hex("a0")), "lacks alg");
        wrong.put(of(hex("80")), "not a map");
        wrong.put(of(hex("a3 01")), "not CBOR");
        wrong.forEach((header, sentence) -> assertThat(
                        why(Wire.signed(header.toArray(), PAYLOAD, SIGNER).toArray()))
                .as(header.hex())
                .contains(sentence));
    }

    @Test
    void a_text_or_bytes_label_is_not_the_number_it_spells() {
        for (byte[] label : new byte[][] {tstr("1"), bstr(hex("31"))}) {
            byte[] header = join(
                    hex("a3"), label, hex("32"), hex("04"), bstr(SIGNER.keyId().toArray()), hex("10"), tstr(TYP));
            assertThat(why(Wire.signed(header, PAYLOAD, SIGNER).toArray())).contains("lacks alg");
        }
    }

    @Test
    void headers_that_are_not_ours_are_left_alone() {
        byte[] header = join(
                hex("a5"),
                hex("01 32"),
                hex("04"),
                bstr(SIGNER.keyId().toArray()),
                hex("10"),
                tstr(TYP),
                hex("18 63 a1 01 82 02 03"),
                tstr("x-note"),
                tstr("hello"));
        assertThat(ok(Wire.signed(header, PAYLOAD, SIGNER)).isSignedBy(VERIFIER))
                .isTrue();
        byte[] bytes = join(
                hex("d2 84"),
                bstr(header),
                hex("a1 18 21 82 01 02"),
                bstr(PAYLOAD),
                bstr(SIGNER.sign(Wire.toBeSigned(header, PAYLOAD))));
        assertThat(ok(Bytes.copyOf(bytes)).isSignedBy(VERIFIER)).isTrue();
    }

    @Test
    void what_is_wrong_with_an_object_is_said() {
        byte[] header = bstr(Wire.protectedHeader(0x32, SIGNER.keyId(), TYP));
        byte[] payload = bstr(PAYLOAD);
        byte[] signature = bstr(new byte[64]);
        Map<Bytes, String> wrong = new LinkedHashMap<>();
        wrong.put(of(hex("")), "not a COSE_Sign1 array");
        wrong.put(of(hex("f6")), "not a COSE_Sign1 array");
        wrong.put(of(hex("d1 84"), header, hex("a0"), payload, signature), "tag 17");
        wrong.put(of(hex("d2 84"), tstr("x"), hex("a0"), payload, signature), "protected header is not a byte string");
        wrong.put(of(hex("d2 84"), header, hex("80"), payload, signature), "unprotected header is not a map");
        wrong.put(of(hex("d2 84"), header, hex("a0 f6"), signature), "payload is not a byte string");
        wrong.put(of(hex("d2 84"), header, hex("a0"), payload, bstr(new byte[63])), "signature");
        wrong.put(of(hex("d2 84"), header, hex("a0"), payload, bstr(new byte[65])), "signature");
        wrong.put(of(hex("d2 83"), header, hex("a0"), payload), "signature");
        wrong.put(of(hex("d2 85"), header, hex("a0"), payload, signature, hex("00")), "not an array of four");
        wrong.put(of(hex("d2 84"), header, hex("a0"), payload, signature, hex("00")), "behind the end");
        wrong.forEach((bytes, sentence) ->
                assertThat(why(bytes.toArray())).as(bytes.hex()).contains(sentence));
    }

    @ParameterizedTest
    @EnumSource(SignatureAlgorithm.class)
    void an_envelope_with_any_bit_flipped_never_verifies(SignatureAlgorithm algorithm) {
        Verifier verifier = TestKeys.verifier(algorithm, "device");
        byte[] bytes = SignedEnvelope.sign(MessageType.ALARM, PAYLOAD, TestKeys.signer(algorithm, "device"))
                .bytes()
                .toArray();
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            if (SignedEnvelope.read(Bytes.wrap(flipped)) instanceof Decoded.Ok<SignedEnvelope>(SignedEnvelope read)) {
                assertThat(read.isSignedBy(verifier)).as("bit %d", bit).isFalse();
            }
        }
    }

    @Test
    void an_envelope_cut_at_any_byte_is_malformed() {
        byte[] bytes =
                SignedEnvelope.sign(MessageType.ALARM, PAYLOAD, SIGNER).bytes().toArray();
        for (int length = 0; length < bytes.length; length++) {
            assertThat(why(Arrays.copyOf(bytes, length)))
                    .as("cut at %d", length)
                    .isNotBlank()
                    .doesNotContain("\n");
        }
    }

    @Test
    void nothing_longer_than_the_most_is_even_parsed() {
        byte[] longest = new byte[SignedEnvelope.MAX_BYTES];
        SignedEnvelope whole = SignedEnvelope.sign(MessageType.ALARM, new byte[3_900], SIGNER);
        assertThat(whole.bytes().size()).isLessThan(longest.length);
        assertThat(ok(whole.bytes()).isSignedBy(VERIFIER)).isTrue();
        assertThat(why(longest)).doesNotContain("longer");
        assertThat(why(new byte[longest.length + 1])).contains("longer than 4096 bytes: 4097");
    }

    @Test
    void bombs_are_malformed_at_once() {
        byte[] prefix = hex("d2 84");
        Assertions.assertTimeout(Duration.ofSeconds(5), () -> {
            for (String unit : new String[] {"81", "9f", "a1", "bf", "a101", "c1", "d8ff", "5f", "7f", "bf6161"}) {
                byte[] many = hex(unit.repeat(4_000 / (unit.length() / 2)));
                assertThat(why(many)).isNotBlank();
                assertThat(why(join(prefix, many))).isNotBlank();
                assertThat(why(join(prefix, hex("40 a1 01"), many))).isNotBlank();
                assertThat(why(join(prefix, bstr(many)))).isNotBlank();
            }
            for (String length : new String[] {
                "5a7fffffff",
                "5b7fffffffffffffff",
                "5bffffffffffffffff",
                "9b7fffffffffffffff",
                "bb7fffffffffffffff",
                "7b0000ffffffffffff"
            }) {
                assertThat(why(join(prefix, hex(length)))).isNotBlank();
                assertThat(why(join(prefix, hex("40 a0"), hex(length)))).isNotBlank();
                assertThat(why(Wire.signed(join(hex("a1 01"), hex(length)), PAYLOAD, SIGNER)
                                .toArray()))
                        .isNotBlank();
            }
        });
    }

    @Test
    void noise_is_never_a_reason_to_throw() {
        SeededEntropy dice = new SeededEntropy(99);
        byte[] good =
                SignedEnvelope.sign(MessageType.ALARM, PAYLOAD, SIGNER).bytes().toArray();
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = i % 2 == 0 ? dice.nextBytes(dice.nextInt(200)) : good.clone();
            for (int n = dice.nextInt(4); n >= 0 && bytes.length > 0; n--) {
                bytes[dice.nextInt(bytes.length)] = (byte) dice.nextLong();
            }
            if (SignedEnvelope.read(Bytes.wrap(bytes)) instanceof Decoded.Ok<SignedEnvelope>(SignedEnvelope read)
                    && !Arrays.equals(bytes, good)) {
                assertThat(read.isSignedBy(VERIFIER)).as("round %d", i).isFalse();
            }
        }
    }
}
