package dev.tocsin.simulator.county;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.sdk.crypto.CertificateFacts;
import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.model.KeyUse;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.testkit.SeededEntropy;
import dev.tocsin.simulator.centre.x509.CertificateAuthority;
import java.io.IOException;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MemoryKeysTest {

    private static final Instant NOW = Instant.parse("2027-03-01T08:00:00Z");

    private final SeededEntropy entropy = new SeededEntropy(4);
    private final String channel = Keys.generatePem(SignatureAlgorithm.ES256, entropy);
    private final CertificateAuthority authority;
    private final MemoryKeys keys;

    MemoryKeysTest() throws InvalidKeyException {
        CertificateAuthority.WithKey made =
                CertificateAuthority.create("Test authority", NOW, NOW.plusSeconds(9_999), entropy);
        authority = CertificateAuthority.of(made.certificate(), made.key(), entropy);
        keys = new MemoryKeys(channel, Keys.generatePem(SignatureAlgorithm.ED25519, entropy), authority.authority());
    }

    private CertificateFacts certificate(Duration life) throws InvalidKeyException {
        return authority.issue("a", KeyUse.CHANNEL, Keys.publicKey(channel), NOW, NOW.plus(life));
    }

    @Test
    void the_certificate_kept_last_is_the_one_that_is_shown() throws IOException, InvalidKeyException {
        keys.keep(KeyUse.CHANNEL, certificate(Duration.ofHours(1)).der());
        assertThat(keys.identity().validUntil()).contains(NOW.plus(Duration.ofHours(1)));
        keys.keep(KeyUse.CHANNEL, certificate(Duration.ofHours(2)).der());
        assertThat(keys.identity().validUntil()).contains(NOW.plus(Duration.ofHours(2)));
    }

    @Test
    void keys_and_the_authority_are_there_and_time_is_not_before_it_is_kept() throws IOException, InvalidKeyException {
        assertThat(keys.key(KeyUse.CHANNEL).orElseThrow().publicKey()).isEqualTo(Keys.publicKey(channel));
        assertThat(keys.key(KeyUse.ALARM).orElseThrow().signer().algorithm()).isEqualTo(SignatureAlgorithm.ED25519);
        assertThat(keys.authority()).contains(authority.authority().der());
        assertThat(keys.timeFloor()).isEmpty();
        keys.keepTimeFloor(NOW);
        assertThat(keys.timeFloor()).contains(NOW);
    }

    @Test
    void without_a_certificate_there_is_nothing_to_show_and_no_key_is_made() {
        assertThatThrownBy(keys::identity).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> keys.make(KeyUse.ALARM, SignatureAlgorithm.ED25519))
                .isInstanceOf(IOException.class);
    }
}
