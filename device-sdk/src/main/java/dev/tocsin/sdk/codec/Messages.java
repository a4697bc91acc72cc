package dev.tocsin.sdk.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.tocsin.sdk.codec.proto.AlarmIdMessage;
import dev.tocsin.sdk.codec.proto.AlarmMessage;
import dev.tocsin.sdk.codec.proto.AnswerMessage;
import dev.tocsin.sdk.codec.proto.HeartbeatAnswerMessage;
import dev.tocsin.sdk.codec.proto.HeartbeatMessage;
import dev.tocsin.sdk.codec.proto.KindMessage;
import dev.tocsin.sdk.codec.proto.ModeMessage;
import dev.tocsin.sdk.codec.proto.OutboxItemMessage;
import dev.tocsin.sdk.codec.proto.PresenceMessage;
import dev.tocsin.sdk.codec.proto.ReceiptMessage;
import dev.tocsin.sdk.codec.proto.RefusalMessage;
import dev.tocsin.sdk.codec.proto.ReportMessage;
import dev.tocsin.sdk.codec.proto.StageMessage;
import dev.tocsin.sdk.codec.proto.StateMessage;
import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.AlarmState;
import dev.tocsin.sdk.model.Answer;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.Heartbeat;
import dev.tocsin.sdk.model.HeartbeatAnswer;
import dev.tocsin.sdk.model.Mode;
import dev.tocsin.sdk.model.Presence;
import dev.tocsin.sdk.model.ReceiptStage;
import dev.tocsin.sdk.model.Report;
import dev.tocsin.sdk.port.Signer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The messages of {@code tocsin.proto}, as values. Stateless; any thread. */
public final class Messages {

    private Messages() {}

    /** Encodes and signs an alarm. */
    public static SignedEnvelope sign(Alarm alarm, Signer device) {
        return SignedEnvelope.sign(MessageType.ALARM, alarmMessage(alarm).toByteArray(), device);
    }

    /** Encodes and signs a centre's answer. */
    public static SignedEnvelope sign(Answer answer, Signer centre) {
        return SignedEnvelope.sign(MessageType.ANSWER, answerMessage(answer).toByteArray(), centre);
    }

    /** Encodes and signs a centre's presence. */
    public static SignedEnvelope sign(Presence p, Signer centre) {
        PresenceMessage message = PresenceMessage.newBuilder()
                .setCentre(p.centre())
                .setDevice(p.device())
                .setBoot(p.boot())
                .setNonce(p.nonce())
                .setTimeMs(p.time().toEpochMilli())
                .build();
        return SignedEnvelope.sign(MessageType.PRESENCE, message.toByteArray(), centre);
    }

    /** The alarm in an envelope. Says nothing about its signature. */
    public static Decoded<Alarm> readAlarm(SignedEnvelope envelope) {
        return read(envelope, MessageType.ALARM, () -> alarm(AlarmMessage.parseFrom(envelope.payload())));
    }

    /** The answer in an envelope. Says nothing about its signature. */
    public static Decoded<Answer> readAnswer(SignedEnvelope envelope) {
        return read(envelope, MessageType.ANSWER, () -> answer(AnswerMessage.parseFrom(envelope.payload())));
    }

    /** The presence in an envelope. Says nothing about its signature. */
    public static Decoded<Presence> readPresence(SignedEnvelope envelope) {
        return read(envelope, MessageType.PRESENCE, () -> {
            PresenceMessage m = PresenceMessage.parseFrom(envelope.payload());
            return new Decoded.Ok<>(new Presence(
                    m.getCentre(), m.getDevice(), m.getBoot(), m.getNonce(), Instant.ofEpochMilli(m.getTimeMs())));
        });
    }

    /** A heartbeat's bytes. */
    public static Bytes write(Heartbeat h) {
        HeartbeatMessage.Builder b = HeartbeatMessage.newBuilder()
                .setDevice(h.device())
                .setBoot(h.boot())
                .setNonce(h.nonce())
                .setPeriodS((int) h.period().toSeconds())
                .setTime(Values.write(h.time()))
                .setSoftware(h.health().software())
                .setJournalDepth(h.health().journalDepth())
                .setJournalBytes(h.health().journalBytes())
                .addAllFaults(h.health().faults())
                .setAlarmKey(ByteString.copyFrom(h.alarmKey().readOnlyArray()))
                .setProve(h.prove())
                .setEcho(h.echo());
        h.drill().ifPresent(d -> b.setDrill(DrillMessages.write(d)));
        if (!Double.isNaN(h.health().temperatureC())) {
            b.setTemperatureC(h.health().temperatureC());
        }
        if (!Double.isNaN(h.health().supplyV())) {
            b.setSupplyV(h.health().supplyV());
        }
        return Bytes.wrap(b.build().toByteArray());
    }

