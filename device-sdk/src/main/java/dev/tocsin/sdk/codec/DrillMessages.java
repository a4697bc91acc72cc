package dev.tocsin.sdk.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.tocsin.sdk.codec.proto.DrillNoticeMessage;
import dev.tocsin.sdk.codec.proto.DrillNoticeReceiptMessage;
import dev.tocsin.sdk.codec.proto.DrillOrderMessage;
import dev.tocsin.sdk.codec.proto.DrillStateMessage;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.DrillNotice;
import dev.tocsin.sdk.model.DrillOrder;
import dev.tocsin.sdk.model.DrillState;
import dev.tocsin.sdk.model.NoticeReceipt;
import dev.tocsin.sdk.port.Signer;
import java.time.Duration;
import java.time.Instant;

/**
 * The messages of a drill, as values. Reading is strict: what is odd about an order is no reason to lose an alarm, but it is
 * one not to hold a drill. Stateless; any thread.
 */
public final class DrillMessages {

    private DrillMessages() {}

    /** Encodes and signs an order. */
    public static SignedEnvelope sign(DrillOrder o, Signer centre) {
        DrillOrderMessage message = DrillOrderMessage.newBuilder()
                .setCentre(o.centre())
                .setOrder(o.order())
                .setDevice(o.device())
                .setEcho(o.echo())
                .setPlaces(o.places())
                .setStartsAfterMs(o.startsAfter().toMillis())
                .setLastsMs(o.lasts().toMillis())
                .setBy(o.by())
                .setMadeAfterMs(o.madeAfter().toMillis())
                .build();
        return SignedEnvelope.sign(MessageType.ORDER, message.toByteArray(), centre);
    }

    /** Encodes and signs a notice. */
    public static SignedEnvelope sign(DrillNotice n, Signer centre) {
        DrillNoticeMessage message = DrillNoticeMessage.newBuilder()
                .setCentre(n.centre())
                .setTo(n.to())
                .setOrder(n.order())
                .setDevices(n.devices())
                .setPlaces(n.places())
                .setBeginsMs(n.begins().toEpochMilli())
                .setEndsMs(n.ends().toEpochMilli())
                .setOver(n.over())
                .setBy(n.by())
                .build();
        return SignedEnvelope.sign(MessageType.NOTICE, message.toByteArray(), centre);
    }

    /** Encodes and signs the receipt for a notice. */
    public static SignedEnvelope sign(NoticeReceipt r, Signer centre) {
        DrillNoticeReceiptMessage message = DrillNoticeReceiptMessage.newBuilder()
                .setCentre(r.centre())
                .setTo(r.to())
                .setOrder(r.order())
                .setOver(r.over())
                .setNoticeSha256(ByteString.copyFrom(r.noticeSha256().readOnlyArray()))
                .setLedgerNumber(r.ledgerNumber())
                .setChainHead(ByteString.copyFrom(r.chainHead().readOnlyArray()))
                .setTimeMs(r.time().toEpochMilli())
                .build();
        return SignedEnvelope.sign(MessageType.NOTICE_RECEIPT, message.toByteArray(), centre);
    }

    /** The order in an envelope. Says nothing about its signature. */
    public static Decoded<DrillOrder> readOrder(SignedEnvelope envelope) {
        return Messages.read(envelope, MessageType.ORDER, () -> {
            DrillOrderMessage m = DrillOrderMessage.parseFrom(envelope.payload());
            return new Decoded.Ok<>(new DrillOrder(
                    m.getCentre(),
                    m.getOrder(),
                    m.getDevice(),
                    m.getEcho(),
                    m.getPlaces(),
                    Duration.ofMillis(m.getMadeAfterMs()),
                    Duration.ofMillis(m.getStartsAfterMs()),
                    Duration.ofMillis(m.getLastsMs()),
                    m.getBy()));
        });
    }

    /** The notice in an envelope. Says nothing about its signature. */
    public static Decoded<DrillNotice> readNotice(SignedEnvelope envelope) {
        return Messages.read(envelope, MessageType.NOTICE, () -> notice(envelope.payload()));
    }

    private static Decoded<DrillNotice> notice(byte[] payload) throws InvalidProtocolBufferException {
        DrillNoticeMessage m = DrillNoticeMessage.parseFrom(payload);
        return new Decoded.Ok<>(new DrillNotice(
                m.getCentre(),
                m.getTo(),
                m.getOrder(),
                m.getDevices(),
                m.getPlaces(),
                Instant.ofEpochMilli(m.getBeginsMs()),
                Instant.ofEpochMilli(m.getEndsMs()),
                m.getOver(),
                m.getBy()));
    }

    /** The receipt for a notice in an envelope. Says nothing about its signature. */
    public static Decoded<NoticeReceipt> readNoticeReceipt(SignedEnvelope envelope) {
        return Messages.read(envelope, MessageType.NOTICE_RECEIPT, () -> {
            DrillNoticeReceiptMessage m = DrillNoticeReceiptMessage.parseFrom(envelope.payload());
            return new Decoded.Ok<>(new NoticeReceipt(
                    m.getCentre(),
                    m.getTo(),
                    m.getOrder(),
                    m.getOver(),
                    Bytes.wrap(m.getNoticeSha256().toByteArray()),
                    m.getLedgerNumber(),
                    Bytes.wrap(m.getChainHead().toByteArray()),
                    Instant.ofEpochMilli(m.getTimeMs())));
        });
    }

    static DrillStateMessage write(DrillState s) {
        return DrillStateMessage.newBuilder()
                .setOrder(s.order())
                .setStartsInMs((int) s.startsIn().toMillis())
                .setLeftMs((int) s.left().toMillis())
                .build();
    }

    static DrillState read(DrillStateMessage m) {
        return new DrillState(
                m.getOrder(),
                Duration.ofMillis(Integer.toUnsignedLong(m.getStartsInMs())),
                Duration.ofMillis(Integer.toUnsignedLong(m.getLeftMs())));
    }
}
