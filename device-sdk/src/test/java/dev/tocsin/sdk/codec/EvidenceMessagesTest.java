package dev.tocsin.sdk.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.Channel;
import dev.tocsin.sdk.model.Evidence;
import dev.tocsin.sdk.testkit.TestEvidence;
import dev.tocsin.sdk.testkit.TestKeys;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvidenceMessagesTest {

    private static final AlarmId ALARM = new AlarmId("school-007/rail-1", 3, 0x1234, 9);
    private static final Bytes ENVELOPE = Bytes.ofHex("d28443");

    private static SignedEnvelope signed(Evidence evidence) {
        return EvidenceMessages.sign(evidence, TestKeys.signer("device"));
    }

    @Test
    void evidence_comes_back_as_it_was_signed() {
        Evidence evidence = TestEvidence.small(ALARM, ENVELOPE);
        SignedEnvelope read =
                SignedEnvelope.readEvidence(signed(evidence).bytes()).orThrow();
        assertThat(read.isSignedBy(TestKeys.verifier("device"))).isTrue();
        assertThat(EvidenceMessages.read(read).orThrow()).isEqualTo(evidence);
    }

    @Test
    void values_are_told_in_their_unit_and_what_was_no_number_stays_none() {
        Evidence evidence = TestEvidence.small(ALARM, ENVELOPE);
        assertThat(evidence.value(0, 0)).isEqualTo(1.002);
        assertThat(evidence.value(1, 1)).isEqualTo(1);
        assertThat(evidence.value(2, 1)).isNaN();
    }

    @Test
    void a_value_becomes_the_nearest_step_and_what_lies_beyond_the_last_one() {
        assertThat(Evidence.steps(0.9996, 0.001)).isEqualTo((short) 1_000);
        assertThat(Evidence.steps(-0.0014, 0.001)).isEqualTo((short) -1);
        assertThat(Evidence.steps(40, 0.001)).isEqualTo(Short.MAX_VALUE);
        assertThat(Evidence.steps(Double.NEGATIVE_INFINITY, 0.001)).isEqualTo((short) -Short.MAX_VALUE);
        assertThat(Evidence.steps(Double.NaN, 0.001)).isEqualTo(Evidence.NOT_A_NUMBER);
    }

    @Test
    void only_evidence_may_be_longer_than_other_envelopes() {
        Bytes large = signed(TestEvidence.large(ALARM, ENVELOPE, 2_000)).bytes();
        assertThat(large.size()).isBetween(SignedEnvelope.MAX_BYTES, Evidence.MAX_BYTES);
        assertThat(SignedEnvelope.read(large)).isInstanceOf(Decoded.Malformed.class);
        assertThat(SignedEnvelope.readEvidence(large)).isInstanceOf(Decoded.Ok.class);
        Bytes tooLarge = signed(TestEvidence.large(ALARM, ENVELOPE, 4_000)).bytes();
        assertThat(SignedEnvelope.readEvidence(tooLarge)).isInstanceOf(Decoded.Malformed.class);
    }

    @Test
    void evidence_does_not_pass_for_an_alarm_nor_an_alarm_for_evidence() {
        SignedEnvelope evidence = signed(TestEvidence.small(ALARM, ENVELOPE));
        assertThat(Messages.readAlarm(evidence)).isInstanceOf(Decoded.Malformed.class);
        SignedEnvelope order = SignedEnvelope.sign(MessageType.ALARM, new byte[0], TestKeys.signer("device"));
        assertThat(EvidenceMessages.read(order)).isInstanceOf(Decoded.Malformed.class);
    }

    @Test
    void what_somebody_signed_in_another_shape_is_refused_with_the_reason() {
        SignedEnvelope empty = SignedEnvelope.sign(MessageType.EVIDENCE, new byte[0], TestKeys.signer("device"));
        assertThat(EvidenceMessages.read(empty)).isInstanceOf(Decoded.Malformed.class);
        SignedEnvelope garbage =
                SignedEnvelope.sign(MessageType.EVIDENCE, new byte[] {(byte) 0xff}, TestKeys.signer("device"));
        assertThat(EvidenceMessages.read(garbage)).isInstanceOf(Decoded.Malformed.class);
    }

    @Test
    void what_does_not_belong_together_is_refused() {
        List<Channel> one = List.of(new Channel("level", "m", 0.001));
        Bytes sha = ENVELOPE.sha256();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Evidence(ALARM, sha, "gauge", one, 0, new int[] {0, 1}, new short[] {1}))
                .withMessageContaining("1 values are not 2 samples of 1 channels");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Evidence(ALARM, sha, "gauge", one, 0, new int[] {0, -1}, new short[] {1, 2}));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Evidence(ALARM, sha, "gauge", List.of(), 0, new int[] {0}, new short[0]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Evidence(ALARM, Bytes.EMPTY, "gauge", one, 0, new int[] {0}, new short[] {1}));
        assertThatIllegalArgumentException().isThrownBy(() -> new Channel("水位水位水位水位水位", "m", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Channel("level", "m", 0));
    }
}
