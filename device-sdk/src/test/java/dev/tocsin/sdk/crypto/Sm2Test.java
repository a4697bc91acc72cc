package dev.tocsin.sdk.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.port.Signer;
import dev.tocsin.sdk.port.Verifier;
import dev.tocsin.sdk.testkit.TestKeys;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.util.Base64;
import java.util.Locale;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SM2 by the example of GM/T 0003.5 (GB/T 32918.5, annex A.2), and all that must not pass for a key or a signature. */
class Sm2Test {

    private static final String SECRET = "3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8";
    private static final String X = "09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020";
    private static final String Y = "CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13";
    private static final String E = "F0B43E94BA45ACCAACE692ED534382EB17E6AB5A19CE7B31F4486FDFC0D28640";
    private static final String NONCE = "59276E27D506861A16680F3AD9C02DCCEF3CC1FA3CDBE4CE6D54B80DEAC1BC21";
    private static final String R = "F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3";
    private static final String S = "B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA";
    private static final byte[] MESSAGE = "message digest".getBytes(StandardCharsets.UTF_8);

    private static final BigInteger N = Curve.SM2.domain().getN();
    private static final BigInteger P = Curve.SM2.domain().getCurve().getField().getCharacteristic();

    @Test
    void the_example_of_the_standard_verifies() throws InvalidKeyException {
        Verifier verifier = Keys.verifier(publicPem("04" + X + Y));
        assertThat(verifier.algorithm()).isEqualTo(SignatureAlgorithm.SM2);
        assertThat(verifier.verify(MESSAGE, hex(R + S))).isTrue();
        assertThat(verifier.verify(MESSAGE, hex(S + R))).isFalse();
    }

    @Test
    void with_the_nonce_of_the_example_its_very_signature_comes_out() throws InvalidKeyException {
        Sm2Signing signer = signing(Sm2Id.DEFAULT);
        assertThat(Sm3.of(signer.z(), Bytes.wrap(MESSAGE)).hex()).isEqualTo(E.toLowerCase(Locale.ROOT));
        assertThat(signer.sign(number(E), number(NONCE))).hasValue(hex(R + S));
        assertThat(Keys.publicPem(privatePem(SECRET)).replaceAll("\\s", ""))
                .isEqualTo(publicPem("04" + X + Y).replaceAll("\\s", ""));
    }

