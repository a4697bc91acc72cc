package dev.tocsin.sdk.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.tocsin.sdk.codec.proto.BypassTaskMessage;
import dev.tocsin.sdk.codec.proto.DeviceOrderMessage;
import dev.tocsin.sdk.codec.proto.LocateTaskMessage;
import dev.tocsin.sdk.codec.proto.OrderResultMessage;
import dev.tocsin.sdk.codec.proto.OrderStateMessage;
import dev.tocsin.sdk.codec.proto.RebootTaskMessage;
import dev.tocsin.sdk.codec.proto.SelfTestTaskMessage;
import dev.tocsin.sdk.codec.proto.SettingsTaskMessage;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.DeviceOrder;
import dev.tocsin.sdk.model.OrderResult;
import dev.tocsin.sdk.model.OrderTask;
import dev.tocsin.sdk.port.Signer;
import java.time.Duration;
import java.util.Optional;

/**
 * Orders and their results, as values. Reading an order is strict: one that this version does not understand whole is none.
 * Stateless; any thread.
 */
public final class OrderMessages {

    private OrderMessages() {}

    /** Encodes and signs an order. */
    public static SignedEnvelope sign(DeviceOrder o, Signer centre) {
        DeviceOrderMessage.Builder b = DeviceOrderMessage.newBuilder()
                .setCentre(o.centre())
                .setDevice(o.device())
                .setNumber(o.number())
                .setEcho(o.echo())
                .setExpiresAfterMs(o.expiresAfter().toMillis())
                .setBy(o.by());
        switch (o.task()) {
            case OrderTask.Adjust a -> b.setSettings(settings(a));
            case OrderTask.Locate(Duration lasts) ->
                b.setLocate(LocateTaskMessage.newBuilder().setLastsMs(lasts.toMillis()));
            case OrderTask.SelfTest t -> b.setSelfTest(SelfTestTaskMessage.getDefaultInstance());
            case OrderTask.Reboot r -> b.setReboot(RebootTaskMessage.getDefaultInstance());
            case OrderTask.Bypass(String input, Duration lasts) ->
                b.setBypass(BypassTaskMessage.newBuilder().setInput(input).setLastsMs(lasts.toMillis()));
        }
        return SignedEnvelope.sign(MessageType.DEVICE_ORDER, b.build().toByteArray(), centre);
    }

    private static SettingsTaskMessage settings(OrderTask.Adjust a) {
        SettingsTaskMessage.Builder b = SettingsTaskMessage.newBuilder()
                .setBase(a.base())
                .setProbationMs(a.probation().toMillis());
        a.heartbeat().ifPresent(h -> b.setHeartbeatMs(h.toMillis()));
        a.keepAlive().ifPresent(k -> b.setKeepAliveMs(k.toMillis()));
        return b.build();
    }

    /** Encodes and signs a result. */
    public static SignedEnvelope sign(OrderResult r, Signer device) {
        OrderResultMessage message = OrderResultMessage.newBuilder()
                .setDevice(r.device())
                .setCentre(r.centre())
                .setNumber(r.number())
                .setOrderSha256(ByteString.copyFrom(r.orderSha256().readOnlyArray()))
                .setState(state(r.state()))
                .setBoot(r.boot())
                .setTime(Values.write(r.time()))
                .setText(r.text())
                .build();
        return SignedEnvelope.sign(MessageType.ORDER_RESULT, message.toByteArray(), device);
    }

    /** The order in an envelope. Says nothing about its signature. */
    public static Decoded<DeviceOrder> readOrder(SignedEnvelope envelope) {
        return Messages.read(envelope, MessageType.DEVICE_ORDER, () -> {
            DeviceOrderMessage m = DeviceOrderMessage.parseFrom(envelope.payload());
            Optional<OrderTask> task = task(m);
            return task.isEmpty()
                    ? new Decoded.Malformed<>("an order of a kind that this version does not know")
                    : new Decoded.Ok<>(new DeviceOrder(
                            m.getCentre(),
                            m.getDevice(),
                            m.getNumber(),
                            m.getEcho(),
                            Duration.ofMillis(m.getExpiresAfterMs()),
                            m.getBy(),
                            task.get()));
        });
    }

    private static Optional<OrderTask> task(DeviceOrderMessage m) {
        return switch (m.getTaskCase()) {
            case SETTINGS -> {
                SettingsTaskMessage s = m.getSettings();
                // a setting of a later version must not be passed over in silence: the rest might depend on it
                yield s.getUnknownFields().asMap().isEmpty()
                        ? Optional.of(new OrderTask.Adjust(
                                s.getBase(),
                                time(s.hasHeartbeatMs(), s.getHeartbeatMs()),
                                time(s.hasKeepAliveMs(), s.getKeepAliveMs()),
                                Duration.ofMillis(s.getProbationMs())))
                        : Optional.empty();
            }
            case LOCATE ->
                Optional.of(new OrderTask.Locate(Duration.ofMillis(m.getLocate().getLastsMs())));
            case SELF_TEST -> Optional.of(new OrderTask.SelfTest());
            case REBOOT -> Optional.of(new OrderTask.Reboot());
            case BYPASS ->
                Optional.of(new OrderTask.Bypass(
                        m.getBypass().getInput(),
                        Duration.ofMillis(m.getBypass().getLastsMs())));
            case TASK_NOT_SET -> Optional.empty();
        };
    }

    private static Optional<Duration> time(boolean there, long ms) {
        return there ? Optional.of(Duration.ofMillis(ms)) : Optional.empty();
    }

    /** The result in an envelope. Says nothing about its signature. */
    public static Decoded<OrderResult> readResult(SignedEnvelope envelope) {
        return Messages.read(envelope, MessageType.ORDER_RESULT, () -> result(envelope.payload()));
    }

    private static Decoded<OrderResult> result(byte[] payload) throws InvalidProtocolBufferException {
        OrderResultMessage m = OrderResultMessage.parseFrom(payload);
        Optional<OrderResult.State> state = state(m.getState());
        return state.isEmpty()
                ? new Decoded.Malformed<>("a result without a state")
                : new Decoded.Ok<>(new OrderResult(
                        m.getDevice(),
                        m.getCentre(),
                        m.getNumber(),
                        Bytes.wrap(m.getOrderSha256().toByteArray()),
                        state.get(),
                        m.getBoot(),
                        Values.read(m.getTime()),
                        Values.shortened(m.getText(), OrderResult.MAX_TEXT_BYTES)));
    }

    static OrderStateMessage state(OrderResult.State state) {
        return switch (state) {
            case UNDER_WAY -> OrderStateMessage.UNDER_WAY;
            case DONE -> OrderStateMessage.DONE;
            case FAILED -> OrderStateMessage.FAILED;
            case REFUSED -> OrderStateMessage.REFUSED;
        };
    }

    static Optional<OrderResult.State> state(OrderStateMessage m) {
        return Values.constant(OrderResult.State.class, m);
    }
}
