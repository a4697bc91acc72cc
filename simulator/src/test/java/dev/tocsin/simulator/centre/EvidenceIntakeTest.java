package dev.tocsin.simulator.centre;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.codec.EvidenceMessages;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.Evidence;
import dev.tocsin.sdk.testkit.TestEvidence;
import dev.tocsin.simulator.centre.TestReplies.Given;
import dev.tocsin.simulator.centre.evidence.EvidenceStore;
import dev.tocsin.simulator.centre.evidence.MemoryEvidence;
import dev.tocsin.simulator.centre.ledger.MemoryLedger;
import dev.tocsin.simulator.centre.registry.Registry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class EvidenceIntakeTest {

    private final HandTime time = new HandTime();
    private final TestDevice rail = new TestDevice("school-007/rail-1");
    private final TestDevice other = new TestDevice("school-007/rail-2");
    private final MemoryLedger ledger = new MemoryLedger(time);
    private final MemoryEvidence store = new MemoryEvidence(time);
    private final List<String> audit = new ArrayList<>();
    private final TestReplies replies = new TestReplies();
    private Registry registry = TestRegistry.of(rail, other);
    private final Bytes alarm = rail.sign(rail.panic(1));

    private final EvidenceIntake intake =
            new EvidenceIntake(() -> registry, ledger, store, new RefusalLog(audit::add, time), Runnable::run);

    @BeforeEach
    void keepAnAlarm() {
        ledger.submit(
                new dev.tocsin.simulator.centre.ledger.Submission.Received(rail.panic(1), alarm, ""), outcome -> {});
        ledger.commit();
    }

    private Given receive(Bytes payload) {
        intake.receive(payload, "10.0.0.9", replies);
        return replies.take();
    }

    private Bytes signed(Evidence evidence, TestDevice by) {
        return EvidenceMessages.sign(evidence, by.signer()).bytes();
    }

    private Evidence evidence(AlarmId of) {
        return TestEvidence.small(of, alarm);
    }

    private List<EvidenceStore.Piece> kept() {
        return store.of(rail.alarmId(1));
    }

    @Test
    void evidence_of_an_alarm_in_the_ledger_is_kept_as_it_came_and_its_hash_is_in_the_audit() {
        Bytes envelope = signed(evidence(rail.alarmId(1)), rail);
        assertThat(receive(envelope).code()).isEqualTo(204);
        assertThat(kept())
                .singleElement()
                .satisfies(p -> assertThat(p.envelope()).isEqualTo(envelope));
        assertThat(audit)
                .singleElement()
                .asString()
                .startsWith("report of school-007/rail-1: evidence of " + rail.alarmId(1) + ", 3 samples of waist")
                .contains(envelope.sha256().hex());
    }

    @Test
    void the_same_again_gets_the_same_answer_and_is_kept_once() {
        Bytes envelope = signed(evidence(rail.alarmId(1)), rail);
        assertThat(receive(envelope).code()).isEqualTo(204);
        assertThat(receive(envelope).code()).isEqualTo(204);
        assertThat(kept()).hasSize(1);
        assertThat(audit).hasSize(1);
    }

    @Test
    void a_forged_one_is_refused_and_told() {
        TestDevice impostor = new TestDevice("school-007/rail-1");
        assertThat(receive(signed(evidence(rail.alarmId(1)), impostor)).code()).isEqualTo(401);
        byte[] bytes = signed(evidence(rail.alarmId(1)), rail).toArray();
        bytes[bytes.length - 1] ^= 1;
        assertThat(receive(Bytes.wrap(bytes)).code()).isEqualTo(401);
        assertThat(receive(signed(evidence(rail.alarmId(1)), other)).code()).isEqualTo(403);
        assertThat(kept()).isEmpty();
        assertThat(audit.get(0)).startsWith("refused UNKNOWN_KEY from 10.0.0.9: evidence: key ");
        assertThat(audit.get(1)).startsWith("refused BAD_SIGNATURE from 10.0.0.9: evidence: ");
        assertThat(audit.get(2)).startsWith("refused WRONG_KEY from 10.0.0.9: evidence: evidence of ");
    }

    @Test
    void a_revoked_device_adds_nothing() {
        registry = TestRegistry.revoked(rail);
        assertThat(receive(signed(evidence(rail.alarmId(1)), rail)).code()).isEqualTo(403);
        assertThat(kept()).isEmpty();
    }

    @Test
    void evidence_of_what_is_not_in_the_ledger_is_refused() {
        assertThat(receive(signed(evidence(rail.alarmId(2)), rail)).code()).isEqualTo(404);
        Evidence ofAnother = TestEvidence.small(rail.alarmId(1), Bytes.ofHex("00"));
        assertThat(receive(signed(ofAnother, rail)).code()).isEqualTo(404);
        assertThat(audit).hasSize(2).allMatch(line -> line.startsWith("refused NO_SUCH_ALARM"));
        assertThat(kept()).isEmpty();
    }

    @Test
    void what_is_no_evidence_is_refused() {
        assertThat(receive(Bytes.ofHex("00")).code()).isEqualTo(400);
        assertThat(receive(alarm).code()).isEqualTo(400);
        assertThat(receive(Bytes.wrap(new byte[Evidence.MAX_BYTES + 1])).code()).isEqualTo(413);
        assertThat(kept()).isEmpty();
    }

    @Test
    void more_than_an_alarm_may_have_is_refused() {
        for (int i = 0; i < EvidenceStore.MAX_PER_ALARM; i++) {
            Evidence each = TestEvidence.large(rail.alarmId(1), alarm, 10 + i);
            assertThat(receive(signed(each, rail)).code()).isEqualTo(204);
        }
        assertThat(receive(signed(evidence(rail.alarmId(1)), rail)).code()).isEqualTo(413);
        assertThat(audit.getLast()).contains("has 4 pieces of evidence already");
    }

    @Test
    void a_store_that_fails_is_asked_again_later() {
        EvidenceStore broken = new EvidenceStore() {
            @Override
            public void keep(AlarmId of, Bytes envelope, java.util.function.Consumer<Outcome> done) {
                done.accept(new Outcome.Failed("no space left"));
            }

            @Override
            public List<Piece> of(AlarmId of) {
                return List.of();
            }

            @Override
            public void close() {}
        };
        new EvidenceIntake(() -> registry, ledger, broken, new RefusalLog(audit::add, time), Runnable::run)
                .receive(signed(evidence(rail.alarmId(1)), rail), "10.0.0.9", replies);
        assertThat(replies.take().code()).isEqualTo(503);
        assertThat(audit).singleElement().asString().contains("UNAVAILABLE").contains("no space left");
    }
}
