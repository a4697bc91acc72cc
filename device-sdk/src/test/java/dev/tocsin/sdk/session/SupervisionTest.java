package dev.tocsin.sdk.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.journal.Limits;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.Heartbeat;
import dev.tocsin.sdk.model.ReceiptStage;
import dev.tocsin.sdk.port.Transport.Retransmission;
import dev.tocsin.sdk.testkit.MemoryStorage.Unsynced;
import dev.tocsin.sdk.testkit.ScriptedCentre.Reply;
import dev.tocsin.sdk.testkit.ScriptedNetwork.Sent;
import dev.tocsin.sdk.testkit.TestKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SupervisionTest {

    @Test
    void a_heartbeat_goes_to_every_centre_once_a_period() {
        SessionRig rig = new SessionRig().ready();
        rig.pass(Duration.ofMinutes(10));
        assertThat(rig.police.heartbeats().size()).isBetween(10, 12);
        assertThat(rig.education.heartbeats().size()).isBetween(10, 12);
        Heartbeat beat = rig.police.heartbeats().getLast();
        assertThat(beat.device()).isEqualTo("school-007/button-3");
        assertThat(beat.boot()).isEqualTo(1);
        assertThat(beat.period()).isEqualTo(Duration.ofSeconds(60));
        assertThat(beat.health().software()).isEqualTo("tocsin test");
        assertThat(beat.health().journalDepth()).isZero();
        assertThat(rig.network.sent(SessionRig.POLICE, "heartbeat"))
                .allMatch(s -> s.post().timing().equals(Retransmission.RFC_7252));
    }

    @Test
    void the_first_heartbeat_is_spread_over_a_second() {
        List<Long> first = new ArrayList<>();
        for (int seed = 0; seed < 20; seed++) {
            SessionRig rig = new SessionRig(seed);
            long startNs = rig.time.nanoTime();
            rig.start();
            rig.pass(Duration.ofSeconds(2));
            first.add(
                    rig.network.sent(SessionRig.POLICE, "heartbeat").getFirst().atNs() - startNs);
        }
        assertThat(first).allMatch(ns -> ns < 1_000_000_000L);
        assertThat(first.stream().distinct()).hasSizeGreaterThan(15);
    }

    @Test
    void a_silent_centre_is_shown_after_three_periods_and_its_return_too() {
        SessionRig rig = new SessionRig().ready();
        rig.pass(Duration.ofSeconds(60));
        rig.network.down(SessionRig.EDUCATION);
        rig.indications.clear();
        rig.pass(Duration.ofSeconds(118));
        assertThat(rig.indications).isEmpty();
        rig.pass(Duration.ofSeconds(67));
        assertThat(rig.indications).containsExactly(Indication.FAULT);
        rig.network.up(SessionRig.EDUCATION);
        rig.pass(Duration.ofSeconds(60));
        assertThat(rig.lamp()).isEqualTo(Indication.ARMED);
    }

    @Test
    void why_a_centre_cannot_be_reached_is_said_once_a_reason_until_it_answers_again() {
        SessionRig rig = new SessionRig();
        rig.network.unreachable(SessionRig.POLICE, "police.invalid cannot be resolved");
        rig.start();
        rig.passMs(100);
        rig.press();
        rig.pass(Duration.ofMinutes(10));
        assertThat(rig.remarks)
                .containsExactly("police cannot be reached at coaps://police: police.invalid cannot be resolved");

        rig.network.up(SessionRig.POLICE);
        rig.pass(Duration.ofMinutes(10));
        assertThat(rig.remarks.subList(1, rig.remarks.size())).containsExactly("police answers at coaps://police");

        rig.network.down(SessionRig.POLICE);
        rig.pass(Duration.ofMinutes(10));
        assertThat(rig.remarks.subList(2, rig.remarks.size()))
                .containsExactly("police does not answer at coaps://police");
    }

    @Test
    void an_unreachable_primary_is_not_told_again_for_each_heartbeat_that_the_backup_answers() {
        SessionRig rig = new SessionRig().withBackup();
        rig.network.unreachable(SessionRig.POLICE, "no network");
        rig.start();
        rig.pass(Duration.ofHours(1));
        assertThat(rig.remarks).containsExactly("police cannot be reached at coaps://police: no network");
    }

    @Test
    void one_heartbeat_lost_altogether_is_no_fault() {
        SessionRig rig = new SessionRig();
        rig.with(rig.settings(List.of(SessionRig.POLICE), Duration.ofSeconds(100), Limits.DEFAULT))
                .ready();
        rig.pass(Duration.ofSeconds(50));
        rig.indications.clear();
        rig.network.down(SessionRig.POLICE);
        rig.pass(Duration.ofSeconds(145)); // the whole exchange of one heartbeat
        rig.network.up(SessionRig.POLICE);
        rig.pass(Duration.ofMinutes(30));
        assertThat(rig.indications).isEmpty();
    }

    @Test
    void a_centre_that_answers_heartbeats_with_an_error_is_not_taken_for_healthy() {
        SessionRig rig = new SessionRig();
        rig.education.answersHeartbeats(new Reply.Says(401, Bytes.EMPTY, Duration.ZERO));
        rig.ready();
        rig.pass(Duration.ofMinutes(1));
        assertThat(rig.lamp()).isEqualTo(Indication.FAULT);
        rig.raise(AlarmKind.FALL);
        rig.passMs(100);
        assertThat(rig.lamp()).as("a verified receipt shows that it is there").isEqualTo(Indication.ARMED);
    }

    /** Whoever has the centre's address, and not its key, may have a copy of what it said before. */
    @Test
    void a_receipt_that_was_told_before_shows_nothing_about_the_centre() {
        SessionRig rig = new SessionRig().ready();
        rig.raise(AlarmKind.FALL);
        rig.passMs(100);
        Bytes envelope = rig.alarms(SessionRig.EDUCATION).getFirst().post().payload();
        Bytes old = rig.education.receipt(envelope, rig.education.alarms().getFirst(), ReceiptStage.RECEIVED, "");
        rig.network.down(SessionRig.EDUCATION);
        rig.pass(Duration.ofMinutes(10));
        assertThat(rig.lamp()).isEqualTo(Indication.FAULT);
        assertThat(rig.transport.push("receipt", old)).isEqualTo(204);
        assertThat(rig.lamp()).isEqualTo(Indication.FAULT);
    }

    @Test
    void an_unsigned_answer_to_an_alarm_shows_nothing_about_the_centre() {
        SessionRig rig = new SessionRig();
        rig.education.answersHeartbeats(new Reply.Nothing());
        rig.education.does(rig.education.code(503, "busy"));
        rig.ready();
        rig.raise(AlarmKind.FAULT);
        rig.pass(Duration.ofSeconds(10));
        assertThat(rig.lamp()).isEqualTo(Indication.FAULT);
    }

    @Test
    void the_heartbeat_tells_the_depth_of_the_journal_and_the_faults_that_stand() {
        SessionRig rig = new SessionRig();
        rig.education.does(rig.education.nothing());
        rig.ready();
        rig.press();
        rig.session.raiseFault("supply", "supply voltage low");
        rig.pass(Duration.ofSeconds(60));
        Heartbeat.Health health = rig.police.heartbeats().getLast().health();
        assertThat(health.journalDepth()).isEqualTo(2);
        assertThat(health.journalBytes()).isGreaterThan(400);
        assertThat(health.faults()).containsExactly("supply voltage low");
    }

    @Test
    void heartbeats_go_on_after_a_reboot_with_the_new_counter() {
        SessionRig rig = new SessionRig().ready();
        rig.reboot(Unsynced.LOST).ready();
        Heartbeat last = rig.police.heartbeats().getLast();
        assertThat(last.boot()).isEqualTo(2);
        assertThat(last.nonce()).isNotEqualTo(rig.police.heartbeats().getFirst().nonce());
    }

    @Test
    void a_round_trip_measured_by_heartbeats_sets_an_alarm_s_first_time_out() {
        SessionRig rig = new SessionRig();
        rig.network.oneWay(Duration.ofMillis(200));
        rig.ready();
        rig.network.down(SessionRig.POLICE);
        rig.press();
        rig.pass(Duration.ofSeconds(20));
        List<Sent> sent = rig.alarms(SessionRig.POLICE);
        // RFC 6298 (2.2): one sample of 400 ms gives 400 + 4 * 200 ms
        assertThat(sent.getFirst().post().timing().first()).isEqualTo(Duration.ofMillis(1_200));
        assertThat((sent.get(1).atNs() - sent.get(0).atNs()) / 1e6).isBetween(1_200.0, 1_800.0);
    }

    @Test
    void a_round_trip_of_a_request_that_was_sent_again_is_not_believed() {
        SessionRig rig = new SessionRig();
        rig.police.answersHeartbeats(new Reply.Says(204, Bytes.EMPTY, Duration.ofSeconds(4)));
        rig.ready();
        rig.pass(Duration.ofSeconds(10)); // answered after a retransmission: ambiguous (Karn)
        rig.network.down(SessionRig.POLICE);
        rig.press();
        rig.passMs(10);
        assertThat(rig.alarms(SessionRig.POLICE).getFirst().post().timing().first())
                .as("still no sample")
                .isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void each_address_has_a_round_trip_of_its_own() {
        SessionRig rig = new SessionRig().withBackup();
        rig.ready();
        rig.network.down(SessionRig.POLICE);
        rig.press();
        rig.pass(Duration.ofSeconds(10));
        assertThat(rig.alarms(SessionRig.POLICE).getFirst().post().timing().first())
                .as("measured")
                .isEqualTo(Duration.ofMillis(120));
        assertThat(rig.alarms(SessionRig.BACKUP).getFirst().post().timing().first())
                .as("never used before")
                .isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void a_centre_whose_key_the_device_does_not_believe_never_makes_it_look_armed() {
        SessionRig rig = new SessionRig();
        rig.police.provesWith(TestKeys.signer("impostor"));
        rig.ready();
        rig.pass(Duration.ofMinutes(10));
        assertThat(rig.indications).doesNotContain(Indication.ARMED);
        assertThat(rig.remarks.stream().filter(r -> r.contains("police") && r.contains("receipt key")))
                .as("said once")
                .hasSize(1);
        rig.police.provesWith(TestKeys.signer("police"));
        rig.pass(Duration.ofSeconds(15));
        assertThat(rig.lamp()).isEqualTo(Indication.ARMED);
    }

    @Test
    void a_signature_is_asked_for_only_until_it_is_there() {
        SessionRig rig = new SessionRig().ready();
        rig.pass(Duration.ofMinutes(5));
        assertThat(rig.police.heartbeats().stream().map(Heartbeat::prove))
                .startsWith(true, false)
                .containsOnlyOnce(true);
    }

    @Test
    void a_presence_of_an_earlier_boot_proves_nothing() {
        SessionRig rig = new SessionRig();
        rig.police.provesForBoot(77);
        rig.ready();
        rig.pass(Duration.ofMinutes(1));
        assertThat(rig.lamp()).isEqualTo(Indication.FAULT);
    }
}
