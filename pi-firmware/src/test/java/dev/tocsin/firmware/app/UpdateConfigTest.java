package dev.tocsin.firmware.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.config.Loaded;
import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.port.Verifier;
import dev.tocsin.sdk.session.Indication;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may change the program of a device. */
class UpdateConfigTest {

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void write() throws Exception {
        TestConfigs.write(folder, "audible", "journal");
    }

    private Loaded<FirmwareConfig> with(String table) throws Exception {
        Path file = folder.resolve("device.toml");
        Files.writeString(file, Files.readString(file) + table);
        return FirmwareConfig.load(file);
    }

    @Test
    void nobody_unless_the_configuration_says_so() throws Exception {
        assertThat(with("").orThrow().updates().from()).isEmpty();
    }

    @Test
    void a_centre_of_the_configuration_may_with_its_addresses_and_keys() throws Exception {
        UpdateConfig updates = with("[updates]\nfrom = [\"police\"]\nask = \"10m\"\nproof = \"5m\"\npace = \"5ms\"\n")
                .orThrow()
                .updates();
        assertThat(updates.from()).singleElement().satisfies(centre -> {
            assertThat(centre.id()).isEqualTo("police");
            assertThat(centre.addresses()).containsExactly("coaps://127.0.0.1:9");
            assertThat(centre.keys()).hasSize(1);
        });
        assertThat(updates.ask()).isEqualTo(Duration.ofMinutes(10));
        assertThat(updates.proof()).isEqualTo(Duration.ofMinutes(5));
        assertThat(updates.pace()).isEqualTo(Duration.ofMillis(5));
    }

    @Test
    void where_there_are_update_keys_no_receipt_key_is_good_for_an_update() throws Exception {
        String offline = Keys.generatePem(SignatureAlgorithm.ED25519);
        Files.writeString(folder.resolve("updates.pem"), Keys.publicPem(offline));
        FirmwareConfig config = with("[updates]\nfrom = [\"police\"]\nkeys = [\"updates.pem\"]\n")
                .orThrow();
        List<Bytes> receipts =
                ids(config.device().settings().centres().getFirst().keys());
        List<Bytes> updates = ids(config.updates().from().getFirst().keys());
        assertThat(updates).containsExactly(Keys.signer(offline).keyId()).doesNotContainAnyElementsOf(receipts);
    }

    private static List<Bytes> ids(List<Verifier> keys) {
        return keys.stream().map(Verifier::keyId).toList();
    }

    @Test
    void update_keys_that_cannot_be_read_are_a_mistake_and_nobody_may_update_meanwhile() throws Exception {
        assertThat(with("[updates]\nfrom = [\"police\"]\nkeys = [\"lost.pem\"]\n"))
                .isInstanceOfSatisfying(
                        Loaded.Bad.class, bad -> assertThat(bad.toString()).contains("lost.pem"));
    }

    @Test
    void update_keys_of_which_none_is_listed_are_a_mistake() throws Exception {
        assertThat(with("[updates]\nfrom = [\"police\"]\nkeys = []\n"))
                .isInstanceOfSatisfying(
                        Loaded.Bad.class, bad -> assertThat(bad.toString()).contains("keys: none is listed"));
    }

    @Test
    void a_centre_that_is_not_there_is_a_mistake() throws Exception {
        assertThat(with("[updates]\nfrom = [\"polise\"]\n"))
                .isInstanceOfSatisfying(
                        Loaded.Bad.class,
                        bad -> assertThat(bad.toString())
                                .contains("from: there is no centre \"polise\"")
                                .contains("police"));
    }

    @Test
    void no_program_ends_while_the_lamp_shows_an_alarm_or_a_drill() {
        Set<Indication> quiet = EnumSet.allOf(Indication.class);
        quiet.removeIf(UpdateDuty::isBusy);
        assertThat(quiet)
                .containsExactlyInAnyOrder(Indication.STARTING, Indication.ARMED, Indication.FAULT, Indication.LOCATE);
    }
}
