package dev.tocsin.simulator.fuzz;

import dev.tocsin.firmware.app.FirmwareConfig;
import dev.tocsin.firmware.board.BoardProfiles;
import dev.tocsin.firmware.board.BounceTrace;
import dev.tocsin.firmware.board.SampleRecording;
import dev.tocsin.sdk.codec.DrillMessages;
import dev.tocsin.sdk.codec.EvidenceMessages;
import dev.tocsin.sdk.codec.MessageType;
import dev.tocsin.sdk.codec.Messages;
import dev.tocsin.sdk.codec.OrderBookPage;
import dev.tocsin.sdk.codec.OrderMessages;
import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.codec.UpdateMessages;
import dev.tocsin.sdk.crypto.CertificateFacts;
import dev.tocsin.sdk.crypto.CertificateRequest;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.update.BootState;
import dev.tocsin.simulator.centre.config.CentreConfig;
import dev.tocsin.simulator.centre.registry.RegistryFile;
import dev.tocsin.simulator.eval.FallManifest;
import dev.tocsin.simulator.eval.MotionTrace;
import dev.tocsin.simulator.eval.Recordings;
import dev.tocsin.simulator.eval.SensorRecording;
import dev.tocsin.simulator.fuzz.FuzzTarget.Feeding;
import dev.tocsin.simulator.scenario.ScenarioFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** All that is fuzzed. A new reader of bytes from outside: a line here, and honest inputs in {@link FuzzSeeds}. */
public final class FuzzTargets {

    private static final Path NOWHERE = Path.of("no-such-folder");

    /** In the order of how near to a stranger they are. */
    public static final List<FuzzTarget> ALL = List.of(
            new FuzzTarget("coap", "a datagram at a centre's plain port", () -> Door.plain(), FuzzSeeds::datagrams),
            new FuzzTarget("dtls", "a datagram at a centre's DTLS port", () -> Door.secure(), FuzzSeeds::records),
            FuzzTarget.of(
                    "envelope", "a COSE_Sign1 object and what it holds", FuzzTargets::envelope, FuzzSeeds::envelopes),
            payload(MessageType.ALARM, Messages::readAlarm),
            payload(MessageType.EVIDENCE, EvidenceMessages::read),
            payload(MessageType.ANSWER, Messages::readAnswer),
            payload(MessageType.PRESENCE, Messages::readPresence),
            payload(MessageType.ORDER, DrillMessages::readOrder),
            payload(MessageType.NOTICE, DrillMessages::readNotice),
            payload(MessageType.NOTICE_RECEIPT, DrillMessages::readNoticeReceipt),
            payload(MessageType.MANIFEST, UpdateMessages::readManifest),
            message("update-report", "a device's word on its program", UpdateMessages::readReport),
            text("boot-record", "the record of which slot starts", FuzzTargets::bootRecord, FuzzSeeds::bootRecords),
            payload(MessageType.DEVICE_ORDER, OrderMessages::readOrder),
            payload(MessageType.ORDER_RESULT, OrderMessages::readResult),
            message("order-book", "what a device keeps of orders", OrderBookPage::read),
            message("heartbeat", "a device's heartbeat", Messages::readHeartbeat),
            message("heartbeat-answer", "a centre's answer to one", Messages::readHeartbeatAnswer),
            message("report", "a device's report", Messages::readReport),
            message("csr", "a certification request at the enrolment door", CertificateRequest::read),
            new FuzzTarget(
                    "certificate",
                    "a certificate from an authority",
                    () -> FuzzTargets::certificate,
                    FuzzSeeds::certificates),
            message("outbox", "an item of the journal's outbox", Messages::readOutboxItem),
            FuzzTarget.of("journal", "the files of a journal", new JournalFiles(), FuzzSeeds::journals),
            text(
                    "device-config",
                    "a device's configuration",
                    t -> FirmwareConfig.parse("f.toml", t, NOWHERE),
                    FuzzSeeds::configurations),
            text("board", "a board profile", t -> BoardProfiles.parse("f.toml", t), FuzzSeeds::boards),
            text("scenario", "a scenario", t -> ScenarioFile.parse("f.yaml", t), FuzzSeeds::scenarios),
            file("centre-config", "a centre's configuration", "f.yaml", CentreConfig::load, FuzzSeeds::centres),
            file("registry", "a registry of devices", "f.yaml", RegistryFile::load, FuzzSeeds::registries),
            file("press", "a recording of a contact", "f.csv", BounceTrace::read, FuzzSeeds::presses),
            file(
                    "samples",
                    "a recording for a desk's sensor",
                    "f.csv",
                    f -> SampleRecording.read(f, 2),
                    FuzzSeeds::samples),
            file(
                    "motion",
                    "a recording of acceleration",
                    "f.csv",
                    f -> MotionTrace.read(f, 1, Optional.of("wet")),
                    FuzzSeeds::motions),
            file("sensor", "a recording for a scenario", "f.csv", SensorRecording::distance, FuzzSeeds::sensors),
            file("falls", "a manifest of falls", "manifest.csv", FallManifest::read, FuzzSeeds::manifests),
            file("presses", "a manifest of recorded presses", "manifest.csv", Recordings::read, FuzzSeeds::recordings));

    private FuzzTargets() {}

    /** The one of that name. */
    public static Optional<FuzzTarget> named(String name) {
        return ALL.stream().filter(target -> target.name().equals(name)).findFirst();
    }

    /** And all that a device asks of one that a stranger showed it. */
    private static void certificate(byte[] input) {
        try {
            CertificateFacts facts = CertificateFacts.read(Bytes.copyOf(input));
            boolean unused = facts.isAuthority();
            unused = facts.isForDevices();
            unused = facts.isForAlarms();
        } catch (InvalidKeyException e) { // it is none
            return;
        }
    }

    /** With the checksum that belongs to it: without, almost nothing would be read. */
    private static Object bootRecord(String said) {
        String sha256 =
                Bytes.wrap(said.getBytes(StandardCharsets.UTF_8)).sha256().hex();
        return BootState.read((said + " " + sha256 + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static void envelope(byte[] input) {
        Bytes bytes = Bytes.copyOf(input);
        var unused = SignedEnvelope.read(bytes);
        unused = SignedEnvelope.readEvidence(bytes);
    }

    /** The payload inside an envelope: a signature in front of it would keep almost everything away. */
    private static FuzzTarget payload(MessageType type, Function<SignedEnvelope, ?> reader) {
        String name = type.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return FuzzTarget.of(
                name,
                "what an envelope holds: " + type.mediaType(),
                input -> {
                    var unused = reader.apply(SignedEnvelope.sign(type, input, NobodysKey.INSTANCE));
                },
                () -> FuzzSeeds.payloads(type));
    }

    private static FuzzTarget message(String name, String what, Function<Bytes, ?> reader) {
        return FuzzTarget.of(
                name,
                what,
                input -> {
                    var unused = reader.apply(Bytes.copyOf(input));
                },
                () -> FuzzSeeds.messages(name));
    }

    private static FuzzTarget text(String name, String what, Function<String, ?> reader, Supplier<List<byte[]>> seeds) {
        Feeding feeding = input -> {
            var unused = reader.apply(new String(input, StandardCharsets.UTF_8));
        };
        return FuzzTarget.of(name, what, feeding, seeds);
    }

    private static FuzzTarget file(
            String name, String what, String file, Function<Path, ?> reader, Supplier<List<byte[]>> seeds) {
        return new FuzzTarget(name, what, () -> new FileFeeding(file, reader), seeds);
    }
}
