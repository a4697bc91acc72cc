package dev.tocsin.sdk.codec;

import com.google.protobuf.ByteString;
import dev.tocsin.sdk.codec.proto.NeedMessage;
import dev.tocsin.sdk.codec.proto.UpdateManifestMessage;
import dev.tocsin.sdk.codec.proto.UpdatePhaseMessage;
import dev.tocsin.sdk.codec.proto.UpdateReportMessage;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.ProgramVersion;
import dev.tocsin.sdk.model.UpdateManifest;
import dev.tocsin.sdk.model.UpdatePhase;
import dev.tocsin.sdk.model.UpdateReport;
import dev.tocsin.sdk.port.Signer;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The messages of updates, as values. Reading is strict: what is odd is not installed. Stateless; any thread. */
public final class UpdateMessages {

    private UpdateMessages() {}

    /** Encodes and signs a manifest. */
    public static SignedEnvelope sign(UpdateManifest m, Signer centre) {
        UpdateManifestMessage.Builder b = UpdateManifestMessage.newBuilder()
                .setCentre(m.centre())
                .setSequence(m.sequence())
                .setVendor(string(m.vendor()))
                .setDeviceClass(string(m.deviceClass()))
                .setVersion(m.version().text())
                .setPayloadSha256(string(m.payloadSha256()))
                .setPayloadBytes(m.payloadBytes())
                .setDowngrade(m.downgrade())
                .setText(m.text());
        m.from().ifPresent(from -> b.setFrom(from.text()));
        m.precursorSha256().ifPresent(sha256 -> b.setPrecursorSha256(string(sha256)));
        m.needs()
                .forEach((name, version) ->
                        b.addNeeds(NeedMessage.newBuilder().setName(name).setVersion(version.text())));
        return SignedEnvelope.sign(MessageType.MANIFEST, b.build().toByteArray(), centre);
    }

    /** The manifest in an envelope. Says nothing about its signature. */
    public static Decoded<UpdateManifest> readManifest(SignedEnvelope envelope) {
        return Messages.read(envelope, MessageType.MANIFEST, () -> {
            UpdateManifestMessage m = UpdateManifestMessage.parseFrom(envelope.payload());
            Map<String, ProgramVersion> needs = new TreeMap<>();
            for (NeedMessage need : m.getNeedsList()) {
                if (needs.put(need.getName(), new ProgramVersion(need.getVersion())) != null) {
                    return new Decoded.Malformed<>("needed twice: " + need.getName());
                }
            }
            return new Decoded.Ok<>(new UpdateManifest(
                    m.getCentre(),
                    m.getSequence(),
                    bytes(m.getVendor()),
                    bytes(m.getDeviceClass()),
                    new ProgramVersion(m.getVersion()),
                    bytes(m.getPayloadSha256()),
                    m.getPayloadBytes(),
                    m.getDowngrade(),
                    Optional.of(m.getFrom()).filter(text -> !text.isEmpty()).map(ProgramVersion::new),
                    Optional.of(bytes(m.getPrecursorSha256())).filter(sha256 -> sha256.size() > 0),
                    needs,
                    m.getText()));
        });
    }

    /** Encodes a report. */
    public static Bytes write(UpdateReport r) {
        return Bytes.wrap(UpdateReportMessage.newBuilder()
                .setDevice(r.device())
                .setVendor(string(r.vendor()))
                .setDeviceClass(string(r.deviceClass()))
                .setRunning(r.running().text())
                .setPhase(
                        switch (r.phase()) {
                            case IDLE -> UpdatePhaseMessage.IDLE;
                            case FETCHING -> UpdatePhaseMessage.FETCHING;
                            case RESTARTING -> UpdatePhaseMessage.RESTARTING;
                            case TRYING -> UpdatePhaseMessage.TRYING;
                            case CONFIRMED -> UpdatePhaseMessage.CONFIRMED;
                            case ROLLED_BACK -> UpdatePhaseMessage.ROLLED_BACK;
                            case REFUSED -> UpdatePhaseMessage.UPDATE_REFUSED;
                        })
                .setSequence(r.sequence())
                .setFetchedBytes(r.fetchedBytes())
                .setWhy(Values.shortened(r.why(), UpdateReport.MAX_WHY_BYTES))
                .build()
                .toByteArray());
    }

    /** Reads a report. */
    public static Decoded<UpdateReport> readReport(Bytes bytes) {
        return Messages.read(() -> {
            UpdateReportMessage m = UpdateReportMessage.parseFrom(bytes.readOnlyArray());
            UpdatePhase phase = switch (m.getPhase()) {
                case FETCHING -> UpdatePhase.FETCHING;
                case RESTARTING -> UpdatePhase.RESTARTING;
                case TRYING -> UpdatePhase.TRYING;
                case CONFIRMED -> UpdatePhase.CONFIRMED;
                case ROLLED_BACK -> UpdatePhase.ROLLED_BACK;
                case UPDATE_REFUSED -> UpdatePhase.REFUSED;
                case IDLE, UPDATE_PHASE_UNSPECIFIED, UNRECOGNIZED -> UpdatePhase.IDLE;
            };
            return new Decoded.Ok<>(new UpdateReport(
                    m.getDevice(),
                    bytes(m.getVendor()),
                    bytes(m.getDeviceClass()),
                    new ProgramVersion(m.getRunning()),
                    phase,
                    m.getSequence(),
                    m.getFetchedBytes(),
                    Values.shortened(m.getWhy(), UpdateReport.MAX_WHY_BYTES)));
        });
    }

    private static ByteString string(Bytes bytes) {
        return ByteString.copyFrom(bytes.readOnlyArray());
    }

    private static Bytes bytes(ByteString string) {
        return Bytes.wrap(string.toByteArray());
    }
}
