package dev.tocsin.simulator.centre;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.codec.MessageType;
import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.Answer;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.Mode;
import dev.tocsin.sdk.model.ReceiptStage;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.port.Transport.Content;
import dev.tocsin.simulator.centre.TestReplies.Given;
import dev.tocsin.simulator.centre.ledger.Entry;
import dev.tocsin.simulator.centre.ledger.EntryType;
import dev.tocsin.simulator.centre.ledger.Head;
import dev.tocsin.simulator.centre.ledger.Ledger;
import dev.tocsin.simulator.centre.ledger.MemoryLedger;
import dev.tocsin.simulator.centre.ledger.Submission;
import dev.tocsin.simulator.centre.registry.Registry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AlarmIntakeTest {

    private final HandTime time = new HandTime();
    private final TestDevice button = new TestDevice("school-007/button-3");
    private final TestDevice other = new TestDevice("school-007/button-4");
    private final TestDevice centreKey = new TestDevice("police");
    private final MemoryLedger ledger = new MemoryLedger(time);
    private final List<String> audit = new ArrayList<>();
    private final List<String> troubles = new ArrayList<>();
    private final TestReplies replies = new TestReplies();
    private Registry registry = TestRegistry.of(button, other);

    private final AlarmIntake intake = new AlarmIntake(
            () -> registry,
            ledger,
            new Receipts("police", centreKey.signer(), time),
            new RefusalLog(audit::add, time),
            false,
            troubles::add);

    private Given receive(Bytes payload, boolean signedAnswer) {
        intake.receive(payload, signedAnswer, "10.0.0.9", "", replies, committed -> {});
        ledger.commit();
        return replies.take();
    }

    private Given receive(Bytes payload) {
        return receive(payload, true);
    }

    @ParameterizedTest
    @EnumSource(SignatureAlgorithm.class)
    void an_alarm_gets_a_signed_receipt_for_its_entry(SignatureAlgorithm algorithm) {
        TestDevice device = new TestDevice("school-007/button-9", algorithm);
        registry = TestRegistry.of(device);
        Bytes envelope = device.sign(device.panic(1));

        Given given = receive(envelope);

        Entry entry = ledger.find(device.alarmId(1)).orElseThrow();
        assertThat(given.code()).isEqualTo(204);
        assertThat(given.content()).isEqualTo(Content.COSE_SIGN1);
        assertThat(given.answer())
                .isEqualTo(new Answer.Receipt(
                        device.alarmId(1),
                        envelope.sha256(),
                        "police",
                        entry.time(),
                        ReceiptStage.RECEIVED,
                        Mode.LIVE,
                        1,
                        entry.hash(),
                        ""));
        assertThat(SignedEnvelope.read(given.payload()).orThrow().keyId())
                .isEqualTo(centreKey.signer().keyId());
    }

    @Test
    void the_same_words_in_other_wrapping_are_a_duplicate_and_get_a_receipt_for_what_came() {
        Bytes envelope = button.sign(button.panic(1));
        byte[] bytes = envelope.toArray();
        Bytes untagged = Bytes.wrap(Arrays.copyOfRange(bytes, 1, bytes.length));
        receive(untagged);

        Given given = receive(envelope);

        assertThat(given.code()).isEqualTo(204);
        assertThat(given.answer().envelopeSha256()).isEqualTo(envelope.sha256());
        assertThat(ledger.entries(1, 100))
                .singleElement()
                .satisfies(e -> assertThat(e.type()).isEqualTo(EntryType.ALARM));
    }

    @Test
    void a_misrouted_drill_in_other_wrapping_is_a_duplicate_too() {
        Alarm p = button.panic(1);
        Bytes envelope = button.sign(new Alarm(
                p.id(),
                p.kind(),
                p.state(),
                Mode.DRILL,
                p.place(),
                p.cameras(),
                p.time(),
                p.stages(),
                p.about(),
                p.text()));
        byte[] bytes = envelope.toArray();
        receive(envelope);
        receive(Bytes.wrap(Arrays.copyOfRange(bytes, 1, bytes.length)));

        assertThat(ledger.entries(1, 100)).extracting(Entry::type).containsExactly(EntryType.CONFLICT, EntryType.FAULT);
    }

    @Test
    void no_receipt_leaves_before_the_commit() {
        intake.receive(button.sign(button.panic(1)), true, "10.0.0.9", "", replies, committed -> {});

        assertThat(replies.all()).isEmpty();
    }

    @Test
    void the_same_alarm_gets_the_same_receipt_byte_for_byte() {
        Bytes envelope = button.sign(button.panic(1));
        Given first = receive(envelope);
        time.advance(java.time.Duration.ofHours(5));

        assertThat(receive(envelope)).isEqualTo(first);
    }

    @Test
    void a_conflict_is_kept_and_gets_a_receipt_of_its_own() {
        receive(button.sign(button.panic(1)));
        Bytes second = button.sign(button.panic(button.alarmId(1), "other"));

        Given given = receive(second);

        assertThat(given.code()).isEqualTo(204);
        assertThat(given.answer()).isInstanceOfSatisfying(Answer.Receipt.class, receipt -> {
            assertThat(receipt.envelopeSha256()).isEqualTo(second.sha256());
            assertThat(receipt.ledgerNumber()).isEqualTo(2);
        });
        assertThat(ledger.entries(2, 1).getFirst().type()).isEqualTo(EntryType.CONFLICT);
    }

    @Test
    void an_alarm_of_a_kind_that_the_registry_does_not_expect_is_kept_with_a_remark() {
        registry = TestRegistry.onlyFor(button, AlarmKind.FIRE);

        assertThat(receive(button.sign(button.panic(1))).code()).isEqualTo(204);

        assertThat(ledger.entries(1, 1).getFirst().fact().detail()).contains("PANIC");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_refusal_of_what_can_be_read_is_signed_where_the_sender_asked_for_it(boolean signed) {
        registry = TestRegistry.of(other);
        Bytes envelope = button.sign(button.panic(1));

        Given given = receive(envelope, signed);

        assertThat(given.code()).isEqualTo(401);
        if (signed) {
            assertThat(given.answer()).isInstanceOfSatisfying(Answer.Refusal.class, refusal -> {
                assertThat(refusal.alarm()).isEqualTo(button.alarmId(1));
                assertThat(refusal.envelopeSha256()).isEqualTo(envelope.sha256());
                assertThat(refusal.reason()).contains("belongs to no device");
            });
        } else {
            assertThat(given.content()).isEqualTo(Content.TEXT);
            assertThat(given.text()).contains("belongs to no device");
        }
        assertRefusedAs("UNKNOWN_KEY");
    }

    @Test
    void an_alarm_signed_with_another_devices_key_is_refused() {
        Bytes forged = other.sign(button.panic(1));

        assertThat(receive(forged).code()).isEqualTo(403);
        assertRefusedAs("WRONG_KEY");
    }

    @Test
    void an_alarm_of_a_revoked_device_is_refused() {
        registry = TestRegistry.revoked(button);

        assertThat(receive(button.sign(button.panic(1))).code()).isEqualTo(403);
        assertRefusedAs("REVOKED");
    }

    @Test
    void what_is_too_long_is_not_even_parsed() {
        Given given = receive(Bytes.wrap(new byte[SignedEnvelope.MAX_BYTES + 1]));

        assertThat(given.code()).isEqualTo(413);
        assertThat(given.text()).contains("4097");
        assertRefusedAs("TOO_LONG");
    }

    @Test
    void an_envelope_of_another_type_is_refused() {
        Bytes answer = SignedEnvelope.sign(MessageType.ANSWER, new byte[] {1, 2}, button.signer())
                .bytes();

        Given given = receive(answer);

        assertThat(given.code()).isEqualTo(400);
        assertThat(given.text()).contains("ANSWER");
        assertRefusedAs("MALFORMED");
    }

    @Test
    void a_signed_envelope_that_holds_no_alarm_is_refused() {
        Bytes nothing = SignedEnvelope.sign(MessageType.ALARM, new byte[] {1, 2}, button.signer())
                .bytes();

        assertThat(receive(nothing).code()).isEqualTo(400);
        assertRefusedAs("MALFORMED");
    }

    @Test
    void an_alarm_cut_at_any_byte_is_malformed() {
        byte[] whole = button.sign(button.panic(1)).toArray();
        for (int length = 0; length < whole.length; length++) {
            Given given = receive(Bytes.wrap(Arrays.copyOf(whole, length)));

            assertThat(given.code()).as("cut at " + length).isEqualTo(400);
            assertThat(given.text()).as("cut at " + length).isNotEmpty();
        }
        assertRefusedAs("MALFORMED");
    }

    @Test
    void an_alarm_with_any_bit_flipped_is_refused() {
        byte[] whole = button.sign(button.panic(1)).toArray();
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);

            Given given = receive(Bytes.wrap(flipped));

            assertThat(given.code()).as("bit " + bit).isIn(400, 401);
        }
        assertThat(ledger.head()).isEqualTo(Head.EMPTY);
    }

    @Test
    void a_busy_ledger_gives_no_receipt() {
        for (int i = 0; i < Ledger.MAX_WAITING; i++) {
            ledger.submit(new Submission.SignOfLife(button.id(), Optional.empty()), outcome -> {});
        }
        intake.receive(button.sign(button.panic(1)), true, "10.0.0.9", "", replies, committed -> {});

        assertThat(replies.take().code()).isEqualTo(503);
        ledger.commit();
        assertRefusedAs("UNAVAILABLE");
    }

    @Test
    void a_failing_ledger_gives_no_receipt() {
        ledger.fail(Optional.of("the disk is full"));

        Given given = receive(button.sign(button.panic(1)));

        assertThat(given.code()).isEqualTo(503);
        assertThat(given.text()).isEqualTo("the disk is full");
        assertRefusedAs("UNAVAILABLE");
    }

    private void assertRefusedAs(String reason) {
        assertThat(ledger.head()).isEqualTo(Head.EMPTY);
        assertThat(audit).isNotEmpty();
        assertThat(audit.getFirst()).startsWith("refused " + reason + " from 10.0.0.9: ");
    }
}
