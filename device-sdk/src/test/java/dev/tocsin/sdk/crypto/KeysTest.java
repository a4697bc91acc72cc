package dev.tocsin.sdk.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.port.Signer;
import dev.tocsin.sdk.port.Verifier;
import dev.tocsin.sdk.testkit.SeededEntropy;
import dev.tocsin.sdk.testkit.TestKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys as people have them: made by openssl, in all its spellings. */
class KeysTest {

    private static final byte[] MESSAGE = "someone pressed".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder = Path.of(".");

    @ParameterizedTest
    @EnumSource(SignatureAlgorithm.class)
    void a_key_that_is_not_written_down_is_the_same_as_one_that_is(SignatureAlgorithm algorithm)
            throws InvalidKeyException {
        Keys.Pair pair = Keys.generate(algorithm, new SeededEntropy(7));
        String pem = Keys.generatePem(algorithm, new SeededEntropy(7));
        assertThat(pair.signer().keyId())
                .isEqualTo(Keys.signer(pem).keyId())
                .isEqualTo(pair.verifier().keyId());
        assertThat(Keys.verifier(Keys.publicPem(pem))
                        .verify(MESSAGE, pair.signer().sign(MESSAGE)))
                .isTrue();
        assertThat(pair.verifier().verify(MESSAGE, Keys.signer(pem).sign(MESSAGE)))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(SignatureAlgorithm.class)
    void a_key_made_here_signs_for_its_public_half(SignatureAlgorithm algorithm) throws InvalidKeyException {
        String pem = Keys.generatePem(algorithm);
        Signer signer = Keys.signer(pem);
        Verifier verifier = Keys.verifier(Keys.publicPem(pem));
        assertThat(signer.algorithm()).isEqualTo(algorithm);
        assertThat(verifier.keyId()).isEqualTo(signer.keyId());
        assertThat(verifier.verify(MESSAGE, signer.sign(MESSAGE))).isTrue();
        assertThat(Keys.generatePem(algorithm)).isNotEqualTo(pem);
    }

    @ParameterizedTest
    @EnumSource(SignatureAlgorithm.class)
    void a_key_follows_from_the_entropy_given(SignatureAlgorithm algorithm) {
        String pem = Keys.generatePem(algorithm, new SeededEntropy(1));
        assertThat(Keys.generatePem(algorithm, new SeededEntropy(1))).isEqualTo(pem);
        assertThat(Keys.generatePem(algorithm, new SeededEntropy(2))).isNotEqualTo(pem);
    }

    @ParameterizedTest
    @EnumSource(SignatureAlgorithm.class)
    void the_key_id_is_the_beginning_of_the_hash_of_the_public_key(SignatureAlgorithm algorithm)
            throws InvalidKeyException {
        String pem = TestKeys.pem(algorithm, "device");
        String der = Keys.publicPem(pem).replaceAll("-----[^-]+-----|\\s", "");
        Bytes hash = Bytes.wrap(Base64.getDecoder().decode(der)).sha256();
        assertThat(Keys.signer(pem).keyId()).isEqualTo(Bytes.wrap(Arrays.copyOf(hash.toArray(), 8)));
    }

    @Test
    void openssl_s_ed25519_key_works_both_ways() throws Exception {
        String pem = openssl("genpkey", "-algorithm", "ed25519");
        agreesWithOpenssl(pem);
    }

    @Test
    void openssl_s_p256_key_works_both_ways_as_pkcs8() throws Exception {
        agreesWithOpenssl(openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"));
    }

    @Test
    void openssl_s_p256_key_works_both_ways_as_sec1_behind_its_parameters() throws Exception {
        String pem = openssl("ecparam", "-name", "prime256v1", "-genkey");
        assertThat(pem).contains("EC PARAMETERS");
        agreesWithOpenssl(pem);
        agreesWithOpenssl(pem.substring(pem.indexOf("-----BEGIN EC PRIVATE KEY")));
    }

    @Test
    void a_p256_key_with_its_curve_spelled_out_is_the_same_key() throws Exception {
        String named = openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256");
        Path file = Files.writeString(folder.resolve("named.pem"), named);
        String spelled = openssl("pkey", "-in", file.toString(), "-pubout", "-ec_param_enc", "explicit");
        assertThat(Keys.verifier(spelled).keyId()).isEqualTo(Keys.signer(named).keyId());
        assertThat(Keys.verifier(spelled).verify(MESSAGE, Keys.signer(named).sign(MESSAGE)))
                .isTrue();
    }

    @Test
    void openssl_s_sm2_key_works_both_ways() throws Exception {
        agreesWithOpenssl(openssl("genpkey", "-algorithm", "SM2"));
        agreesWithOpenssl(Keys.generatePem(SignatureAlgorithm.SM2));
    }

    @Test
    void what_openssl_signs_with_sm2_verifies_here_under_its_id() throws Exception {
        String pem = openssl("genpkey", "-algorithm", "SM2");
        Path key = Files.writeString(folder.resolve("key.pem"), pem);
        Path message = Files.write(folder.resolve("message"), MESSAGE);
        Path signature = folder.resolve("signature");
        openssl(
                "pkeyutl",
                "-sign",
                "-inkey",
                key.toString(),
                "-rawin",
                "-digest",
                "sm3",
                "-pkeyopt",
                "distid:school-007/button-3",
                "-in",
                message.toString(),
                "-out",
                signature.toString());
        byte[] plain = DerSignature.toPlain(SignatureAlgorithm.SM2, Files.readAllBytes(signature))
                .orElseThrow();
        String half = Keys.publicPem(pem);
        assertThat(Keys.verifier(half, Sm2Id.of("school-007/button-3")).verify(MESSAGE, plain))
                .isTrue();
        assertThat(Keys.verifier(half).verify(MESSAGE, plain)).isFalse();
    }

    @Test
    void the_key_of_a_certificate_is_taken() throws Exception {
        String pem = openssl("genpkey", "-algorithm", "ed25519");
        Path file = Files.writeString(folder.resolve("key.pem"), pem);
        String certificate =
                openssl("req", "-x509", "-new", "-key", file.toString(), "-subj", "/CN=police", "-days", "1");
        assertThat(Keys.verifier(certificate).verify(MESSAGE, Keys.signer(pem).sign(MESSAGE)))
                .isTrue();
    }

    @Test
    void an_encrypted_key_is_refused_with_a_hint() throws Exception {
        String pkcs8 = openssl(
                "genpkey",
                "-algorithm",
                "EC",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-aes256",
                "-pass",
                "pass:secret");
        assertThat(pkcs8).contains("ENCRYPTED");
        assertThatThrownBy(() -> Keys.signer(pkcs8))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageContaining("encrypted")
                .hasMessageContaining("pass phrase");

        Path file =
                Files.writeString(folder.resolve("plain.pem"), openssl("ecparam", "-name", "prime256v1", "-genkey"));
        String sec1 = openssl("ec", "-in", file.toString(), "-aes256", "-passout", "pass:secret");
        assertThat(sec1).contains("Proc-Type: 4,ENCRYPTED");
        assertThatThrownBy(() -> Keys.signer(sec1))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageContaining("encrypted");
    }

    @Test
    void keys_of_other_kinds_are_refused_by_name() throws Exception {
        String p384 = openssl("ecparam", "-name", "secp384r1", "-genkey");
        assertThatThrownBy(() -> Keys.signer(p384)).hasMessageContaining("another curve than P-256 and SM2's");
        String rsa = openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048");
        assertThatThrownBy(() -> Keys.signer(rsa))
                .hasMessageContaining("neither an Ed25519 nor a P-256 nor an SM2 key");
        Path file = Files.writeString(folder.resolve("rsa.pem"), rsa);
        String rsaPublic = openssl("pkey", "-in", file.toString(), "-pubout");
        assertThatThrownBy(() -> Keys.verifier(rsaPublic))
                .hasMessageContaining("neither an Ed25519 nor a P-256 nor an SM2 key");
    }

    @Test
    void whatever_is_no_key_is_refused_with_a_sentence() throws InvalidKeyException {
        String pem = TestKeys.pem(SignatureAlgorithm.ES256, "device");
        String publicPem = Keys.publicPem(pem);
        List<String> bad = new ArrayList<>(List.of(
                "",
                "hello",
                "-----BEGIN PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\n!!!!\n-----END PRIVATE KEY-----\n",
                "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
                "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"));
        for (int cut = 0; cut < publicPem.length(); cut += 7) {
            bad.add(publicPem.substring(0, publicPem.length() - 30 - cut % 90) + "\n-----END PUBLIC KEY-----\n");
        }
        for (String text : bad) {
            assertThatThrownBy(() -> Keys.signer(text)).as(text).isInstanceOf(InvalidKeyException.class);
            assertThatThrownBy(() -> Keys.verifier(text)).as(text).isInstanceOf(InvalidKeyException.class);
        }
        assertThatThrownBy(() -> Keys.signer(publicPem)).hasMessageContaining("not a PRIVATE KEY");
        assertThatThrownBy(() -> Keys.verifier(pem)).hasMessageContaining("not a PUBLIC KEY");
    }

    private void agreesWithOpenssl(String pem) throws Exception {
        Path key = Files.writeString(folder.resolve("key.pem"), pem);
        Path message = Files.write(folder.resolve("message"), MESSAGE);
        Path signature = folder.resolve("signature");
        Signer signer = Keys.signer(pem);
        String publicPem = openssl("pkey", "-in", key.toString(), "-pubout");
        assertThat(Keys.publicPem(pem).replaceAll("\\s", "")).isEqualTo(publicPem.replaceAll("\\s", ""));
        assertThat(Keys.verifier(publicPem).verify(MESSAGE, signer.sign(MESSAGE)))
                .isTrue();

        byte[] ours = signer.sign(MESSAGE);
        SignatureAlgorithm algorithm = signer.algorithm();
        Files.write(signature, algorithm == SignatureAlgorithm.ED25519 ? ours : DerSignature.ofPlain(algorithm, ours));
        List<String> verify = new ArrayList<>(List.of("pkeyutl", "-verify", "-inkey", key.toString(), "-rawin"));
        verify.addAll(
                switch (algorithm) {
                    case ED25519 -> List.of();
                    case ES256 -> List.of("-digest", "sha256");
                    case SM2 -> List.of("-digest", "sm3", "-pkeyopt", "distid:1234567812345678");
                });
        verify.addAll(List.of("-in", message.toString(), "-sigfile", signature.toString()));
        assertThat(openssl(verify.toArray(String[]::new))).contains("Verified Successfully");
    }

    private static String openssl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "skipped: no openssl on the path");
            throw e;
        }
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("%s: %s", command, output).isZero();
        return output;
    }
}
