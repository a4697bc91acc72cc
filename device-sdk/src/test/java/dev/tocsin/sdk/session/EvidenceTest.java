package dev.tocsin.sdk.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.Evidence;
import dev.tocsin.sdk.testkit.MemoryStorage.Unsynced;
import dev.tocsin.sdk.testkit.ScriptedCentre.Reply;
import dev.tocsin.sdk.testkit.ScriptedNetwork.Sent;
import dev.tocsin.sdk.testkit.TestEvidence;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvidenceTest {

    private static Evidence attach(SessionRig rig, Alarm alarm) {
        Evidence evidence = TestEvidence.small(alarm.id(), rig.status(alarm).envelope());
        rig.session.evidence(rig.status(alarm), evidence);
        return evidence;
    }

    private static List<Sent> sent(SessionRig rig, String address) {
        return rig.network.sent(address, "evidence");
    }

    @Test
    void evidence_goes_to_every_centre_of_its_alarm_once() {
        SessionRig rig = new SessionRig().ready();
        Evidence evidence = attach(rig, rig.raise(AlarmKind.FALL));
        rig.pass(Duration.ofMinutes(10));
        assertThat(rig.police.evidence()).containsExactly(evidence);
        assertThat(rig.education.evidence()).containsExactly(evidence);
        assertThat(rig.remarks).noneMatch(remark -> remark.contains("evidence"));
    }

    @Test
    void it_never_leaves_before_that_centre_s_receipt_for_the_alarm() {
        SessionRig rig = new SessionRig().ready();
        rig.police.does(rig.police.nothing());
        Alarm alarm = rig.raise(AlarmKind.FALL);
        attach(rig, alarm);
        rig.pass(Duration.ofMinutes(1));
        assertThat(sent(rig, SessionRig.POLICE)).isEmpty();
        assertThat(rig.education.evidence()).as("which has the alarm").hasSize(1);
        rig.police.does(rig.police.receipts());
        rig.pass(Duration.ofMinutes(1));
        assertThat(rig.police.evidence()).hasSize(1);
    }

    @Test
    void an_alarm_ends_a_transfer_which_begins_anew_when_the_alarm_has_arrived() {
        SessionRig rig = new SessionRig().ready();
        rig.police.answersEvidence(new Reply.Nothing());
        attach(rig, rig.raise(AlarmKind.FALL));
        rig.pass(Duration.ofSeconds(2));
        int before = sent(rig, SessionRig.POLICE).size();
        assertThat(before).isPositive();
        rig.police.does(rig.police.nothing());
        Alarm urgent = rig.raise(AlarmKind.DROWNING);
        rig.pass(Duration.ofMinutes(2));
        assertThat(sent(rig, SessionRig.POLICE))
                .as("nothing while an alarm waits")
                .hasSize(before);
        rig.police.answersEvidence(new Reply.Says(204, Bytes.EMPTY, Duration.ZERO));
        rig.police.does(rig.police.receipts());
        rig.pass(Duration.ofMinutes(1));
        assertThat(rig.status(urgent).isReceivedByAll()).isTrue();
        assertThat(rig.police.evidence()).hasSize(1);
    }

    @Test
    void a_centre_in_trouble_is_asked_again_more_and_more_slowly_until_it_takes_it() {
        SessionRig rig = new SessionRig().ready();
        rig.police.answersEvidence(new Reply.Says(503, Bytes.EMPTY, Duration.ZERO));
        attach(rig, rig.raise(AlarmKind.FALL));
        rig.pass(Duration.ofHours(2));
        assertThat(sent(rig, SessionRig.POLICE)).hasSizeBetween(20, 40);
        rig.police.answersEvidence(new Reply.Says(204, Bytes.EMPTY, Duration.ZERO));
        rig.pass(Duration.ofMinutes(6));
        assertThat(rig.police.evidence()).hasSize(1);
    }

    @Test
    void a_centre_that_will_not_have_it_is_not_asked_again() {
        SessionRig rig = new SessionRig().ready();
        rig.police.answersEvidence(new Reply.Says(404, Bytes.EMPTY, Duration.ZERO));
        attach(rig, rig.raise(AlarmKind.FALL));
        rig.pass(Duration.ofHours(1));
        assertThat(sent(rig, SessionRig.POLICE)).hasSize(1);
        assertThat(rig.remarks).contains("evidence for police was given up: code 404");
    }

    @Test
    void after_a_day_it_is_given_up() {
        SessionRig rig = new SessionRig().ready();
        rig.police.answersEvidence(new Reply.Says(503, Bytes.EMPTY, Duration.ZERO));
        attach(rig, rig.raise(AlarmKind.FALL));
        rig.pass(Duration.ofHours(25));
        assertThat(rig.remarks).contains("evidence for police was given up: not taken for 24 hours");
        int tries = sent(rig, SessionRig.POLICE).size();
        rig.pass(Duration.ofHours(2));
        assertThat(sent(rig, SessionRig.POLICE)).hasSize(tries);
    }

    @Test
    void it_survives_a_reboot() {
        SessionRig rig = new SessionRig();
        rig.network.down(SessionRig.POLICE);
        rig.network.down(SessionRig.EDUCATION);
        rig.ready();
        Evidence evidence = attach(rig, rig.raise(AlarmKind.FALL));
        rig.pass(Duration.ofSeconds(10));
        rig.reboot(Unsynced.LOST);
        rig.network.up(SessionRig.POLICE);
        rig.network.up(SessionRig.EDUCATION);
        rig.ready();
        rig.pass(Duration.ofMinutes(1));
        assertThat(rig.police.evidence()).containsExactly(evidence);
        rig.reboot(Unsynced.LOST).ready();
        rig.pass(Duration.ofMinutes(1));
        assertThat(rig.police.evidence()).as("done with").hasSize(1);
    }

    @Test
    void of_more_than_eight_the_oldest_goes_and_it_is_said() {
        SessionRig rig = new SessionRig();
        rig.network.down(SessionRig.POLICE);
        rig.ready();
        for (int i = 0; i < Outbox.MAX_EVIDENCE + 2; i++) {
            attach(rig, rig.raise(AlarmKind.FALL));
        }
        assertThat(rig.remarks)
                .filteredOn(remark -> remark.equals("more than 8 pieces of evidence wait: the oldest was given up"))
                .hasSize(2);
        rig.network.up(SessionRig.POLICE);
        rig.pass(Duration.ofMinutes(5));
        assertThat(rig.police.evidence()).hasSize(Outbox.MAX_EVIDENCE);
    }

    @Test
    void what_no_centre_could_take_is_not_sent() {
        SessionRig rig = new SessionRig().ready();
        Alarm alarm = rig.raise(AlarmKind.FALL);
        rig.session.evidence(
                rig.status(alarm),
                TestEvidence.large(alarm.id(), rig.status(alarm).envelope(), 4_000));
        rig.pass(Duration.ofMinutes(1));
        assertThat(sent(rig, SessionRig.POLICE)).isEmpty();
        assertThat(rig.remarks).anyMatch(remark -> remark.contains("at most 16384 can be: not sent"));
    }
}