    /** The heartbeat in those bytes. */
    public static Decoded<Heartbeat> readHeartbeat(Bytes bytes) {
        return read(() -> {
            HeartbeatMessage m = HeartbeatMessage.parseFrom(bytes.readOnlyArray());
            if (!AlarmId.isDeviceId(m.getDevice())) {
                return new Decoded.Malformed<>("no device id");
            }
            if (m.getBoot() < 0) {
                return new Decoded.Malformed<>("a boot counter out of range");
            }
            if (m.getPeriodS() <= 0) {
                return new Decoded.Malformed<>("a heartbeat period of " + m.getPeriodS() + " s");
            }
            return new Decoded.Ok<>(new Heartbeat(
                    m.getDevice(),
                    m.getBoot(),
                    m.getNonce(),
                    Duration.ofSeconds(m.getPeriodS()),
                    Values.read(m.getTime()),
                    new Heartbeat.Health(
                            m.getSoftware(),
                            m.getJournalDepth(),
                            m.getJournalBytes(),
                            m.getFaultsList(),
                            m.hasTemperatureC() ? m.getTemperatureC() : Double.NaN,
                            m.hasSupplyV() ? m.getSupplyV() : Double.NaN),
                    Bytes.wrap(m.getAlarmKey().toByteArray()),
                    m.getProve(),
                    m.getEcho(),
                    m.hasDrill() ? Optional.of(DrillMessages.read(m.getDrill())) : Optional.empty()));
        });
    }

    /** A heartbeat answer's bytes. */
    public static Bytes write(HeartbeatAnswer answer) {
        HeartbeatAnswerMessage.Builder b = HeartbeatAnswerMessage.newBuilder();
        answer.signed().forEach(s -> b.addSigned(ByteString.copyFrom(s.readOnlyArray())));
        answer.presence().ifPresent(p -> b.setPresence(ByteString.copyFrom(p.readOnlyArray())));
        answer.twin().ifPresent(b::setTwin);
        return Bytes.wrap(b.build().toByteArray());
    }

    /** The heartbeat answer in those bytes. */
    public static Decoded<HeartbeatAnswer> readHeartbeatAnswer(Bytes bytes) {
        return read(() -> {
            HeartbeatAnswerMessage m = HeartbeatAnswerMessage.parseFrom(bytes.readOnlyArray());
            List<Bytes> signed = new ArrayList<>();
            m.getSignedList().forEach(s -> signed.add(Bytes.wrap(s.toByteArray())));
            Optional<Bytes> presence = m.getPresence().isEmpty()
                    ? Optional.empty()
                    : Optional.of(Bytes.wrap(m.getPresence().toByteArray()));
            Optional<String> twin = Optional.of(m.getTwin()).filter(text -> !text.isEmpty());
            return new Decoded.Ok<>(new HeartbeatAnswer(signed, presence, twin));
        });
    }

    /** A report's bytes. */
    public static Bytes write(Report r) {
        return Bytes.wrap(ReportMessage.newBuilder()
                .setDevice(r.device())
                .setTime(Values.write(r.time()))
                .setText(r.text())
                .build()
                .toByteArray());
    }

    /** The report in those bytes. */
    public static Decoded<Report> readReport(Bytes bytes) {
        return read(() -> {
            ReportMessage m = ReportMessage.parseFrom(bytes.readOnlyArray());
            return new Decoded.Ok<>(new Report(m.getDevice(), Values.read(m.getTime()), m.getText()));
        });
    }

    /** An outbox item's bytes. */
    public static Bytes write(OutboxItem item) {
        OutboxItemMessage.Builder b =
                OutboxItemMessage.newBuilder().addAllRoute(item.route()).setHeld(item.held());
        ByteString body = ByteString.copyFrom(item.body().readOnlyArray());
        switch (item.kind()) {
            case ALARM -> b.setEnvelope(body);
            case REPORT -> b.setReport(body);
            case EVIDENCE -> b.setEvidence(body);
        }
        return Bytes.wrap(b.build().toByteArray());
    }

    /** The outbox item in those bytes. */
    public static Decoded<OutboxItem> readOutboxItem(Bytes bytes) {
        return read(() -> {
            OutboxItemMessage m = OutboxItemMessage.parseFrom(bytes.readOnlyArray());
            OutboxItem.Kind kind = !m.getEnvelope().isEmpty()
                    ? OutboxItem.Kind.ALARM
                    : m.getEvidence().isEmpty() ? OutboxItem.Kind.REPORT : OutboxItem.Kind.EVIDENCE;
            ByteString body = switch (kind) {
                case ALARM -> m.getEnvelope();
                case REPORT -> m.getReport();
                case EVIDENCE -> m.getEvidence();
            };
            return new Decoded.Ok<>(
                    new OutboxItem(kind, Bytes.wrap(body.toByteArray()), m.getRouteList(), m.getHeld()));
        });
    }

