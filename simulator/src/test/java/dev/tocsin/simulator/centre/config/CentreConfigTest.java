package dev.tocsin.simulator.centre.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.coap.SourceLimits;
import dev.tocsin.sdk.config.Loaded;
import dev.tocsin.sdk.config.Problem;
import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.crypto.Sm2Id;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.port.Verifier;
import dev.tocsin.simulator.centre.Partners;
import dev.tocsin.simulator.centre.Settings;
import dev.tocsin.simulator.centre.TestCentre;
import dev.tocsin.simulator.centre.TextFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CentreConfigTest {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void writeFiles() {
        file = TestCentre.in(folder).config();
    }

    private void append(String text) throws IOException {
        TextFiles.write(file, Files.readString(file) + text);
    }

    private void replace(String text, String by) throws IOException {
        String before = Files.readString(file);
        assertThat(before).contains(text);
        TextFiles.write(file, before.replace(text, by));
    }

    private List<String> problems() {
        return switch (CentreConfig.load(file)) {
            case Loaded.Ok<CentreConfig> ok -> List.of();
            case Loaded.Bad<CentreConfig>(List<Problem> found) ->
                found.stream()
                        .map(p -> p.line() + ": " + p.what() + " (" + p.hint() + ")")
                        .toList();
        };
    }

    @Test
    void limits_are_the_usual_ones_but_for_what_is_written() throws IOException {
        assertThat(CentreConfig.load(file).orThrow().limits()).isEqualTo(SourceLimits.USUAL);

        append("limits:\n  messages: 10\n  kilobytes: 64\n");
        SourceLimits limits = CentreConfig.load(file).orThrow().limits();
        assertThat(limits.messages()).isEqualTo(new SourceLimits.Rate(10, 60));
        assertThat(limits.bytes()).isEqualTo(new SourceLimits.Rate(64 << 10, 2 << 20));
        assertThat(limits.handshakes()).isEqualTo(SourceLimits.USUAL.handshakes());
    }

    @Test
    void a_limit_of_nothing_is_refused() throws IOException {
        append("limits:\n  messages: 0\n");
        assertThat(problems()).singleElement().asString().contains("messages is out of range: 0");
    }

    @Test
    void a_whole_configuration_is_read() throws IOException {
        append("audit: logs/audit.log\ncounties: [\"530902\"]\nheartbeat: 30s\noffline-grace: 5s\n");

        CentreConfig config = CentreConfig.load(file).orThrow();

        assertThat(config.settings())
                .isEqualTo(new Settings(
                        "police",
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(5),
                        Settings.LEDGER_POLL,
                        List.of("530902"),
                        false));
        assertThat(config.name()).isEqualTo("Linxiang county police");
        assertThat(config.listen().getHostString()).isEqualTo("127.0.0.1");
        assertThat(config.dtls()).isPresent();
        assertThat(config.files())
                .isEqualTo(new CentreConfig.Files(
                        folder.resolve("registry.yaml"),
                        folder.resolve("police.db"),
                        folder.resolve("logs/audit.log")));
    }

    @Test
    void a_centre_that_holds_drills_names_whom_it_tells_and_another_whom_it_believes() throws Exception {
        String key = Keys.publicPem(Keys.generatePem(SignatureAlgorithm.ED25519));
        TextFiles.write(folder.resolve("other.pem"), key);
        append("""
                drills: true
                notify:
                  police-2: {addresses: [coaps://10.0.0.2], keys: [other.pem]}
                notices-from:
                  education-2: {keys: [other.pem]}
                """);

        Partners partners = CentreConfig.load(file).orThrow().settings().partners();

        assertThat(partners.told()).singleElement().satisfies(told -> {
            assertThat(told.id()).isEqualTo("police-2");
            assertThat(told.addresses()).containsExactly("coaps://10.0.0.2");
            assertThat(told.keys())
                    .extracting(Verifier::keyId)
                    .containsExactly(Keys.verifier(key).keyId());
        });
        assertThat(partners.tellers()).extracting(Partners.Teller::id).containsExactly("education-2");
        assertThat(CentreConfig.files(file)).isInstanceOf(Loaded.Ok.class);
    }

    @Test
    void whom_to_tell_of_drills_and_whom_to_believe_is_checked_to_the_line() throws IOException {
        append("""
                notify:
                  police-2: {addresses: [coap://10.0.0.2], keys: [nowhere.pem]}
                  police-3: {}
                notices-from:
                  'no id': {keys: [police.key]}
                """);

        assertThat(problems())
                .anyMatch(p -> p.contains("'coap://10.0.0.2' is no address that this centre can call"))
                .anyMatch(p -> p.contains("nowhere.pem cannot be read"))
                .anyMatch(p -> p.contains("addresses: none is listed"))
                .anyMatch(p -> p.contains("'no id' is no id for a centre"))
                .anyMatch(p -> p.contains("police.key is not a usable key"));
    }

    @Test
    void a_centre_without_drills_has_nobody_to_tell() throws Exception {
        TextFiles.write(folder.resolve("other.pem"), Keys.publicPem(Keys.generatePem(SignatureAlgorithm.ED25519)));
        append("notify:\n  police-2: {addresses: [coaps://10.0.0.2], keys: [other.pem]}\n");

        assertThat(problems()).singleElement().asString().contains("holds no drills");
    }

    @Test
    void what_may_be_left_out_has_a_usual_value() {
        CentreConfig config = CentreConfig.load(file).orThrow();

        assertThat(config.settings()).isEqualTo(Settings.of("police"));
        assertThat(config.files().audit()).isEqualTo(folder.resolve("police.db.audit.log"));
    }

    @Test
    void who_works_beside_a_centre_needs_no_keys() throws IOException {
        Files.delete(folder.resolve("police.key"));
        Files.delete(folder.resolve("receipts.key"));

        assertThat(CentreConfig.files(file).orThrow().ledger()).isEqualTo(folder.resolve("police.db"));
        assertThat(problems()).hasSize(2);
    }

    @Test
    void an_empty_file_lacks_everything_that_must_be_there() {
        TextFiles.write(file, "{}\n");

        assertThat(problems())
                .extracting(p -> p.replaceAll("^1: (\\S+) is missing .*$", "$1"))
                .containsExactly("id", "listen", "signing-key", "registry", "ledger");
    }

    @Test
    void a_typing_error_is_told_with_its_line() throws IOException {
        append("offline-grase: 5s\n");

        assertThat(problems()).containsExactly("8: unknown key offline-grase (did you mean offline-grace?)");
    }

    @Test
    void an_address_that_is_none_is_told() throws IOException {
        replace("coaps://127.0.0.1:0", "localhost:5684");

        assertThat(problems()).singleElement().asString().startsWith("3: listen: 'localhost:5684' is no address");
    }

    @Test
    void dtls_files_that_do_not_fit_are_told() throws IOException {
        Files.copy(folder.resolve("receipts.key"), folder.resolve("other.key"));
        replace("key: police.key", "key: other.key");

        assertThat(problems()).singleElement().asString().startsWith("4: ").contains("other.key");
    }

    @Test
    void a_signing_key_that_is_none_is_told() throws IOException {
        replace("signing-key: receipts.key", "signing-key: police.pem");

        assertThat(problems()).singleElement().asString().startsWith("5: signing-key police.pem: ");
    }

    @Test
    void an_sm2_id_goes_with_an_sm2_key_only() throws Exception {
        append("sm2-id: police\n");
        assertThat(problems()).singleElement().asString().startsWith("8: sm2-id, but no SM2 key beside it");

        TextFiles.write(folder.resolve("receipts.key"), Keys.generatePem(SignatureAlgorithm.SM2));
        assertThat(CentreConfig.load(file).orThrow().signer().algorithm()).isEqualTo(SignatureAlgorithm.SM2);
        assertThat(CentreConfig.files(file)).isInstanceOf(Loaded.Ok.class);
        assertThat(CentreConfig.drills(file)).isInstanceOf(Loaded.Ok.class);
    }

    @Test
    void the_notices_of_a_partner_are_verified_under_its_own_sm2_id() throws Exception {
        String pem = Keys.generatePem(SignatureAlgorithm.SM2);
        TextFiles.write(folder.resolve("other.pem"), Keys.publicPem(pem));
        append("notices-from:\n  education: {keys: [other.pem], sm2-id: education}\n");

        Partners partners = CentreConfig.load(file).orThrow().settings().partners();
        byte[] message = {1};
        byte[] signature = Keys.signer(pem, Sm2Id.of("education")).sign(message);
        assertThat(partners.tellers())
                .singleElement()
                .satisfies(teller -> assertThat(teller.keys()).allMatch(key -> key.verify(message, signature)));
        assertThat(CentreConfig.files(file)).isInstanceOf(Loaded.Ok.class);
    }

    @Test
    void dtls_without_coaps_and_coaps_without_dtls_are_told() throws IOException {
        replace("coaps://", "coap://");
        assertThat(problems()).containsExactly("4: dtls, but listen is plain coap:// (coaps://, or no dtls)");

        replace("coap://", "coaps://");
        replace("dtls: {certificate: police.pem, key: police.key, trust: authority.pem}\n", "");
        assertThat(problems()).first().asString().contains("dtls is missing");
    }
}
