package dev.tocsin.sdk.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.Answer;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.Channel;
import dev.tocsin.sdk.model.DeviceOrder;
import dev.tocsin.sdk.model.DrillNotice;
import dev.tocsin.sdk.model.DrillOrder;
import dev.tocsin.sdk.model.Evidence;
import dev.tocsin.sdk.model.Mode;
import dev.tocsin.sdk.model.NoticeReceipt;
import dev.tocsin.sdk.model.OrderResult;
import dev.tocsin.sdk.model.OrderTask;
import dev.tocsin.sdk.model.ProgramVersion;
import dev.tocsin.sdk.model.ReceiptStage;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.model.UpdateManifest;
import dev.tocsin.sdk.port.Signer;
import dev.tocsin.sdk.testkit.TestAlarms;
import dev.tocsin.sdk.testkit.TestEvidence;
import dev.tocsin.sdk.testkit.TestKeys;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The file that others verify against is exactly what this code writes: all signatures are deterministic. After a change
 * of the format that is meant, write it anew with {@code ./mvnw -pl device-sdk test -Dtest=GoldenVectorsTest
 * -Dtocsin.golden=write} (it fails that once) and say so in the changelog.
 */
class GoldenVectorsTest {

    private static final String RESOURCE = "/dev/tocsin/sdk/golden/vectors.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void the_published_vectors_are_byte_for_byte_what_this_code_writes() throws Exception {
        String written = written();
        if ("write".equals(System.getProperty("tocsin.golden"))) {
            Files.writeString(Path.of("src/main/resources" + RESOURCE), written);
        }
        assertThat(written).isEqualTo(published());
    }

    @Test
    void the_published_vectors_verify_with_their_published_keys() throws Exception {
        for (JsonNode vector : JSON.readTree(published()).get("vectors")) {
            verifies(vector.get("alarm"), vector.get("device"));
            verifies(vector.get("evidence"), vector.get("device"));
            verifies(vector.get("receipt"), vector.get("centre"));
            verifies(vector.get("order"), vector.get("centre"));
            verifies(vector.get("notice"), vector.get("centre"));
            verifies(vector.get("noticeReceipt"), vector.get("centre"));
            verifies(vector.get("manifest"), vector.get("centre"));
            verifies(vector.get("deviceOrder"), vector.get("centre"));
            verifies(vector.get("orderResult"), vector.get("device"));
            assertThat(Bytes.ofHex(vector.at("/deviceOrder/envelopeHex").asText())
                            .sha256()
                            .hex())
                    .isEqualTo(vector.at("/orderResult/fields/order_sha256").asText());
            assertThat(Bytes.ofHex(vector.at("/alarm/envelopeHex").asText())
                            .sha256()
                            .hex())
                    .isEqualTo(vector.at("/receipt/fields/envelope_sha256").asText());
            assertThat(Bytes.ofHex(vector.at("/notice/envelopeHex").asText())
                            .sha256()
                            .hex())
                    .isEqualTo(vector.at("/noticeReceipt/fields/notice_sha256").asText());
        }
    }

    private static void verifies(JsonNode message, JsonNode party) throws InvalidKeyException {
        Bytes bytes = Bytes.ofHex(message.get("envelopeHex").asText());
        SignedEnvelope envelope = SignedEnvelope.readEvidence(bytes).orThrow();
        assertThat(envelope.isSignedBy(Keys.verifier(party.get("publicKeyPem").asText())))
                .isTrue();
        assertThat(envelope.keyId().hex()).isEqualTo(party.get("keyId").asText());
        assertThat(bytes.hex())
                .contains(message.get("protectedHeaderHex").asText())
                .contains(message.get("payloadHex").asText());
    }

    private static String published() throws IOException {
        try (InputStream in = GoldenVectorsTest.class.getResourceAsStream(RESOURCE)) {
            return in == null ? "not there" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String written() throws InvalidKeyException, JsonProcessingException {
        ObjectNode root = JSON.createObjectNode();
        root.put(
                "about",
                "Golden vectors of Tocsin's signed messages: COSE_Sign1 (RFC 9052) over Protobuf (tocsin.proto).");
        root.put("keys", "Published test keys: never enrol them anywhere.");
        for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
            vector(root.withArrayProperty("vectors").addObject(), algorithm);
        }
        DefaultIndenter indent = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(indent).withArrayIndenter(indent);
        return JSON.writer(printer).writeValueAsString(root) + "\n";
    }

    private static void vector(ObjectNode to, SignatureAlgorithm algorithm) throws InvalidKeyException {
        to.put("algorithm", algorithm.name());
        to.put("coseAlgorithm", algorithm.coseNumber());
        party(to.putObject("device"), algorithm, "golden device");
        party(to.putObject("centre"), algorithm, "golden centre");

        Alarm alarm = TestAlarms.panic("school-007/button-3", 4);
        SignedEnvelope signedAlarm = Messages.sign(alarm, TestKeys.signer(algorithm, "golden device"));
        fields(to.putObject("alarm").putObject("fields"), alarm);
        message((ObjectNode) to.get("alarm"), signedAlarm);

        Evidence evidence = TestEvidence.small(alarm.id(), signedAlarm.bytes());
        fields(to.putObject("evidence").putObject("fields"), evidence);
        message(
                (ObjectNode) to.get("evidence"),
                EvidenceMessages.sign(evidence, TestKeys.signer(algorithm, "golden device")));

        Answer.Receipt receipt = new Answer.Receipt(
                alarm.id(),
                signedAlarm.bytes().sha256(),
                "police",
                Instant.parse("2027-03-01T00:12:30.310Z"),
                ReceiptStage.RECEIVED,
                Mode.LIVE,
                1_017,
                Bytes.ofHex("a7".repeat(32)),
                "");
        Signer centre = TestKeys.signer(algorithm, "golden centre");
        fields(to.putObject("receipt").putObject("fields"), receipt);
        message((ObjectNode) to.get("receipt"), Messages.sign(receipt, centre));

        DrillOrder order = new DrillOrder(
                "education",
                "fire-7",
                alarm.id().device(),
                0x5eed_ec40_0000_0007L,
                "building B",
                Duration.ofSeconds(20),
                Duration.ofMinutes(5),
                Duration.ofMinutes(15),
                "Zhang");
        fields(to.putObject("order").putObject("fields"), order);
        message((ObjectNode) to.get("order"), DrillMessages.sign(order, centre));
        notices(to, centre);
        manifest(to, centre);
        orders(to, alarm, centre, TestKeys.signer(algorithm, "golden device"));
    }

    private static void manifest(ObjectNode to, Signer centre) {
        Bytes vendor = UpdateManifest.Ids.TOCSIN;
        UpdateManifest manifest = new UpdateManifest(
                "education",
                17,
                vendor,
                UpdateManifest.Ids.deviceClass(vendor, "tocsin-firmware/aarch64"),
                new ProgramVersion("1.4.0"),
                Bytes.ofHex("c9".repeat(32)),
                20_480_000,
                true,
                Optional.of(new ProgramVersion("1.2.0")),
                Optional.of(Bytes.ofHex("da".repeat(32))),
                Map.of("java", new ProgramVersion("25")),
                "back to what ran before");
        fields(to.putObject("manifest").putObject("fields"), manifest);
        message((ObjectNode) to.get("manifest"), UpdateMessages.sign(manifest, centre));
    }

    private static void orders(ObjectNode to, Alarm alarm, Signer centre, Signer device) {
        OrderTask.Adjust task = new OrderTask.Adjust(
                3, Optional.of(Duration.ofSeconds(30)), Optional.of(Duration.ofSeconds(25)), Duration.ofMinutes(5));
        DeviceOrder order = new DeviceOrder(
                "education", alarm.id().device(), 12, 0x5eed_ec40_0000_0008L, Duration.ofHours(24), "Zhang", task);
        SignedEnvelope signedOrder = OrderMessages.sign(order, centre);
        ObjectNode fields = to.putObject("deviceOrder").putObject("fields");
        fields.put("centre", order.centre())
                .put("device", order.device())
                .put("number", order.number())
                .put("echo_hex", String.format("%016x", order.echo()))
                .put("expires_after_ms", order.expiresAfter().toMillis())
                .put("by", order.by());
        fields.putObject("settings")
                .put("base", task.base())
                .put("heartbeat_ms", 30_000)
                .put("keep_alive_ms", 25_000)
                .put("probation_ms", task.probation().toMillis());
        message((ObjectNode) to.get("deviceOrder"), signedOrder);

        OrderResult result = new OrderResult(
                order.device(),
                order.centre(),
                order.number(),
                signedOrder.bytes().sha256(),
                OrderResult.State.DONE,
                5,
                alarm.time(),
                "settings version 4: heartbeat 30s, keep-alive 25s");
        fields = to.putObject("orderResult").putObject("fields");
        fields.put("device", result.device())
                .put("centre", result.centre())
                .put("number", result.number())
                .put("order_sha256", result.orderSha256().hex())
                .put("state", result.state().name())
                .put("boot", result.boot());
        fields.putObject("time")
                .put("wall_ms", result.time().wall().toEpochMilli())
                .put("quality", "CLOCK_" + result.time().quality().name())
                .put("since_boot_us", result.time().sinceBoot().toNanos() / 1_000);
        fields.put("text", result.text());
        message((ObjectNode) to.get("orderResult"), OrderMessages.sign(result, device));
    }

    private static void notices(ObjectNode to, Signer centre) {
        DrillNotice notice = new DrillNotice(
                "education",
                "police",
                "fire-7",
                "school-007/*",
                "building B",
                Instant.parse("2027-03-01T00:17:00Z"),
                Instant.parse("2027-03-01T00:32:00Z"),
                true,
                "Zhang");
        SignedEnvelope signedNotice = DrillMessages.sign(notice, centre);
        fields(to.putObject("notice").putObject("fields"), notice);
        message((ObjectNode) to.get("notice"), signedNotice);

        NoticeReceipt receipt = new NoticeReceipt(
                "police",
                "education",
                notice.order(),
                notice.over(),
                signedNotice.bytes().sha256(),
                1_018,
                Bytes.ofHex("b8".repeat(32)),
                Instant.parse("2027-03-01T00:32:00.120Z"));
        fields(to.putObject("noticeReceipt").putObject("fields"), receipt);
        message((ObjectNode) to.get("noticeReceipt"), DrillMessages.sign(receipt, centre));
    }

    private static void party(ObjectNode to, SignatureAlgorithm algorithm, String name) throws InvalidKeyException {
        String pem = TestKeys.pem(algorithm, name);
        to.put("privateKeyPem", pem);
        to.put("publicKeyPem", Keys.publicPem(pem).replace(System.lineSeparator(), "\n"));
        to.put("keyId", Keys.signer(pem).keyId().hex());
    }

    private static void message(ObjectNode to, SignedEnvelope envelope) {
        String hex = envelope.bytes().hex();
        to.put("protectedHeaderHex", Bytes.wrap(envelope.protectedHeader()).hex());
        to.put("payloadHex", Bytes.wrap(envelope.payload()).hex());
        to.put("signatureHex", hex.substring(hex.length() - 2 * SignatureAlgorithm.SIGNATURE_BYTES));
        to.put("envelopeHex", hex);
    }

    private static void fields(ObjectNode to, Alarm alarm) {
        id(to.putObject("id"), alarm.id());
        to.put("kind", alarm.kind().name());
        to.put("state", alarm.state().name());
        to.put("mode", alarm.mode().name());
        ObjectNode place = to.putObject("place");
        place.put("county", alarm.place().county());
        place.put("school", alarm.place().school());
        place.put("building", alarm.place().building());
        place.put("floor", alarm.place().floor());
        place.put("spot", alarm.place().spot());
        alarm.place()
                .position()
                .ifPresent(p -> place.putObject("position")
                        .put("latitude_deg", p.latitudeDeg())
                        .put("longitude_deg", p.longitudeDeg()));
        alarm.cameras().forEach(to.putArray("cameras")::add);
        to.putObject("time")
                .put("wall_ms", alarm.time().wall().toEpochMilli())
                .put("quality", "CLOCK_" + alarm.time().quality().name())
                .put("since_boot_us", alarm.time().sinceBoot().toNanos() / 1_000);
        to.put("edge_ns", alarm.stages().edgeNs());
        to.put("decided_after_ns", alarm.stages().decidedNs() - alarm.stages().edgeNs());
        to.put("text", alarm.text());
    }

    private static void fields(ObjectNode to, Evidence evidence) {
        id(to.putObject("alarm"), evidence.alarm());
        to.put("alarm_sha256", evidence.alarmSha256().hex());
        to.put("sensor", evidence.sensor());
        for (Channel channel : evidence.channels()) {
            to.withArrayProperty("channels")
                    .addObject()
                    .put("name", channel.name())
                    .put("unit", channel.unit())
                    .put("step", channel.step());
        }
        to.put("first_ns", evidence.firstNs());
        StringBuilder values = new StringBuilder();
        for (int sample = 0; sample < evidence.samples(); sample++) {
            to.withArrayProperty("gaps_us").add(evidence.gapUs(sample));
            for (int channel = 0; channel < evidence.channels().size(); channel++) {
                values.append(String.format("%04x", evidence.steps(sample, channel) & 0xFFFF));
            }
        }
        to.put("values", values.toString());
    }

    private static void fields(ObjectNode to, Answer.Receipt receipt) {
        id(to.putObject("alarm"), receipt.alarm());
        to.put("envelope_sha256", receipt.envelopeSha256().hex());
        to.put("centre", receipt.centre());
        to.put("time_ms", receipt.time().toEpochMilli());
        to.put("stage", receipt.stage().name());
        to.put("mode", receipt.mode().name());
        to.put("ledger_number", receipt.ledgerNumber());
        to.put("chain_head", receipt.chainHead().hex());
        to.put("by", receipt.by());
    }

    private static void fields(ObjectNode to, DrillOrder order) {
        to.put("centre", order.centre());
        to.put("order", order.order());
        to.put("device", order.device());
        to.put("echo_hex", String.format("%016x", order.echo()));
        to.put("places", order.places());
        to.put("made_after_ms", order.madeAfter().toMillis());
        to.put("starts_after_ms", order.startsAfter().toMillis());
        to.put("lasts_ms", order.lasts().toMillis());
        to.put("by", order.by());
    }

    private static void fields(ObjectNode to, DrillNotice notice) {
        to.put("centre", notice.centre());
        to.put("to", notice.to());
        to.put("order", notice.order());
        to.put("devices", notice.devices());
        to.put("places", notice.places());
        to.put("begins_ms", notice.begins().toEpochMilli());
        to.put("ends_ms", notice.ends().toEpochMilli());
        to.put("over", notice.over());
        to.put("by", notice.by());
    }

    private static void fields(ObjectNode to, NoticeReceipt receipt) {
        to.put("centre", receipt.centre());
        to.put("to", receipt.to());
        to.put("order", receipt.order());
        to.put("over", receipt.over());
        to.put("notice_sha256", receipt.noticeSha256().hex());
        to.put("ledger_number", receipt.ledgerNumber());
        to.put("chain_head", receipt.chainHead().hex());
        to.put("time_ms", receipt.time().toEpochMilli());
    }

    private static void fields(ObjectNode to, UpdateManifest manifest) {
        to.put("centre", manifest.centre());
        to.put("sequence", manifest.sequence());
        to.put("vendor", manifest.vendor().hex());
        to.put("device_class", manifest.deviceClass().hex());
        to.put("version", manifest.version().text());
        to.put("payload_sha256", manifest.payloadSha256().hex());
        to.put("payload_bytes", manifest.payloadBytes());
        to.put("downgrade", manifest.downgrade());
        manifest.from().ifPresent(from -> to.put("from", from.text()));
        manifest.precursorSha256().ifPresent(sha256 -> to.put("precursor_sha256", sha256.hex()));
        manifest.needs()
                .forEach((name, version) -> to.withArrayProperty("needs")
                        .addObject()
                        .put("name", name)
                        .put("version", version.text()));
        to.put("text", manifest.text());
    }

    private static void id(ObjectNode to, AlarmId id) {
        to.put("device", id.device());
        to.put("boot", id.boot());
        to.put("nonce_hex", String.format("%016x", id.nonce()));
        to.put("sequence", id.sequence());
    }
}
