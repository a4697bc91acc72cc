package dev.tocsin.sdk.coap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.sdk.coap.TestAuthority.Issued;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DtlsIdentityTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("Authority");
    private static final Issued DEVICE = AUTHORITY.device("button-7");

    @TempDir
    Path folder;

    @Test
    void an_identity_is_read_from_files() throws Exception {
        DtlsIdentity identity = load(DEVICE.certificatePem(), DEVICE.keyPem(), AUTHORITY.pem());
        assertThat(identity.name()).isEqualTo("button-7");
        assertThat(identity.validUntil().orElseThrow()).isAfter(java.time.Instant.now());
    }

    @Test
    void text_around_the_blocks_does_not_matter() throws Exception {
        String certificate = "Subject: button-7\n" + DEVICE.certificatePem() + "\nend\n";
        assertThat(load(certificate, DEVICE.certificatePem() + DEVICE.keyPem(), AUTHORITY.pem())
                        .name())
                .isEqualTo("button-7");
    }

    @Test
    void a_file_that_is_missing_is_named() {
        Path missing = folder.resolve("missing.crt");
        assertThatThrownBy(() -> DtlsIdentity.load(missing, missing, missing))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("missing.crt");
    }

    @Test
    void a_file_without_a_certificate_is_named() {
        assertThatThrownBy(() -> load("", DEVICE.keyPem(), AUTHORITY.pem()))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("own.crt: no certificate");
        assertThatThrownBy(() -> load(DEVICE.certificatePem(), DEVICE.keyPem(), "nonsense"))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("trusted.crt: no certificate");
    }

    @Test
    void a_broken_certificate_is_told() {
        String broken = DEVICE.certificatePem().replaceFirst("MII[A-Za-z0-9+/]{20}", "MII");
        assertThatThrownBy(() -> load(broken, DEVICE.keyPem(), AUTHORITY.pem()))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("own.crt: a broken");
    }

    @Test
    void a_file_without_a_private_key_is_named() {
        assertThatThrownBy(() -> load(DEVICE.certificatePem(), DEVICE.certificatePem(), AUTHORITY.pem()))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("own.key: no unencrypted private key");
    }

    @Test
    void a_key_of_somebody_else_is_told() {
        Issued other = AUTHORITY.device("button-8");
        assertThatThrownBy(() -> load(DEVICE.certificatePem(), other.keyPem(), AUTHORITY.pem()))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("own.key: the key does not belong to the certificate in")
                .hasMessageContaining("own.crt");
    }

    @Test
    void a_key_on_another_curve_is_told() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp384r1"));
        String key = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder()
                        .encodeToString(generator.generateKeyPair().getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        assertThatThrownBy(() -> load(DEVICE.certificatePem(), key, AUTHORITY.pem()))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("own.key");
    }

    private DtlsIdentity load(String certificate, String key, String trusted)
            throws IOException, GeneralSecurityException {
        return DtlsIdentity.load(
                Files.writeString(folder.resolve("own.crt"), certificate),
                Files.writeString(folder.resolve("own.key"), key),
                Files.writeString(folder.resolve("trusted.crt"), trusted));
    }
}
