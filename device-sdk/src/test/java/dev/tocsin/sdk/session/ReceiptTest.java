package dev.tocsin.sdk.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.codec.Messages;
import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.Answer;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.ReceiptStage;
import dev.tocsin.sdk.testkit.ScriptedCentre;
import dev.tocsin.sdk.testkit.ScriptedCentre.Behaviour;
import dev.tocsin.sdk.testkit.ScriptedNetwork.Sent;
import dev.tocsin.sdk.testkit.TestKeys;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ReceiptTest {

    private static Answer.Receipt with(Answer.Receipt r, UnaryOperator<AlarmId> id, Bytes sha256, String centre) {
        return new Answer.Receipt(
                id.apply(r.alarm()),
                sha256,
                centre,
                r.time(),
                r.stage(),
                r.mode(),
                r.ledgerNumber(),
                r.chainHead(),
                r.by());
    }

    private static Answer.Receipt inOtherMode(Answer.Receipt r) {
        return new Answer.Receipt(
                r.alarm(),
                r.envelopeSha256(),
                r.centre(),
                r.time(),
                r.stage(),
                ScriptedCentre.otherThan(r.mode()),
                r.ledgerNumber(),
                r.chainHead(),
                r.by());
    }

    /** Everything that looks like a receipt and is none. */
    private static Map<String, Behaviour> lies(ScriptedCentre police) {
        Map<String, Behaviour> lies = new LinkedHashMap<>();
        lies.put("one bit of the signature is wrong", police.forges());
        lies.put("signed by a stranger", police.says(r -> r, TestKeys.signer("stranger")));
        lies.put("signed by another centre", police.says(r -> r, TestKeys.signer("education")));
        lies.put(
                "in another centre's name",
                police.says(r -> with(r, id -> id, r.envelopeSha256(), "education"), police.signer()));
        lies.put(
                "of another envelope",
                police.says(r -> with(r, id -> id, Bytes.ofHex("00".repeat(32)), "police"), police.signer()));
        lies.put(
                "of another alarm",
                police.says(
                        r -> with(
                                r,
                                id -> new AlarmId(id.device(), id.boot(), id.nonce(), id.sequence() + 1),
                                r.envelopeSha256(),
                                "police"),
                        police.signer()));
        lies.put("of another mode", police.says(ReceiptTest::inOtherMode, police.signer()));
        lies.put("unsigned 2.04", police.code(204, ""));
        lies.put("unsigned 2.04 with a text", police.code(204, "OK"));
        for (int code : new int[] {400, 401, 403, 404, 413, 429, 500, 503}) {
            lies.put("unsigned " + code, police.code(code, "go away"));
        }
        lies.put(
                "the alarm itself, sent back",
                (envelope, alarm) -> new ScriptedCentre.Reply.Says(204, envelope, Duration.ZERO));
        return lies;
    }

    @Test
    void nothing_but_the_centre_s_own_receipt_ends_a_delivery_or_moves_the_lamp() {
        for (String lie : lies(new SessionRig().police).keySet()) {
            SessionRig rig = new SessionRig().ready();
            rig.education.does(rig.education.nothing());
            rig.police.does(Objects.requireNonNull(lies(rig.police).get(lie)));
            Alarm alarm = rig.press();
            rig.pass(Duration.ofMinutes(2));

            assertThat(rig.state(alarm, "police")).as(lie).isEqualTo(Delivery.State.SENDING);
            assertThat(rig.delivery(alarm, "police").receivedNs()).as(lie).isEmpty();
            assertThat(rig.indications).as(lie).doesNotContain(Indication.RECEIVED, Indication.ACCEPTED);
            assertThat(rig.lamp()).as(lie).isEqualTo(Indication.FAILED);
            List<Sent> sent = rig.alarms(SessionRig.POLICE);
            assertThat(sent.size()).as("%s: tries in two minutes", lie).isBetween(12, 40);
            assertThat(rig.time.nanoTime() - sent.getLast().atNs()).as(lie).isLessThan(10_000_000_000L);

            rig.police.does(rig.police.receipts());
            rig.pass(Duration.ofSeconds(10));
            assertThat(rig.state(alarm, "police")).as(lie).isEqualTo(Delivery.State.RECEIVED);
        }
    }

    @Test
    void the_reason_of_a_delay_is_there_for_a_person_to_read() {
        SessionRig rig = new SessionRig().ready();
        rig.police.does(rig.police.code(503, "ledger busy"));
        Alarm alarm = rig.press();
        rig.passMs(100);
        assertThat(rig.delivery(alarm, "police").remark()).isEqualTo("code 503, an answer without a receipt");
        rig.police.does(rig.police.says(r -> r, TestKeys.signer("stranger")));
        rig.pass(Duration.ofSeconds(10));
        assertThat(rig.delivery(alarm, "police").remark()).contains("did not sign");
    }

    @Test
    void a_signed_refusal_slows_it_to_at_most_a_minute_and_is_shown() {
        SessionRig rig = new SessionRig().ready();
        rig.police.does(rig.police.refuses("unknown device"));
        rig.education.does(rig.education.refuses("unknown device"));
        Alarm alarm = rig.press();
        rig.passMs(100);
        assertThat(rig.state(alarm, "police")).isEqualTo(Delivery.State.REFUSED);
        assertThat(rig.delivery(alarm, "police").remark()).isEqualTo("unknown device");
        assertThat(rig.lamp()).as("at once").isEqualTo(Indication.FAILED);

        rig.pass(Duration.ofMinutes(30));
        List<Sent> sent = rig.alarms(SessionRig.POLICE, alarm);
        assertThat(sent.size()).isBetween(30, 40);
        for (int i = 1; i < sent.size(); i++) {
            assertThat(sent.get(i).atNs() - sent.get(i - 1).atNs())
                    .as("pause %d", i)
                    .isBetween(40_000_000_000L, 60_000_000_000L);
        }
        rig.police.does(rig.police.receipts());
        rig.pass(Duration.ofMinutes(1));
        assertThat(rig.state(alarm, "police")).isEqualTo(Delivery.State.RECEIVED);
        assertThat(rig.lamp()).isEqualTo(Indication.RECEIVED);
    }

    @Test
    void a_refused_alarm_is_not_hurried_by_the_receipts_of_others() {
        SessionRig rig = new SessionRig().ready();
        rig.police.does(rig.police.refuses("unknown place"));
        Alarm refused = rig.raise(AlarmKind.FALL);
        rig.passMs(100);
        rig.police.does(rig.police.receipts());
        for (int i = 0; i < 20; i++) {
            rig.raise(AlarmKind.FALL);
            rig.pass(Duration.ofSeconds(1));
        }
        assertThat(rig.alarms(SessionRig.POLICE, refused)).hasSize(1);
        rig.pass(Duration.ofSeconds(35));
        assertThat(rig.state(refused, "police")).isEqualTo(Delivery.State.RECEIVED);
    }

    @Test
    void one_centre_s_refusal_does_not_fail_what_the_other_may_still_take() {
        SessionRig rig = new SessionRig().ready();
        rig.police.does(rig.police.refuses("unknown device"));
        rig.education.does(rig.education.receiptsAfter(Duration.ofSeconds(2)));
        rig.press();
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.lamp()).isEqualTo(Indication.RAISED);
        rig.pass(Duration.ofSeconds(2));
        assertThat(rig.lamp()).isEqualTo(Indication.RECEIVED);
    }

    @Test
    void a_refusal_after_a_receipt_changes_nothing() {
        SessionRig rig = new SessionRig().ready();
        Alarm alarm = rig.press();
        rig.passMs(100);
        Answer refusal = new Answer.Refusal(
                alarm.id(), rig.status(alarm).envelope().sha256(), "police", rig.time.wallTime(), "no");
        assertThat(rig.transport.push(
                        "receipt", Messages.sign(refusal, rig.police.signer()).bytes()))
                .isEqualTo(204);
        assertThat(rig.state(alarm, "police")).isEqualTo(Delivery.State.RECEIVED);
        assertThat(rig.lamp()).isEqualTo(Indication.RECEIVED);
    }

    @Test
    void an_acceptance_may_be_pushed() {
        SessionRig rig = new SessionRig().ready();
        Alarm alarm = rig.press();
        rig.passMs(100);
        assertThat(rig.transport.push("receipt", rig.police.accept(alarm.id(), "Li")))
                .isEqualTo(204);
        assertThat(rig.state(alarm, "police")).isEqualTo(Delivery.State.ACCEPTED);
        assertThat(rig.delivery(alarm, "police").receipt().map(Answer.Receipt::by))
                .contains("Li");
        assertThat(rig.lamp()).isEqualTo(Indication.ACCEPTED);
        assertThat(rig.transport.push("receipt", rig.police.accept(alarm.id(), "Li")))
                .as("again, for the answer was lost")
                .isEqualTo(204);
    }

    @Test
    void an_acceptance_may_come_in_the_answer_to_the_next_heartbeat() {
        SessionRig rig = new SessionRig().ready();
        Alarm alarm = rig.press();
        rig.passMs(100);
        rig.police.tellWithHeartbeat(rig.police.accept(alarm.id(), "Li"));
        rig.pass(Duration.ofSeconds(61));
        assertThat(rig.state(alarm, "police")).isEqualTo(Delivery.State.ACCEPTED);
        assertThat(rig.lamp()).isEqualTo(Indication.ACCEPTED);
    }

    @Test
    void a_receipt_may_come_in_the_answer_to_the_next_heartbeat() {
        SessionRig rig = new SessionRig().ready();
        rig.police.does((envelope, alarm) -> {
            if (rig.police.ledger().isEmpty()) {
                rig.police.tellWithHeartbeat(rig.police.receipt(envelope, alarm, ReceiptStage.RECEIVED, ""));
            }
            return new ScriptedCentre.Reply.Nothing();
        });
        Alarm alarm = rig.press();
        rig.pass(Duration.ofSeconds(61));
        assertThat(rig.state(alarm, "police")).isEqualTo(Delivery.State.RECEIVED);
    }

    @Test
    void an_acceptance_may_come_straight_away() {
        SessionRig rig = new SessionRig().ready();
        rig.police.does(rig.police.acceptsAtOnce("Li"));
        Alarm alarm = rig.press();
        rig.passMs(100);
        assertThat(rig.state(alarm, "police")).isEqualTo(Delivery.State.ACCEPTED);
        assertThat(rig.alarms(SessionRig.POLICE)).hasSize(1);
    }

    @Test
    void a_late_machine_s_receipt_does_not_take_an_acceptance_back() {
        SessionRig rig = new SessionRig().ready();
        Alarm alarm = rig.press();
        rig.passMs(100);
        Bytes received = rig.police.receipt(rig.status(alarm).envelope(), alarm, ReceiptStage.RECEIVED, "");
        rig.transport.push("receipt", rig.police.accept(alarm.id(), "Li"));
        assertThat(rig.transport.push("receipt", received)).isEqualTo(204);
        assertThat(rig.state(alarm, "police")).isEqualTo(Delivery.State.ACCEPTED);
    }

    @Test
    void a_push_that_nobody_signed_is_turned_away() {
        SessionRig rig = new SessionRig().ready();
        Alarm alarm = rig.press();
        Bytes forged = Messages.sign(
                        new Answer.Receipt(
                                alarm.id(),
                                rig.status(alarm).envelope().sha256(),
                                "police",
                                rig.time.wallTime(),
                                ReceiptStage.ACCEPTED,
                                alarm.mode(),
                                1,
                                Bytes.EMPTY,
                                "nobody"),
                        TestKeys.signer("stranger"))
                .bytes();
        assertThat(rig.transport.push("receipt", forged)).isEqualTo(401);
        assertThat(rig.transport.push("receipt", Bytes.EMPTY)).isEqualTo(401);
        assertThat(rig.transport.push("receipt", Bytes.wrap(new byte[10_000]))).isEqualTo(401);
        assertThat(rig.transport.push("elsewhere", forged)).isEqualTo(404);
        assertThat(rig.state(alarm, "police")).isEqualTo(Delivery.State.SENDING);
    }

    @Test
    void while_a_key_is_rolled_the_old_and_the_new_one_count() {
        SessionRig rig = new SessionRig();
        Settings usual = rig.settings;
        CentreLink police = usual.centres().getFirst();
        CentreLink rolled = new CentreLink(
                police.id(),
                police.addresses(),
                List.of(TestKeys.verifier("police next year"), rig.police.verifier()),
                police.kinds(),
                police.modes());
        rig.with(new Settings(
                usual.device(),
                usual.place(),
                usual.cameras(),
                List.of(rolled, usual.centres().getLast()),
                usual.heartbeat(),
                usual.journal(),
                usual.software()));
        rig.ready();
        Alarm old = rig.raise(AlarmKind.FALL);
        rig.passMs(100);
        assertThat(rig.state(old, "police")).isEqualTo(Delivery.State.RECEIVED);
        rig.police.does(rig.police.says(r -> r, TestKeys.signer("police next year")));
        Alarm next = rig.raise(AlarmKind.FALL);
        rig.passMs(100);
        assertThat(rig.state(next, "police")).isEqualTo(Delivery.State.RECEIVED);
    }
}
