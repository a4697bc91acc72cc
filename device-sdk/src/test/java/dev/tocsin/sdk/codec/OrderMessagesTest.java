package dev.tocsin.sdk.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.codec.proto.DeviceOrderMessage;
import dev.tocsin.sdk.codec.proto.OrderResultMessage;
import dev.tocsin.sdk.codec.proto.SettingsTaskMessage;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.ClockQuality;
import dev.tocsin.sdk.model.DeviceOrder;
import dev.tocsin.sdk.model.DeviceTime;
import dev.tocsin.sdk.model.OrderResult;
import dev.tocsin.sdk.model.OrderTask;
import dev.tocsin.sdk.testkit.TestKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OrderMessagesTest {

    private static final Duration HOUR = Duration.ofHours(1);

    static List<OrderTask> tasks() {
        return List.of(
                new OrderTask.Adjust(0, Optional.of(Duration.ZERO), Optional.empty(), HOUR),
                new OrderTask.Adjust(7, Optional.empty(), Optional.of(Duration.ZERO), HOUR),
                new OrderTask.Adjust(7, Optional.of(HOUR), Optional.of(Duration.ofSeconds(25)), HOUR),
                new OrderTask.Locate(Duration.ofMinutes(2)),
                new OrderTask.SelfTest(),
                new OrderTask.Reboot(),
                new OrderTask.Bypass("rail", Duration.ZERO),
                new OrderTask.Bypass("rail", HOUR));
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void an_order_of_any_task_is_read_as_it_was_written(OrderTask task) {
        DeviceOrder order = new DeviceOrder("education", "school-007/button-3", 12, -1, HOUR, "Zhang", task);
        SignedEnvelope envelope = OrderMessages.sign(order, TestKeys.signer("education"));
        assertThat(OrderMessages.readOrder(SignedEnvelope.read(envelope.bytes()).orThrow())
                        .orThrow())
                .isEqualTo(order);
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.EnumSource(OrderResult.State.class)
    void a_result_is_read_as_it_was_written(OrderResult.State state) {
        OrderResult result = new OrderResult(
                "school-007/button-3",
                "education",
                12,
                Bytes.ofHex("ab".repeat(32)),
                state,
                5,
                new DeviceTime(Instant.ofEpochMilli(7), ClockQuality.UNKNOWN, Duration.ofMillis(8)),
                "done");
        SignedEnvelope envelope = OrderMessages.sign(result, TestKeys.signer("device"));
        assertThat(OrderMessages.readResult(
                                SignedEnvelope.read(envelope.bytes()).orThrow())
                        .orThrow())
                .isEqualTo(result);
    }

    @Test
    void an_order_without_a_task_or_number_or_with_a_setting_of_a_later_version_is_none() {
        assertThat(read(DeviceOrderMessage.newBuilder().setNumber(1))).contains("of a kind");
        assertThat(read(DeviceOrderMessage.newBuilder()
                        .setReboot(dev.tocsin.sdk.codec.proto.RebootTaskMessage.getDefaultInstance())))
                .contains("without a number");
        SettingsTaskMessage later = SettingsTaskMessage.newBuilder()
                .setHeartbeatMs(5_000)
                .setUnknownFields(com.google.protobuf.UnknownFieldSet.newBuilder()
                        .addField(
                                99,
                                com.google.protobuf.UnknownFieldSet.Field.newBuilder()
                                        .addVarint(1)
                                        .build())
                        .build())
                .build();
        assertThat(read(DeviceOrderMessage.newBuilder().setNumber(1).setSettings(later)))
                .contains("of a kind");
    }

    private static String read(DeviceOrderMessage.Builder message) {
        SignedEnvelope envelope = SignedEnvelope.sign(
                MessageType.DEVICE_ORDER, message.build().toByteArray(), TestKeys.signer("education"));
        return OrderMessages.readOrder(envelope) instanceof Decoded.Malformed<DeviceOrder>(String why) ? why : "read";
    }

    @Test
    void an_order_is_no_result_and_a_result_without_a_state_is_none() {
        SignedEnvelope order = OrderMessages.sign(
                new DeviceOrder("education", "d", 1, 1, HOUR, "", new OrderTask.Reboot()), TestKeys.signer("x"));
        assertThat(OrderMessages.readResult(order)).isInstanceOf(Decoded.Malformed.class);
        SignedEnvelope result = SignedEnvelope.sign(
                MessageType.ORDER_RESULT,
                OrderResultMessage.newBuilder().setNumber(1).build().toByteArray(),
                TestKeys.signer("x"));
        assertThat(OrderMessages.readResult(result)).isInstanceOf(Decoded.Malformed.class);
    }

    @Test
    void what_a_device_keeps_is_read_as_it_was_written() {
        OrderBookPage.Adjusted adjusted = new OrderBookPage.Adjusted(4, Optional.of(HOUR), Optional.of(Duration.ZERO));
        OrderBookPage page = new OrderBookPage(
                List.of(
                        new OrderBookPage.Line(
                                "education", 12, Bytes.ofHex("01"), Bytes.EMPTY, Optional.empty(), false),
                        new OrderBookPage.Line(
                                "police",
                                3,
                                Bytes.ofHex("02"),
                                Bytes.ofHex("03"),
                                Optional.of(OrderResult.State.REFUSED),
                                true)),
                adjusted,
                Optional.of(new OrderBookPage.Probation(
                        "education", 12, OrderBookPage.Adjusted.NONE, List.of("police", "education"), HOUR, 1)),
                List.of("rail"),
                Optional.of(Duration.ofMinutes(90)));
        assertThat(OrderBookPage.read(page.write()).orThrow()).isEqualTo(page);
        assertThat(OrderBookPage.read(OrderBookPage.EMPTY.write()).orThrow()).isEqualTo(OrderBookPage.EMPTY);
        assertThat(OrderBookPage.read(Bytes.ofHex("ffff"))).isInstanceOf(Decoded.Malformed.class);
    }

    @Test
    void times_out_of_range_are_objected_to_and_the_borders_are_not() {
        assertThat(new OrderTask.Locate(OrderTask.Locate.MAX_LASTS).objection()).isEmpty();
        assertThat(new OrderTask.Locate(OrderTask.Locate.MAX_LASTS.plusMillis(1)).objection())
                .isPresent();
        assertThat(new OrderTask.Locate(Duration.ZERO).objection()).isPresent();
        assertThat(new OrderTask.Bypass("rail", OrderTask.Bypass.MAX_LASTS).objection())
                .isEmpty();
        assertThat(new OrderTask.Bypass("rail", OrderTask.Bypass.MAX_LASTS.plusMillis(1)).objection())
                .isPresent();
        assertThat(new OrderTask.Bypass("rail", Duration.ZERO).objection()).isEmpty();
        assertThat(adjust(Optional.of(Duration.ofSeconds(5)), Optional.empty(), HOUR))
                .isEmpty();
        assertThat(adjust(Optional.of(Duration.ofSeconds(4)), Optional.empty(), HOUR))
                .isPresent();
        assertThat(adjust(Optional.empty(), Optional.of(Duration.ofMinutes(6)), HOUR))
                .isPresent();
        assertThat(adjust(Optional.empty(), Optional.empty(), HOUR)).isPresent();
        assertThat(adjust(Optional.of(Duration.ZERO), Optional.empty(), Duration.ofSeconds(9)))
                .isPresent();
    }

    private static Optional<String> adjust(Optional<Duration> heartbeat, Optional<Duration> keepAlive, Duration by) {
        return new OrderTask.Adjust(0, heartbeat, keepAlive, by).objection();
    }
}