    /** GM/T 0004, annex A. */
    @Test
    void sm3_gives_the_hashes_of_the_standard() {
        Bytes abc = Bytes.wrap("abc".getBytes(StandardCharsets.UTF_8));
        assertThat(Sm3.of(abc).hex()).isEqualTo("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
        Bytes sixteenTimes = Bytes.wrap("abcd".repeat(16).getBytes(StandardCharsets.UTF_8));
        assertThat(Sm3.of(sixteenTimes).hex())
                .isEqualTo("debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732");
    }

    @Test
    void a_signature_under_another_id_does_not_verify() throws InvalidKeyException {
        Sm2Id other = Sm2Id.of("school-007/button-3");
        Signer signer = Keys.signer(privatePem(SECRET), other);
        byte[] signature = signer.sign(MESSAGE);
        String key = publicPem("04" + X + Y);
        assertThat(Keys.verifier(key, other).verify(MESSAGE, signature)).isTrue();
        assertThat(Keys.verifier(key).verify(MESSAGE, signature)).isFalse();
        assertThat(Keys.verifier(key, other).verify(MESSAGE, hex(R + S))).isFalse();
        assertThat(Keys.verifier(key, other).keyId())
                .as("the id goes with the key, but does not name it")
                .isEqualTo(Keys.verifier(key).keyId());
    }

    @Test
    void an_id_has_1_to_8191_bytes() throws InvalidKeyException {
        Sm2Id longest = Sm2Id.of("x".repeat(Sm2Id.MAX_BYTES));
        byte[] signature = Keys.signer(privatePem(SECRET), longest).sign(MESSAGE);
        assertThat(Keys.verifier(publicPem("04" + X + Y), longest).verify(MESSAGE, signature))
                .isTrue();
        assertThatThrownBy(() -> Sm2Id.of("")).hasMessageContaining("1 to 8191 bytes, not 0");
        assertThatThrownBy(() -> Sm2Id.of("x".repeat(8192))).hasMessageContaining("not 8192");
    }

    @Test
    void two_messages_never_share_a_nonce() throws InvalidKeyException {
        Sm2Signing signer = signing(Sm2Id.DEFAULT);
        byte[] one = signer.sign(MESSAGE);
        byte[] other = signer.sign("message digesu".getBytes(StandardCharsets.UTF_8));
        byte[] otherId = signing(Sm2Id.of("other")).sign(MESSAGE);
        assertThat(nonce(one)).isNotEqualTo(nonce(other)).isNotEqualTo(nonce(otherId));
        assertThat(signer.sign(MESSAGE)).isEqualTo(one);
    }

    @Test
    void r_and_s_out_of_range_are_refused() throws InvalidKeyException {
        Verifier verifier = Keys.verifier(publicPem("04" + X + Y));
        String n = hex32(N);
        String ones = "ff".repeat(32);
        String none = "00".repeat(32);
        for (String bad : new String[] {none, n, ones}) {
            assertThat(verifier.verify(MESSAGE, hex(bad + S))).as("r = %s", bad).isFalse();
            assertThat(verifier.verify(MESSAGE, hex(R + bad))).as("s = %s", bad).isFalse();
        }
        assertThat(verifier.verify(MESSAGE, hex(R + hex32(N.subtract(number(S))))))
                .as("(r, n - s), which ECDSA accepts")
                .isFalse();
        assertThat(verifier.verify(MESSAGE, hex(R + hex32(N.subtract(number(R))))))
                .as("r + s = n")
                .isFalse();
        assertThat(verifier.verify(MESSAGE, DerSignature.ofPlain(SignatureAlgorithm.SM2, hex(R + S))))
                .as("DER is never on the wire")
                .isFalse();
    }

    /** r + n or s + n would be the same signature again, but does not fit into 32 bytes unless it is tiny. */
    @Test
    void a_number_above_the_order_is_not_taken_modulo_it() throws InvalidKeyException {
        Sm2Signing signer = signing(Sm2Id.DEFAULT);
        BigInteger k = BigInteger.TWO;
        BigInteger x1 = Curve.SM2
                .domain()
                .getG()
                .multiply(k)
                .normalize()
                .getAffineXCoord()
                .toBigInteger();
        BigInteger e = BigInteger.valueOf(5).subtract(x1).mod(N); // so that r is 5
        byte[] signature = signer.sign(e, k).orElseThrow();
        assertThat(number(Bytes.wrap(signature).hex().substring(0, 64))).isEqualTo(5);
        String s = Bytes.wrap(signature).hex().substring(64);
        assertThat(hex32(N.add(BigInteger.valueOf(5)))).hasSize(64);
        assertThat(Keys.verifier(publicPem("04" + X + Y)).verify(MESSAGE, hex(hex32(N.add(BigInteger.valueOf(5))) + s)))
                .isFalse();
    }

    @Test
    void a_nonce_that_the_standard_forbids_gives_no_signature() throws InvalidKeyException {
        Sm2Signing signer = signing(Sm2Id.DEFAULT);
        BigInteger k = BigInteger.TWO;
        BigInteger x1 = Curve.SM2
                .domain()
                .getG()
                .multiply(k)
                .normalize()
                .getAffineXCoord()
                .toBigInteger();
        assertThat(signer.sign(x1.negate().mod(N), k)).as("r = 0").isEmpty();
        assertThat(signer.sign(k.negate().subtract(x1).mod(N), k))
                .as("r + k = n")
                .isEmpty();
    }

    /** Off the curve, a coordinate that is not reduced, no point at all, half a point. */
    @Test
    void what_is_no_point_of_the_curve_is_no_key() {
        String tooLarge = hex32(P.add(BigInteger.ONE));
        for (String point : new String[] {
            "04" + X + X,
            "04" + Y + X,
            "04" + tooLarge + Y,
            "00",
            "04" + X,
            "",
            "05" + X + Y,
            "06" + X + Y,
            "04" + X + Y + "00"
        }) {
            assertThatThrownBy(() -> Keys.verifier(publicPem(point))).as(point).isInstanceOf(InvalidKeyException.class);
        }
    }

    @Test
    void a_compressed_point_is_the_same_key() throws InvalidKeyException {
        assertThat(Keys.verifier(publicPem("03" + X)).keyId())
                .isEqualTo(Keys.verifier(publicPem("04" + X + Y)).keyId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "n", "n-1", "n+1"})
    void a_secret_out_of_range_is_no_key(String which) {
        BigInteger secret = switch (which) {
            case "0" -> BigInteger.ZERO;
            case "n" -> N;
            case "n-1" -> N.subtract(BigInteger.ONE);
            default -> N.add(BigInteger.ONE);
        };
        assertThatThrownBy(() -> Keys.signer(privatePem(hex32(secret)))).isInstanceOf(InvalidKeyException.class);
    }

    @Test
    void the_largest_secret_signs() throws InvalidKeyException {
        String pem = privatePem(hex32(N.subtract(BigInteger.TWO)));
        assertThat(Keys.verifier(Keys.publicPem(pem))
                        .verify(MESSAGE, Keys.signer(pem).sign(MESSAGE)))
                .isTrue();
    }

    @Test
    void a_p256_key_is_never_taken_for_sm2_nor_the_reverse() {
        for (SignatureAlgorithm mine : SignatureAlgorithm.values()) {
            byte[] signature = TestKeys.signer(mine, "device").sign(MESSAGE);
            for (SignatureAlgorithm other : SignatureAlgorithm.values()) {
                assertThat(TestKeys.verifier(other, "device").verify(MESSAGE, signature))
                        .isEqualTo(mine == other);
            }
        }
    }

    private static Sm2Signing signing(Sm2Id id) throws InvalidKeyException {
        ECPrivateKeyParameters key = Curve.SM2.secret(number(SECRET));
        return Sm2Signing.of(
                key, Curve.SM2.publicOf(key), Keys.signer(privatePem(SECRET)).keyId(), id);
    }

    /** k = s (1 + d) + r d. */
    private static BigInteger nonce(byte[] signature) {
        String both = Bytes.wrap(signature).hex();
        BigInteger r = number(both.substring(0, 64));
        BigInteger s = number(both.substring(64));
        BigInteger d = number(SECRET);
        return s.multiply(d.add(BigInteger.ONE)).add(r.multiply(d)).mod(N);
    }

    private static BigInteger number(String hex) {
        return new BigInteger(hex, 16);
    }

    private static String hex32(BigInteger number) {
        return String.format(Locale.ROOT, "%064x", number);
    }

    private static byte[] hex(String hex) {
        return Bytes.ofHex(hex).toArray();
    }

    private static String privatePem(String secretHex) {
        return pem("PRIVATE KEY", "3041020100301306072a8648ce3d020106082a811ccf5501822d042730250201010420" + secretHex);
    }

    /** SubjectPublicKeyInfo with the curve's name, 1.2.156.10197.1.301. */
    private static String publicPem(String pointHex) {
        int length = pointHex.length() / 2;
        String bits = String.format(Locale.ROOT, "03%02x00%s", length + 1, pointHex);
        String algorithm = "301306072a8648ce3d020106082a811ccf5501822d";
        return pem(
                "PUBLIC KEY",
                String.format(Locale.ROOT, "30%02x%s%s", (algorithm.length() + bits.length()) / 2, algorithm, bits));
    }

    private static String pem(String type, String derHex) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getEncoder().encodeToString(Bytes.ofHex(derHex).toArray())
                + "\n-----END " + type + "-----\n";
    }
}