    private static AlarmMessage alarmMessage(Alarm a) {
        AlarmMessage.Builder b = AlarmMessage.newBuilder()
                .setId(Values.write(a.id()))
                .setKind(KindMessage.valueOf(a.kind().name()))
                .setState(StateMessage.valueOf(a.state().name()))
                .setMode(ModeMessage.valueOf(a.mode().name()))
                .setPlace(Values.write(a.place()))
                .addAllCameras(a.cameras())
                .setTime(Values.write(a.time()))
                .setEdgeNs(a.stages().edgeNs())
                .setDecidedAfterNs(a.stages().decidedNs() - a.stages().edgeNs())
                .setText(a.text());
        a.about().ifPresent(id -> b.setAbout(Values.write(id)));
        return b.build();
    }

    private static Decoded<Alarm> alarm(AlarmMessage m) {
        Optional<AlarmKind> kind = Values.constant(AlarmKind.class, m.getKind());
        Optional<AlarmState> state = Values.constant(AlarmState.class, m.getState());
        Optional<Mode> mode = Values.constant(Mode.class, m.getMode());
        if (kind.isEmpty() || state.isEmpty() || mode.isEmpty()) {
            return new Decoded.Malformed<>(
                    "an alarm of unknown " + (kind.isEmpty() ? "kind" : state.isEmpty() ? "state" : "mode"));
        }
        return new Decoded.Ok<>(new Alarm(
                Values.read(m.getId()),
                kind.get(),
                state.get(),
                mode.get(),
                Values.read(m.getPlace()),
                m.getCamerasList().stream()
                        .limit(Alarm.MAX_CAMERAS)
                        .map(c -> Values.shortened(c, Alarm.MAX_CAMERA_BYTES))
                        .toList(),
                Values.read(m.getTime()),
                Values.stages(m.getEdgeNs(), m.getDecidedAfterNs()),
                m.hasAbout() ? Optional.of(Values.read(m.getAbout())) : Optional.empty(),
                m.getText().substring(0, Math.min(m.getText().length(), Alarm.MAX_TEXT))));
    }

    private static AnswerMessage answerMessage(Answer a) {
        AnswerMessage.Builder b = AnswerMessage.newBuilder()
                .setAlarm(Values.write(a.alarm()))
                .setEnvelopeSha256(ByteString.copyFrom(a.envelopeSha256().readOnlyArray()))
                .setCentre(a.centre())
                .setTimeMs(a.time().toEpochMilli());
        return switch (a) {
            case Answer.Receipt r ->
                b.setReceipt(ReceiptMessage.newBuilder()
                                .setStage(StageMessage.valueOf(r.stage().name()))
                                .setMode(ModeMessage.valueOf(r.mode().name()))
                                .setLedgerNumber(r.ledgerNumber())
                                .setChainHead(ByteString.copyFrom(r.chainHead().readOnlyArray()))
                                .setBy(r.by()))
                        .build();
            case Answer.Refusal r ->
                b.setRefusal(RefusalMessage.newBuilder().setReason(r.reason())).build();
        };
    }

    private static Decoded<Answer> answer(AnswerMessage m) {
        AlarmIdMessage id = m.getAlarm();
        Bytes sha256 = Bytes.wrap(m.getEnvelopeSha256().toByteArray());
        Instant time = Instant.ofEpochMilli(m.getTimeMs());
        if (m.hasRefusal()) {
            return new Decoded.Ok<>(new Answer.Refusal(
                    Values.read(id),
                    sha256,
                    m.getCentre(),
                    time,
                    Values.shortened(m.getRefusal().getReason(), Answer.MAX_TEXT_BYTES)));
        }
        ReceiptMessage r = m.getReceipt();
        Optional<ReceiptStage> stage = Values.constant(ReceiptStage.class, r.getStage());
        Optional<Mode> mode = Values.constant(Mode.class, r.getMode());
        if (stage.isEmpty() || mode.isEmpty()) {
            return new Decoded.Malformed<>("an answer that is neither a receipt nor a refusal");
        }
        return new Decoded.Ok<>(new Answer.Receipt(
                Values.read(id),
                sha256,
                m.getCentre(),
                time,
                stage.get(),
                mode.get(),
                r.getLedgerNumber(),
                Bytes.wrap(r.getChainHead().toByteArray()),
                Values.shortened(r.getBy(), Answer.MAX_TEXT_BYTES)));
    }

    interface Reading<T> {
        Decoded<T> read() throws InvalidProtocolBufferException;
    }

    static <T> Decoded<T> read(SignedEnvelope envelope, MessageType expected, Reading<T> reading) {
        if (envelope.type() != expected) {
            return new Decoded.Malformed<>(
                    "an envelope of type " + envelope.type() + " where " + expected + " belongs");
        }
        return read(reading);
    }

    static <T> Decoded<T> read(Reading<T> reading) {
        try {
            return reading.read();
        } catch (InvalidProtocolBufferException e) { // its words are for whoever knows the library
            return new Decoded.Malformed<>("not the Protobuf message that belongs here (tocsin.proto)");
        } catch (IllegalArgumentException | ArithmeticException e) {
            return new Decoded.Malformed<>(String.valueOf(e.getMessage()));
        }
    }
}
