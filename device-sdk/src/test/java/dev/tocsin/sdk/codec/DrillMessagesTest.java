package dev.tocsin.sdk.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.sdk.codec.proto.DrillNoticeReceiptMessage;
import dev.tocsin.sdk.codec.proto.DrillOrderMessage;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.DrillNotice;
import dev.tocsin.sdk.model.DrillOrder;
import dev.tocsin.sdk.model.NoticeReceipt;
import dev.tocsin.sdk.port.Signer;
import dev.tocsin.sdk.testkit.TestAlarms;
import dev.tocsin.sdk.testkit.TestKeys;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DrillMessagesTest {

    private static final Signer CENTRE = TestKeys.signer("education");

    private static DrillNotice notice(boolean over) {
        return new DrillNotice(
                "education",
                "police",
                "fire-7",
                "school-007/*",
                "building B",
                Instant.parse("2027-03-01T00:00:00Z"),
                Instant.parse("2027-03-01T00:15:00Z"),
                over,
                "Zhang");
    }

    private static DrillOrder order(String name, Duration lasts) {
        return new DrillOrder(
                "education",
                name,
                "school-007/button-3",
                -7,
                "B 楼",
                Duration.ofMillis(2),
                Duration.ofMillis(1),
                lasts,
                "Zhang");
    }

    @Test
    void an_order_comes_back_as_it_was_however_long_it_claims_to_last() {
        for (Duration lasts : new Duration[] {Duration.ZERO, Duration.ofHours(2), Duration.ofMillis(Long.MAX_VALUE)}) {
            DrillOrder order = order("fire-7", lasts);
            assertThat(DrillMessages.readOrder(DrillMessages.sign(order, CENTRE))
                            .orThrow())
                    .isEqualTo(order);
        }
    }

    @Test
    void a_notice_comes_back_as_it_was() {
        for (boolean over : new boolean[] {false, true}) {
            assertThat(DrillMessages.readNotice(DrillMessages.sign(notice(over), CENTRE))
                            .orThrow())
                    .isEqualTo(notice(over));
        }
    }

    @Test
    void the_receipt_for_a_notice_comes_back_as_it_was() {
        NoticeReceipt receipt = new NoticeReceipt(
                "police",
                "education",
                "fire-7",
                true,
                DrillMessages.sign(notice(true), CENTRE).bytes().sha256(),
                1_018,
                Bytes.ofHex("a7".repeat(32)),
                Instant.parse("2027-03-01T00:15:00.120Z"));
        assertThat(DrillMessages.readNoticeReceipt(DrillMessages.sign(receipt, CENTRE))
                        .orThrow())
                .isEqualTo(receipt);
    }

    @Test
    void the_receipt_for_a_notice_without_the_drill_s_name_is_malformed() {
        byte[] nameless = DrillNoticeReceiptMessage.newBuilder()
                .setCentre("police")
                .build()
                .toByteArray();
        assertThat(DrillMessages.readNoticeReceipt(SignedEnvelope.sign(MessageType.NOTICE_RECEIPT, nameless, CENTRE)))
                .isInstanceOf(Decoded.Malformed.class);
    }

    @Test
    void no_kind_of_message_passes_for_another() {
        SignedEnvelope order = DrillMessages.sign(order("fire-7", Duration.ofMinutes(15)), CENTRE);
        assertThat(order.type()).isEqualTo(MessageType.ORDER);
        assertThat(Messages.readAnswer(order)).isInstanceOf(Decoded.Malformed.class);
        assertThat(DrillMessages.readNotice(order)).isInstanceOf(Decoded.Malformed.class);
        assertThat(DrillMessages.readNoticeReceipt(DrillMessages.sign(notice(true), CENTRE)))
                .isInstanceOf(Decoded.Malformed.class);
        SignedEnvelope alarm = Messages.sign(TestAlarms.panic("school-007/button-3", 4), CENTRE);
        assertThat(DrillMessages.readOrder(alarm)).isInstanceOf(Decoded.Malformed.class);
    }

    @Test
    void an_order_with_a_name_or_a_time_that_cannot_be_is_malformed() {
        DrillOrderMessage.Builder good = DrillOrderMessage.newBuilder().setOrder("fire-7");
        for (DrillOrderMessage.Builder bad : new DrillOrderMessage.Builder[] {
            good.clone().setOrder(""),
            good.clone().setOrder("no name"),
            good.clone().setOrder("x".repeat(DrillOrder.MAX_ORDER_ID + 1)),
            good.clone().setLastsMs(-1),
            good.clone().setStartsAfterMs(-1),
            good.clone().setPlaces("x".repeat(DrillOrder.MAX_TEXT_BYTES + 1)),
            good.clone().setBy("x".repeat(DrillOrder.MAX_TEXT_BYTES + 1))
        }) {
            SignedEnvelope envelope =
                    SignedEnvelope.sign(MessageType.ORDER, bad.build().toByteArray(), CENTRE);
            assertThat(DrillMessages.readOrder(envelope)).isInstanceOf(Decoded.Malformed.class);
        }
        assertThatThrownBy(() -> order("", Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }
}
