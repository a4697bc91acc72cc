package dev.tocsin.sdk.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import dev.tocsin.sdk.codec.proto.AlarmMessage;
import dev.tocsin.sdk.codec.proto.DeviceTimeMessage;
import dev.tocsin.sdk.codec.proto.HeartbeatMessage;
import dev.tocsin.sdk.codec.proto.KindMessage;
import dev.tocsin.sdk.codec.proto.ModeMessage;
import dev.tocsin.sdk.codec.proto.PlaceMessage;
import dev.tocsin.sdk.codec.proto.PositionMessage;
import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.AlarmState;
import dev.tocsin.sdk.model.Answer;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.ClockQuality;
import dev.tocsin.sdk.model.DeviceTime;
import dev.tocsin.sdk.model.DrillOrder;
import dev.tocsin.sdk.model.DrillState;
import dev.tocsin.sdk.model.Heartbeat;
import dev.tocsin.sdk.model.HeartbeatAnswer;
import dev.tocsin.sdk.model.Mode;
import dev.tocsin.sdk.model.Place;
import dev.tocsin.sdk.model.Presence;
import dev.tocsin.sdk.model.ReceiptStage;
import dev.tocsin.sdk.model.Report;
import dev.tocsin.sdk.model.StageTimes;
import dev.tocsin.sdk.port.Signer;
import dev.tocsin.sdk.testkit.SeededEntropy;
import dev.tocsin.sdk.testkit.TestAlarms;
import dev.tocsin.sdk.testkit.TestKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MessagesTest {

    private static final Signer DEVICE = TestKeys.signer("device");
    private static final Signer CENTRE = TestKeys.signer("police");
    private static final Alarm PANIC = TestAlarms.panic("school-007/button-3", 4);
    private static final Presence PRESENCE =
            new Presence("police", "school-007/button-3", 12, -1, Instant.ofEpochMilli(1_800_000_000_123L));

    private static Alarm again(Alarm alarm) {
        SignedEnvelope sent = Messages.sign(alarm, DEVICE);
        return Messages.readAlarm(SignedEnvelope.read(sent.bytes()).orThrow()).orThrow();
    }

    private static Answer again(Answer answer) {
        SignedEnvelope sent = Messages.sign(answer, CENTRE);
        return Messages.readAnswer(SignedEnvelope.read(sent.bytes()).orThrow()).orThrow();
    }

    private static Decoded<Alarm> read(AlarmMessage message) {
        return Messages.readAlarm(SignedEnvelope.sign(MessageType.ALARM, message.toByteArray(), DEVICE));
    }

    private static AlarmMessage message(Alarm alarm) {
        try {
            return AlarmMessage.parseFrom(Messages.sign(alarm, DEVICE).payload());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void an_alarm_of_every_kind_state_and_mode_comes_back_as_it_was() {
        for (AlarmKind kind : AlarmKind.values()) {
            for (AlarmState state : AlarmState.values()) {
                for (Mode mode : Mode.values()) {
                    Alarm alarm = TestAlarms.of(PANIC.id(), kind, state, mode);
                    assertThat(again(alarm)).isEqualTo(alarm);
                }
            }
        }
    }

    @Test
    void an_alarm_with_nothing_filled_in_comes_back_as_it_was() {
        Alarm bare = new Alarm(
                new AlarmId("d", 0, 0, 1),
                AlarmKind.GAS,
                AlarmState.RAISED,
                Mode.LIVE,
                Place.UNKNOWN,
                List.of(),
                new DeviceTime(Instant.EPOCH, ClockQuality.UNKNOWN, Duration.ZERO),
                new StageTimes(0, 0),
                Optional.empty(),
                "");
        assertThat(again(bare)).isEqualTo(bare);
    }

    @Test
    void an_alarm_from_a_clockless_device_comes_back_as_it_was() {
        for (ClockQuality quality : ClockQuality.values()) {
            for (long wallMs : new long[] {0, -1, Long.MAX_VALUE, Long.MIN_VALUE}) {
                Alarm alarm = new Alarm(
                        PANIC.id(),
                        PANIC.kind(),
                        PANIC.state(),
                        PANIC.mode(),
                        PANIC.place(),
                        PANIC.cameras(),
                        new DeviceTime(Instant.ofEpochMilli(wallMs), quality, Duration.ofDays(20_000)),
                        new StageTimes(-5, Long.MAX_VALUE - 5),
                        Optional.empty(),
                        "");
                assertThat(again(alarm)).isEqualTo(alarm);
            }
        }
    }

    @Test
    void the_largest_alarm_fits_into_an_envelope_with_room_to_spare() {
        SignedEnvelope sent = Messages.sign(TestAlarms.largest(), DEVICE);
        assertThat(sent.bytes().size()).isBetween(2_000, SignedEnvelope.MAX_BYTES - 512);
        assertThat(again(TestAlarms.largest())).isEqualTo(TestAlarms.largest());
    }

    @Test
    void a_receipt_of_every_stage_and_mode_comes_back_as_it_was() {
        for (ReceiptStage stage : ReceiptStage.values()) {
            for (Mode mode : Mode.values()) {
                Answer receipt = new Answer.Receipt(
                        PANIC.id(),
                        Bytes.ofHex("00".repeat(32)),
                        "police",
                        Instant.parse("2027-03-01T00:12:30.310Z"),
                        stage,
                        mode,
                        Long.MAX_VALUE,
                        Bytes.ofHex("ff".repeat(32)),
                        "李");
                assertThat(again(receipt)).isEqualTo(receipt);
            }
        }
    }

    @Test
    void a_refusal_comes_back_as_it_was_and_the_largest_answer_fits() {
        Answer refusal = new Answer.Refusal(PANIC.id(), Bytes.EMPTY, "police", Instant.EPOCH, "");
        assertThat(again(refusal)).isEqualTo(refusal);
        Answer largest = new Answer.Receipt(
                TestAlarms.largest().id(),
                Bytes.ofHex("00".repeat(32)),
                "c".repeat(AlarmId.MAX_DEVICE_ID),
                Instant.ofEpochMilli(Long.MIN_VALUE),
                ReceiptStage.ACCEPTED,
                Mode.TEST,
                -1,
                Bytes.ofHex("ff".repeat(32)),
                "钟".repeat(Answer.MAX_TEXT_BYTES / 3));
        assertThat(again(largest)).isEqualTo(largest);
        assertThat(Messages.sign(largest, CENTRE).bytes().size()).isLessThan(1_200);
    }

    @Test
    void an_alarm_does_not_pass_for_an_answer_nor_an_answer_for_an_alarm() {
        SignedEnvelope alarm = Messages.sign(PANIC, DEVICE);
        SignedEnvelope answer =
                Messages.sign(new Answer.Refusal(PANIC.id(), Bytes.EMPTY, "police", Instant.EPOCH, ""), CENTRE);
        assertThat(Messages.readAnswer(alarm)).isInstanceOf(Decoded.Malformed.class);
        assertThat(Messages.readAlarm(answer)).isInstanceOf(Decoded.Malformed.class);
        // not even where the payload would do
        assertThat(Messages.readAnswer(SignedEnvelope.sign(MessageType.ALARM, answer.payload(), CENTRE)))
                .isInstanceOf(Decoded.Malformed.class);
        assertThat(Messages.readAlarm(SignedEnvelope.sign(MessageType.ANSWER, alarm.payload(), DEVICE)))
                .isInstanceOf(Decoded.Malformed.class);
    }

    @Test
    void what_a_newer_version_added_survives_in_the_bytes_that_are_kept() throws InvalidProtocolBufferException {
        AlarmMessage newer = message(PANIC).toBuilder()
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(
                                1000,
                                UnknownFieldSet.Field.newBuilder().addVarint(42).build())
                        .build())
                .build();
        SignedEnvelope sent = SignedEnvelope.sign(MessageType.ALARM, newer.toByteArray(), DEVICE);
        SignedEnvelope read = SignedEnvelope.read(sent.bytes()).orThrow();

        assertThat(Messages.readAlarm(read).orThrow()).isEqualTo(PANIC);
        assertThat(read.isSignedBy(TestKeys.verifier("device"))).isTrue();
        assertThat(read.bytes()).isEqualTo(sent.bytes());
        assertThat(AlarmMessage.parseFrom(read.payload()).getUnknownFields().hasField(1000))
                .isTrue();
    }

    @Test
    void an_alarm_of_unknown_kind_state_or_mode_is_malformed_and_says_which() {
        AlarmMessage good = message(PANIC);
        assertThat(read(good.toBuilder().setKindValue(99).build()).toString()).contains("unknown kind");
        assertThat(read(good.toBuilder().setKind(KindMessage.KIND_UNSPECIFIED).build())
                        .toString())
                .contains("unknown kind");
        assertThat(read(good.toBuilder().setStateValue(99).build()).toString()).contains("unknown state");
        assertThat(read(good.toBuilder().setMode(ModeMessage.MODE_UNSPECIFIED).build())
                        .toString())
                .contains("unknown mode");
        assertThat(read(AlarmMessage.getDefaultInstance())).isInstanceOf(Decoded.Malformed.class);
        assertThat(read(good.toBuilder().clearId().build()).toString()).contains("not a device id");
    }

    @Test
    void a_real_alarm_is_read_however_odd_its_small_print_is() {
        AlarmMessage odd = message(PANIC).toBuilder()
                .setPlace(PlaceMessage.newBuilder()
                        .setSchool("x".repeat(500))
                        .setPosition(PositionMessage.newBuilder().setLatitudeDeg(Double.NaN)))
                .addAllCameras(Collections.nCopies(30, "y".repeat(300)))
                .setText("z".repeat(900))
                .setTime(DeviceTimeMessage.newBuilder().setSinceBootUs(-1).setQualityValue(77))
                .setEdgeNs(Long.MAX_VALUE)
                .setDecidedAfterNs(-7)
                .build();
        Alarm alarm = read(odd).orThrow();
        assertThat(alarm.id()).isEqualTo(PANIC.id());
        assertThat(alarm.kind()).isEqualTo(AlarmKind.PANIC);
        assertThat(alarm.place().school()).hasSize(Place.MAX_TEXT_BYTES);
        assertThat(alarm.place().position()).isEmpty();
        assertThat(alarm.cameras()).hasSize(Alarm.MAX_CAMERAS);
        assertThat(alarm.text()).hasSize(Alarm.MAX_TEXT);
        assertThat(alarm.time().quality()).isEqualTo(ClockQuality.UNKNOWN);
    }

    @Test
    void texts_are_cut_between_letters() {
        assertThat(Values.shortened("abc", 3)).isEqualTo("abc");
        assertThat(Values.shortened("abcd", 3)).isEqualTo("abc");
        assertThat(Values.shortened("钟钟", 5)).isEqualTo("钟");
        assertThat(Values.shortened("a\uD83D\uDD14", 4)).isEqualTo("a");
        assertThat(Values.shortened("a\uD83D\uDD14", 5)).isEqualTo("a\uD83D\uDD14");
    }

    @Test
    void payloads_cut_or_changed_anywhere_never_throw() {
        byte[] payload = Messages.sign(PANIC, DEVICE).payload();
        for (int length = 0; length < payload.length; length++) {
            SignedEnvelope cut = SignedEnvelope.sign(MessageType.ALARM, Arrays.copyOf(payload, length), DEVICE);
            Decoded<Alarm> read = Messages.readAlarm(cut);
            assertThat(read).isNotEqualTo(new Decoded.Ok<>(PANIC));
        }
        SeededEntropy dice = new SeededEntropy(3);
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = payload.clone();
            bytes[dice.nextInt(bytes.length)] = (byte) dice.nextLong();
            bytes[dice.nextInt(bytes.length)] = (byte) dice.nextLong();
            assertThat(Messages.readAlarm(SignedEnvelope.sign(MessageType.ALARM, bytes, DEVICE)))
                    .isNotNull();
            Bytes raw = Bytes.wrap(bytes);
            assertThat(Messages.readHeartbeat(raw)).isNotNull();
            assertThat(Messages.readHeartbeatAnswer(raw)).isNotNull();
            assertThat(Messages.readReport(raw)).isNotNull();
            assertThat(Messages.readOutboxItem(raw)).isNotNull();
        }
    }

    @Test
    void the_same_alarm_has_the_same_bytes() {
        assertThat(Messages.sign(PANIC, DEVICE).bytes())
                .isEqualTo(Messages.sign(TestAlarms.panic("school-007/button-3", 4), DEVICE)
                        .bytes());
    }

    @Test
    void a_heartbeat_comes_back_as_it_was() {
        Heartbeat full = new Heartbeat(
                "school-007/button-3",
                12,
                -1,
                Duration.ofDays(1),
                PANIC.time(),
                new Heartbeat.Health("tocsin 0.1", 3, 4_096, List.of("the disk is full", "supply low"), -12.5, 4.9),
                DEVICE.keyId(),
                true,
                -7,
                Optional.of(new DrillState("fire-7", Duration.ofMillis(1), DrillOrder.MAX_LASTS)));
        assertThat(Messages.readHeartbeat(Messages.write(full)).orThrow()).isEqualTo(full);
        Heartbeat bare = new Heartbeat(
                "d",
                0,
                0,
                Duration.ofSeconds(1),
                new DeviceTime(Instant.EPOCH, ClockQuality.UNKNOWN, Duration.ZERO),
                new Heartbeat.Health("", 0, 0, List.of(), Double.NaN, Double.NaN),
                Bytes.EMPTY,
                false,
                0,
                Optional.empty());
        assertThat(Messages.readHeartbeat(Messages.write(bare)).orThrow()).isEqualTo(bare);
    }

    @Test
    void a_heartbeat_that_makes_no_sense_is_malformed() {
        Bytes good = Messages.write(new Heartbeat(
                "d",
                1,
                1,
                Duration.ofSeconds(60),
                PANIC.time(),
                new Heartbeat.Health("", 0, 0, List.of(), Double.NaN, Double.NaN),
                Bytes.EMPTY,
                false,
                0,
                Optional.empty()));
        assertThat(Messages.readHeartbeat(Bytes.EMPTY)).isInstanceOf(Decoded.Malformed.class);
        for (HeartbeatMessage.Builder b : List.of(
                heartbeat(good).setPeriodS(0),
                heartbeat(good).setPeriodS(-1),
                heartbeat(good).setBoot(-1),
                heartbeat(good).setDevice("no such:id"))) {
            assertThat(Messages.readHeartbeat(Bytes.wrap(b.build().toByteArray())))
                    .isInstanceOf(Decoded.Malformed.class);
        }
    }

    private static HeartbeatMessage.Builder heartbeat(Bytes bytes) {
        try {
            return HeartbeatMessage.parseFrom(bytes.toArray()).toBuilder();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_heartbeat_s_answer_carries_what_the_centre_could_not_push() {
        Bytes presence = Messages.sign(PRESENCE, DEVICE).bytes();
        HeartbeatAnswer answer = new HeartbeatAnswer(
                List.of(Messages.sign(PANIC, DEVICE).bytes(), Bytes.copyOf((byte) 1)),
                Optional.of(presence),
                Optional.of("boots 3 and 4 take turns"));
        assertThat(Messages.readHeartbeatAnswer(Messages.write(answer)).orThrow())
                .isEqualTo(answer);
        assertThat(Messages.readHeartbeatAnswer(Bytes.EMPTY).orThrow())
                .isEqualTo(new HeartbeatAnswer(List.of(), Optional.empty()));
    }

    @Test
    void a_presence_comes_back_as_it_was_and_passes_for_nothing_else() {
        SignedEnvelope envelope = Messages.sign(PRESENCE, DEVICE);
        assertThat(Messages.readPresence(envelope).orThrow()).isEqualTo(PRESENCE);
        assertThat(Messages.readAnswer(envelope)).isInstanceOf(Decoded.Malformed.class);
        assertThat(Messages.readPresence(Messages.sign(PANIC, DEVICE))).isInstanceOf(Decoded.Malformed.class);
    }

    @Test
    void a_report_and_an_outbox_item_come_back_as_they_were() {
        Report report = new Report("d", PANIC.time(), "battery 80 %");
        Bytes reportBytes = Messages.write(report);
        assertThat(Messages.readReport(reportBytes).orThrow()).isEqualTo(report);

        for (OutboxItem item : List.of(
                new OutboxItem(OutboxItem.Kind.REPORT, reportBytes, List.of("police", "education"), false),
                new OutboxItem(
                        OutboxItem.Kind.ALARM, Messages.sign(PANIC, DEVICE).bytes(), List.of("police"), true),
                new OutboxItem(
                        OutboxItem.Kind.ALARM, Messages.sign(PANIC, DEVICE).bytes(), List.of(), false),
                new OutboxItem(OutboxItem.Kind.EVIDENCE, Bytes.ofHex("d28443"), List.of("police"), false))) {
            assertThat(Messages.readOutboxItem(Messages.write(item)).orThrow()).isEqualTo(item);
        }
    }
}
