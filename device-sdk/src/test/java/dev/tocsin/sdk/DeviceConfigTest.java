package dev.tocsin.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.coap.TestAuthority;
import dev.tocsin.sdk.config.Loaded;
import dev.tocsin.sdk.config.Problem;
import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.crypto.Sm2Id;
import dev.tocsin.sdk.model.OrderKind;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceConfigTest {

    private static final String GOOD = """
            device = "school-007/gateway-1"
            journal = "journal"
            cameras = ["cam-1"]
            [place]
            spot = "room 204"
            [keys]
            alarm = "alarm-key.pem"
            certificate = "dtls.pem"
            key = "dtls-key.pem"
            trust = "ca.pem"
            [[centres]]
            id = "police"
            addresses = ["coaps://127.0.0.1:5684"]
            receipt-keys = ["receipts.pem"]
            """;

    private static final String CENTRE = GOOD.substring(GOOD.indexOf("[[centres]]"));

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void writeKeys() throws IOException, InvalidKeyException {
        TestAuthority authority = TestAuthority.create("test");
        TestAuthority.Issued dtls = authority.device("gateway-1");
        TestAuthority.Issued centre = authority.centre("police", "127.0.0.1");
        Files.writeString(folder.resolve("ca.pem"), authority.pem());
        Files.writeString(folder.resolve("dtls.pem"), dtls.certificatePem());
        Files.writeString(folder.resolve("dtls-key.pem"), dtls.keyPem());
        Files.writeString(folder.resolve("centre.pem"), centre.certificatePem());
        Files.writeString(folder.resolve("centre-key.pem"), centre.keyPem());
        String key = Keys.generatePem(SignatureAlgorithm.ED25519);
        Files.writeString(folder.resolve("alarm-key.pem"), key);
        Files.writeString(folder.resolve("receipts.pem"), Keys.publicPem(key));
    }

    @Test
    void a_good_configuration_is_read() throws IOException {
        assertThat(problemsOf(GOOD)).isEmpty();
    }

    /** Each would have to be an exception somewhere if it were not told here. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"police\" | \"Police HQ\" | :12: id = \"Police HQ\" cannot be a centre's id",
                "school-007/gateway-1 | school-007/../x | :1: device = \"school-007/../x\" cannot be an id",
                "127.0.0.1:5684 | 127.0.0.1:99999 | :13: \"coaps://127.0.0.1:99999\" is no address of a centre",
                "coaps:// | coap:// | :13: \"coap://127.0.0.1:5684\" is no address of a centre",
                "receipts.pem | alarm-key.pem | :14: alarm-key.pem: ",
                "\"dtls-key.pem\" | \"centre-key.pem\" | :8: certificate, key and trust do not make a DTLS identity",
                "\"dtls-key.pem\" | \"alarm-key.pem\" | the private key: not a private key on the curve P-256",
                "[\"cam-1\"] | [\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\"] | :3: too many or too long camera references",
                "\"alarm-key.pem\" | \"dtls.pem\" | :7: alarm: not a PRIVATE KEY in PEM form",
                "\"alarm-key.pem\" | \"\" | :7: keys.alarm is empty",
                "\"dtls.pem\" | \"\" | :8: keys.certificate is empty",
                "\"dtls-key.pem\" | \"\" | :9: keys.key is empty",
                "\"ca.pem\" | \"\" | :10: keys.trust is empty",
                "\"police\" | \" \" | :12: centres.id is empty",
                "[\"receipts.pem\"] | [\"\"] | :14: centres.receipt-keys holds an empty text",
                "[\"cam-1\"] | [\"\"] | :3: cameras holds an empty text",
                "\"journal\" | \"\" | :2: journal is empty",
                "\"school-007/gateway-1\" | \"\" | :1: device is empty",
                "cameras = [\"cam-1\"] | heartbeat = \"2d\" | (from 1s to 1d",
                "certificate = \"dtls.pem\" | sm2-id = \"x\" | :8: sm2-id, but the alarm key is no SM2 key",
                "id = \"police\" | sm2-id = \"x\" | :12: sm2-id, but none of the receipt keys is an SM2 key",
                "id = \"police\" | sm2-id = \"\" | :12: sm2-id: an SM2 id has 1 to 8191 bytes, not 0",
            })
    void a_mistake_is_told_with_its_line(String from, String to, String problem) throws IOException {
        assertThat(problemsOf(GOOD.replace(from, to)))
                .anySatisfy(p -> assertThat(p).contains(problem));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "drills = true; role = \"police\" | :13: drills, for a centre whose role is police",
                "role = \"fire\"; may = [\"settings\"] | :14: may order settings, but its role is fire (take \"settings\" out",
                "may = [\"locate\", \"reboot\"] | :13: may order reboot, but its role is police",
                "role = \"education\"; may = [\"drill\"] | :14: may order drills, but gets no drill alarms (drills = true",
                "may = [\"setings\"] | :13: may: nobody can order \"setings\" (did you mean settings",
                "role = \"army\" | :13: role = \"army\" is unknown (one of education, police, fire",
            })
    void rights_that_do_not_go_together_are_refused_with_line_and_hint(String rights, String problem)
            throws IOException {
        assertThat(problemsOf(withRights(rights))).anySatisfy(p -> assertThat(p).contains(problem));
    }

    private static String withRights(String rights) {
        return GOOD.replace("id = \"police\"\n", "id = \"police\"\n" + rights.replace("; ", "\n") + "\n");
    }

    @Test
    void what_a_centre_may_order_follows_from_its_role_and_can_be_less() throws IOException {
        assertThat(may("")).containsExactlyInAnyOrder(OrderKind.LOCATE, OrderKind.SELF_TEST);
        assertThat(may("drills = true")).containsExactlyInAnyOrder(OrderKind.values());
        assertThat(may("role = \"education\""))
                .hasSize(OrderKind.values().length - 1)
                .doesNotContain(OrderKind.DRILL);
        assertThat(may("drills = true; may = [\"locate\", \"self-test\", \"settings\"]"))
                .containsExactlyInAnyOrder(OrderKind.LOCATE, OrderKind.SELF_TEST, OrderKind.SETTINGS);
        assertThat(may("role = \"fire\"; may = []")).isEmpty();
    }

    private Set<OrderKind> may(String rights) throws IOException {
        Files.writeString(folder.resolve("device.toml"), withRights(rights));
        DeviceConfig config = DeviceConfig.load(folder.resolve("device.toml")).orThrow();
        return config.settings().centres().getFirst().may();
    }

    @Test
    void a_keep_alive_is_off_unless_it_is_given() throws IOException {
        assertThat(keepAlive("")).isZero();
        assertThat(keepAlive("keep-alive = \"off\"\n")).isZero();
        assertThat(keepAlive("keep-alive = \"25s\"\n")).hasSeconds(25);
        assertThat(problemsOf("keep-alive = \"1s\"\n" + GOOD)).anyMatch(p -> p.contains(":1: keep-alive"));
    }

    private java.time.Duration keepAlive(String line) throws IOException {
        Files.writeString(folder.resolve("device.toml"), line + GOOD);
        return DeviceConfig.load(folder.resolve("device.toml"))
                .orThrow()
                .settings()
                .keepAlive();
    }

    @Test
    void an_sm2_key_signs_and_believes_under_the_ids_that_are_given() throws Exception {
        String key = Keys.generatePem(SignatureAlgorithm.SM2);
        Files.writeString(folder.resolve("alarm-key.pem"), key);
        Files.writeString(folder.resolve("receipts.pem"), Keys.publicPem(key));
        Files.writeString(
                folder.resolve("device.toml"),
                GOOD.replace("[[centres]]", "sm2-id = \"gateway-1\"\n[[centres]]\nsm2-id = \"police\""));
        DeviceConfig config = DeviceConfig.load(folder.resolve("device.toml")).orThrow();
        byte[] message = {1};
        assertThat(Keys.verifier(Keys.publicPem(key), Sm2Id.of("gateway-1"))
                        .verify(message, config.alarmKey().sign(message)))
                .isTrue();
        byte[] receipt = Keys.signer(key, Sm2Id.of("police")).sign(message);
        assertThat(config.settings().centres().getFirst().keys())
                .singleElement()
                .satisfies(k -> assertThat(k.verify(message, receipt)).isTrue());
    }

    @Test
    void a_certificate_for_a_centre_is_refused() throws IOException {
        assertThat(problemsOf(GOOD.replace("\"dtls", "\"centre")))
                .singleElement()
                .asString()
                .contains(":8: the certificate of 'police' is not for a device");
    }

    @Test
    void a_place_that_no_alarm_could_carry_is_refused() throws IOException {
        assertThat(problemsOf(GOOD.replace("room 204", "房".repeat(100))))
                .singleElement()
                .asString()
                .contains(":5: spot is too long (at most 192 bytes");
    }

    @Test
    void what_makes_alarms_too_long_for_one_round_trip_is_refused() throws IOException {
        assertThat(problemsOf(GOOD.replace(
                        "spot =",
                        "school = \"%1$s\"\nbuilding = \"%1$s\"\nfloor = \"%1$s\"\nspot =".formatted("房".repeat(64)))))
                .isEmpty();
        assertThat(problemsOf(GOOD.replace(
                        "[\"cam-1\"]",
                        "[\"%1$s-1\", \"%1$s-2\", \"%1$s-3\", \"%1$s-4\", \"%1$s-5\", \"%1$s-6\", \"%1$s-7\"]"
                                .formatted("c".repeat(118)))))
                .singleElement()
                .asString()
                .contains(":4: with this place and these cameras an alarm takes 1")
                .contains("several round trips");
    }

    @Test
    void two_centres_of_one_id_are_refused_at_the_second() throws IOException {
        assertThat(problemsOf(GOOD + CENTRE))
                .singleElement()
                .asString()
                .contains(":16: there is a centre \"police\" above already");
    }

    @Test
    void a_centre_without_a_name_is_refused_and_not_left_out() throws IOException {
        assertThat(problemsOf(GOOD + CENTRE.replace("police", "")))
                .singleElement()
                .asString()
                .contains(":16: centres.id is empty");
        assertThat(problemsOf(GOOD.replace("police", "") + CENTRE.replace("police", "")))
                .hasSize(2);
    }

    @Test
    void a_list_of_no_centres_is_refused() throws IOException {
        assertThat(problemsOf("centres = []\n" + GOOD.substring(0, GOOD.indexOf("[[centres]]"))))
                .singleElement()
                .asString()
                .contains(":1: no centre to send alarms to");
    }

    @Test
    void a_byte_order_mark_is_no_mistake() throws IOException {
        assertThat(problemsOf("\uFEFF" + GOOD)).isEmpty();
    }

    private List<String> problemsOf(String toml) throws IOException {
        Path file = Files.writeString(folder.resolve("device.toml"), toml);
        return switch (DeviceConfig.load(file)) {
            case Loaded.Ok<DeviceConfig> ok -> List.of();
            case Loaded.Bad<DeviceConfig>(List<Problem> problems) ->
                problems.stream().map(Problem::toString).toList();
        };
    }
}
