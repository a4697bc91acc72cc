package dev.tocsin.sdk.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.sdk.model.KeyUse;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.port.KeyStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys in files. */
class KeyFolderTest {

    @TempDir
    Path folder;

    private KeyFolder.Places places;
    private KeyFolder keys;

    @BeforeEach
    void open() {
        Path at = folder.resolve("keys");
        places = new KeyFolder.Places(
                at.resolve("dtls-key.pem"),
                at.resolve("dtls.pem"),
                at.resolve("alarm-key.pem"),
                at.resolve("alarm.pem"),
                at.resolve("ca.pem"),
                at.resolve("time-floor"));
        keys = new KeyFolder(places, new PlatformEntropy());
    }

    @Test
    void a_key_is_for_its_owner_alone_and_the_same_after_a_restart() throws IOException {
        KeyStore.Held made = keys.make(KeyUse.ALARM, SignatureAlgorithm.SM2);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(places.alarmKey())))
                .isEqualTo("rw-------");
        assertThat(new KeyFolder(places, new PlatformEntropy())
                        .key(KeyUse.ALARM)
                        .orElseThrow()
                        .publicKey())
                .isEqualTo(made.publicKey());
        assertThat(keys.key(KeyUse.CHANNEL)).isEmpty();
    }

    @Test
    void a_new_key_has_no_certificate() throws IOException {
        keys.make(KeyUse.ALARM, SignatureAlgorithm.ED25519);
        Files.writeString(places.alarmCertificate(), "of the old key");
        keys.make(KeyUse.ALARM, SignatureAlgorithm.ED25519);

        assertThat(keys.certificate(KeyUse.ALARM)).isEmpty();
    }

    @Test
    void the_channel_has_a_key_that_dtls_can_use() {
        assertThatThrownBy(() -> keys.make(KeyUse.CHANNEL, SignatureAlgorithm.ED25519))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_broken_key_is_told_with_its_file() throws IOException {
        keys.make(KeyUse.ALARM, SignatureAlgorithm.ED25519);
        Files.writeString(places.alarmKey(), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        assertThatThrownBy(() -> keys.key(KeyUse.ALARM))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("alarm-key.pem");
    }

    @Test
    void the_latest_known_time_is_kept_and_a_broken_one_is_none() throws IOException {
        assertThat(keys.timeFloor()).isEmpty();
        keys.keepTimeFloor(Instant.parse("2027-03-01T00:00:00Z"));
        assertThat(keys.timeFloor()).contains(Instant.parse("2027-03-01T00:00:00Z"));
        Files.writeString(places.timeFloor(), "yesterday");
        assertThat(keys.timeFloor()).isEmpty();
    }
}
