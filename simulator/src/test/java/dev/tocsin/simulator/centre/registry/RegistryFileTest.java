package dev.tocsin.simulator.centre.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.config.Loaded;
import dev.tocsin.sdk.config.Problem;
import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.crypto.Sm2Id;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.Place;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.port.Verifier;
import dev.tocsin.simulator.centre.TestDevice;
import dev.tocsin.simulator.centre.TextFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RegistryFileTest {

    @TempDir
    Path folder;

    private final TestDevice button = new TestDevice("school-007/button-3");
    private final TestDevice other = new TestDevice("school-007/button-4");

    private Path write(String text) {
        return TextFiles.write(folder.resolve("registry.yaml"), text);
    }

    private static String inline(TestDevice device) {
        return "    key: |\n" + device.publicPem().indent(6);
    }

    private List<String> problems(String text) {
        return switch (RegistryFile.load(write(text))) {
            case Loaded.Ok<Registry> ok -> List.of();
            case Loaded.Bad<Registry>(List<Problem> found) ->
                found.stream()
                        .map(p -> p.line() + ": " + p.what() + " (" + p.hint() + ")")
                        .toList();
        };
    }

    @Test
    void an_sm2_key_verifies_under_the_id_beside_it() throws Exception {
        String pem = Keys.generatePem(SignatureAlgorithm.SM2);
        String named = "devices:\n  a:\n    sm2-id: school-007/a\n    key: |\n"
                + Keys.publicPem(pem).indent(6);
        byte[] message = {1};
        byte[] signature = Keys.signer(pem, Sm2Id.of("school-007/a")).sign(message);

        Verifier key = RegistryFile.load(write(named))
                .orThrow()
                .byId("a")
                .orElseThrow()
                .key();
        assertThat(key.verify(message, signature)).isTrue();
        Verifier usual = RegistryFile.load(write(named.replace("    sm2-id: school-007/a\n", "")))
                .orThrow()
                .byId("a")
                .orElseThrow()
                .key();
        assertThat(usual.verify(message, signature)).isFalse();
        assertThat(problems("devices:\n  a:\n    sm2-id: a\n" + inline(button)))
                .singleElement()
                .asString()
                .startsWith("3: sm2-id, but no SM2 key beside it");
        assertThat(problems(named.replace("school-007/a", "x".repeat(8192))))
                .singleElement()
                .asString()
                .startsWith("3: sm2-id: an SM2 id has 1 to 8191 bytes, not 8192");
    }

    @Test
    void a_former_key_verifies_what_is_in_a_ledger_and_nothing_new_is_believed_for_it() throws InvalidKeyException {
        Verifier key = Keys.verifier(button.publicPem());
        Registry registry = new Registry(Map.of(), Map.of(), Set.of(), List.of(key));
        assertThat(registry.keyOfOld(key.keyId())).contains(key);
        assertThat(registry.byKey(key.keyId())).isEmpty();
    }

    @Test
    void a_device_is_found_by_id_and_by_key() {
        TextFiles.write(folder.resolve("keys/button-4.pem"), other.publicPem());
        Path file = write("""
                counties:
                  "530902": Linxiang
                schools:
                  school-007: {name: No. 7 Primary School, county: "530902"}
                devices:
                  school-007/button-3:
                    school: school-007
                    building: B
                    floor: "2"
                    spot: corridor
                    heartbeat: 30s
                    kinds: [PANIC, FAULT]
                    peer: gateway-1
                    revoked: true
                """ + inline(button) + """
                  school-007/button-4:
                    key: keys/button-4.pem
                """);

        Registry registry = RegistryFile.load(file).orThrow();

        RegisteredDevice first = registry.byId(button.id()).orElseThrow();
        assertThat(registry.byKey(button.signer().keyId())).contains(first);
        assertThat(first.place())
                .isEqualTo(new Place("530902", "No. 7 Primary School", "B", "2", "corridor", Optional.empty()));
        assertThat(first.heartbeat()).contains(Duration.ofSeconds(30));
        assertThat(first.kinds()).containsExactlyInAnyOrder(AlarmKind.PANIC, AlarmKind.FAULT);
        assertThat(first.peer()).isEqualTo("gateway-1");
        assertThat(first.revoked()).isTrue();

        RegisteredDevice second = registry.byKey(other.signer().keyId()).orElseThrow();
        assertThat(second.id()).isEqualTo(other.id());
        assertThat(second.peer()).isEqualTo(other.id());
        assertThat(second.revoked()).isFalse();
        assertThat(second.kinds()).isEmpty();
        assertThat(registry.devices()).containsExactly(first, second);
        assertThat(registry.counties()).containsEntry("530902", "Linxiang");
    }

    @Test
    void everything_wrong_is_told_in_one_pass() {
        assertThat(problems("""
                        counties: {"530902": Linxiang}
                        schools:
                          school-007: {county: "530999"}
                        devices:
                          a device:
                            key: none.pem
                          b:
                            school: school-008
                            key: "-----BEGIN NONSENSE-----"
                          c:
                            kind: [PANIC]
                            heartbeat: 2h
                        """))
                .satisfiesExactly(
                        p -> assertThat(p).startsWith("3: county 530999 is not among the counties (known: 530902)"),
                        p -> assertThat(p).startsWith("5: 'a device' is no device id"),
                        p -> assertThat(p).startsWith("6: the key file none.pem cannot be read"),
                        p -> assertThat(p).startsWith("8: school school-008 is not among the schools"),
                        p -> assertThat(p).startsWith("9: not a usable key"),
                        p -> assertThat(p).startsWith("10: devices.c.key is missing"),
                        p -> assertThat(p).startsWith("11: unknown key devices.c.kind (did you mean kinds?)"),
                        p -> assertThat(p).startsWith("12: devices.c.heartbeat: '2h' is no duration in range"));
    }

    @Test
    void a_key_that_two_devices_share_is_told() {
        assertThat(problems("devices:\n  a:\n" + inline(button) + "  b:\n" + inline(button)))
                .singleElement()
                .asString()
                .contains("the key of b is that of a too");
    }

    @Test
    void a_place_that_is_too_long_is_told() {
        assertThat(problems("devices:\n  a:\n    spot: " + "x".repeat(300) + "\n" + inline(button)))
                .singleElement()
                .asString()
                .startsWith("2: a spot of more than 192 bytes");
    }

    @Test
    void a_file_of_a_large_city_is_read() {
        String comment = "# " + "x".repeat(98) + "\n";

        Registry registry = RegistryFile.load(write("devices:\n  a:\n" + inline(button) + comment.repeat(100_000)))
                .orThrow();

        assertThat(registry.devices()).hasSize(1);
    }

    @Test
    void a_changed_file_is_taken_and_a_wrong_one_is_not() throws Exception {
        Path file = write("devices:\n  " + button.id() + ":\n" + inline(button));
        LiveRegistry live = LiveRegistry.open(file).orThrow();
        assertThat(live.reloadIfChanged()).isEmpty();

        write("devices:\n  " + button.id() + ":\n" + inline(button) + "  " + other.id() + ":\n" + inline(other));
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2027-03-01T00:00:01Z")));
        assertThat(live.reloadIfChanged()).contains(new LiveRegistry.Change.Taken(2));
        assertThat(live.get().byId(other.id())).isPresent();

        write("devices: nonsense");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2027-03-01T00:00:02Z")));
        assertThat(live.reloadIfChanged()).containsInstanceOf(LiveRegistry.Change.Rejected.class);
        assertThat(live.reloadIfChanged()).isEmpty();
        assertThat(live.get().devices()).hasSize(2);
    }

    /** Somebody makes a typing error in the file, and then a button is stolen. */
    @Test
    void what_the_authority_revokes_is_revoked_though_the_file_is_wrong() {
        String right =
                "devices:\n  " + button.id() + ":\n" + inline(button) + "  " + other.id() + ":\n" + inline(other);
        Path file = write(right);
        Books books = new Books();
        LiveRegistry live =
                LiveRegistry.open(file, Optional.of((Enrolments) books)).orThrow();

        write("devices: nonsense");
        Bytes stolen = der(button.publicPem());
        books.revoked = Set.of(stolen);
        assertThat(live.reloadIfChanged()).containsInstanceOf(LiveRegistry.Change.Rejected.class);

        assertThat(live.get().byId(button.id()).orElseThrow().revoked()).isTrue();
        assertThat(live.get().byKey(button.signer().keyId()).orElseThrow().revoked())
                .isTrue();
        assertThat(live.get().isRevoked(stolen)).isTrue();
        assertThat(live.get().byId(other.id()).orElseThrow().revoked()).isFalse();
    }

    private static Bytes der(String pem) {
        String base64 = pem.lines().filter(line -> !line.startsWith("-----")).collect(Collectors.joining());
        return Bytes.wrap(Base64.getDecoder().decode(base64));
    }

    /** Books in which only keys are revoked. */
    private static final class Books implements Enrolments {
        Set<Bytes> revoked = Set.of();

        @Override
        public Object stamp() {
            return revoked;
        }

        @Override
        public Snapshot read() {
            return new Snapshot(List.of(), revoked, List.of());
        }
    }
}
