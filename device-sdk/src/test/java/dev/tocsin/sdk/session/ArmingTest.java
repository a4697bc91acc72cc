package dev.tocsin.sdk.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.AlarmState;
import dev.tocsin.sdk.model.ClockQuality;
import dev.tocsin.sdk.testkit.MemoryStorage.Unsynced;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArmingTest {

    @Test
    void a_press_before_the_boot_counter_is_synced_waits_for_it_and_then_goes_out() {
        SessionRig rig = new SessionRig();
        rig.storage.hold();
        rig.start();
        List<AlarmStatus> raised = new ArrayList<>();
        rig.session.press(rig.now(), raised::add);
        rig.passMs(500);
        assertThat(rig.armed).isFalse();
        assertThat(rig.session.isArmed()).isFalse();
        assertThat(raised).isEmpty();
        assertThat(rig.lamp()).isEqualTo(Indication.STARTING);
        assertThat(rig.alarms(SessionRig.POLICE)).isEmpty();

        rig.storage.release();
        rig.passMs(100);
        assertThat(rig.armed).isTrue();
        assertThat(raised).hasSize(1);
        rig.passMs(100);
        assertThat(rig.police.alarms()).containsExactly(raised.getFirst().alarm());
        assertThat(rig.education.alarms()).containsExactly(raised.getFirst().alarm());
    }

    @Test
    void a_press_that_waits_for_the_boot_counter_is_not_covered_by_the_receipt_of_an_older_one() {
        SessionRig rig = new SessionRig();
        rig.ready();
        rig.press();
        rig.pass(Duration.ofSeconds(10));
        assertThat(rig.lamp()).isEqualTo(Indication.RECEIVED);
        rig.reboot(Unsynced.KEPT);
        rig.storage.hold();
        rig.start();
        assertThat(rig.lamp()).isEqualTo(Indication.RECEIVED);

        rig.session.press(rig.now(), raised -> {});
        assertThat(rig.lamp()).isEqualTo(Indication.RAISED);

        rig.storage.release();
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.lamp()).isEqualTo(Indication.RECEIVED);
    }

    @Test
    void the_network_does_not_matter_for_arming() {
        SessionRig rig = new SessionRig();
        rig.network.unreachable(SessionRig.POLICE, "no network");
        rig.network.unreachable(SessionRig.EDUCATION, "no network");
        rig.start();
        rig.passMs(20);
        assertThat(rig.armed).isTrue();
        assertThat(rig.lamp()).isEqualTo(Indication.FAULT);
        Alarm alarm = rig.press();
        rig.passMs(20);
        assertThat(rig.status(alarm).keptNs()).isPresent();
    }

    @Test
    void a_device_that_cannot_write_its_counter_arms_all_the_same_with_a_fault() {
        SessionRig rig = new SessionRig();
        rig.storage.failSyncs(Integer.MAX_VALUE);
        rig.start();
        rig.passMs(100);
        assertThat(rig.armed).isTrue();
        assertThat(rig.lamp()).isEqualTo(Indication.FAULT);
        Alarm alarm = rig.press();
        rig.passMs(200);

        assertThat(rig.police.alarms()).extracting(Alarm::kind).containsExactly(AlarmKind.FAULT, AlarmKind.PANIC);
        assertThat(rig.state(alarm, "police")).isEqualTo(Delivery.State.RECEIVED);
        assertThat(rig.status(alarm).keptNs()).isEmpty();
        assertThat(rig.remarks).anyMatch(r -> r.contains("the disk fails"));
        assertThat(rig.police.alarms())
                .as("the next boot counts the same again: it must not look like a clone")
                .allSatisfy(a -> assertThat(a.id().boot()).isEqualTo(AlarmId.UNCOUNTED));
        rig.pass(Duration.ofSeconds(2));
        assertThat(rig.police.heartbeats())
                .isNotEmpty()
                .allSatisfy(h -> assertThat(h.boot()).isEqualTo(AlarmId.UNCOUNTED));
    }

    @Test
    void when_the_counter_can_be_written_after_all_the_fault_is_restored() {
        SessionRig rig = new SessionRig();
        rig.storage.failSyncs(1);
        rig.ready();
        assertThat(rig.police.alarms())
                .extracting(Alarm::state)
                .containsExactly(AlarmState.RAISED, AlarmState.RESTORED);
        assertThat(rig.lamp()).isEqualTo(Indication.ARMED);
        Alarm alarm = rig.press();
        rig.passMs(100);
        assertThat(rig.status(alarm).keptNs()).isPresent();
    }

    @Test
    void a_disk_that_does_not_answer_keeps_nobody_waiting_for_long() {
        SessionRig rig = new SessionRig();
        rig.storage.hold();
        rig.start();
        List<AlarmStatus> raised = new ArrayList<>();
        rig.session.press(rig.now(), raised::add);
        rig.pass(Duration.ofSeconds(2));
        assertThat(rig.armed).isTrue();
        rig.passMs(100);
        assertThat(raised).hasSize(1);
        assertThat(rig.police.alarms()).extracting(Alarm::kind).contains(AlarmKind.PANIC);
        assertThat(rig.remarks).anyMatch(r -> r.contains("long to answer"));

        rig.storage.release();
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.police.alarms()).extracting(Alarm::state).contains(AlarmState.RESTORED);
    }

    @Test
    void the_most_events_that_may_wait_all_go_out_in_order_and_one_more_is_told_as_dropped() {
        SessionRig rig = new SessionRig();
        rig.storage.hold();
        rig.start();
        List<AlarmStatus> raised = new ArrayList<>();
        for (int i = 0; i < Session.MAX_WAITING; i++) {
            rig.session.raise(AlarmRequest.live(AlarmKind.FALL, rig.now()).withText("fall " + i), raised::add);
        }
        assertThat(rig.remarks).isEmpty();
        rig.session.raise(AlarmRequest.live(AlarmKind.FALL, rig.now()), raised::add);
        assertThat(rig.remarks).hasSize(1).first().asString().contains("dropped");

        rig.storage.release();
        rig.pass(Duration.ofSeconds(5));
        assertThat(raised).hasSize(Session.MAX_WAITING);
        assertThat(rig.police.alarms()).hasSize(Session.MAX_WAITING);
        for (int i = 0; i < raised.size(); i++) {
            assertThat(raised.get(i).alarm().text()).isEqualTo("fall " + i);
            assertThat(raised.get(i).alarm().id().sequence()).isEqualTo(i + 1);
        }
    }

    @Test
    void no_two_boots_share_a_counter_or_a_nonce_and_no_two_alarms_an_id() {
        SessionRig rig = new SessionRig();
        Set<AlarmId> ids = new HashSet<>();
        Set<Long> nonces = new HashSet<>();
        long lastBoot = 0;
        for (int boot = 0; boot < 20; boot++) {
            rig.start();
            rig.passMs(100);
            for (int i = 0; i < 3; i++) {
                AlarmId id = rig.press().id();
                assertThat(ids.add(id)).as("%s is new", id).isTrue();
                assertThat(id.boot()).isGreaterThan(i == 0 ? lastBoot : id.boot() - 1);
                lastBoot = id.boot();
                nonces.add(id.nonce());
            }
            rig.passMs(boot % 4);
            rig.reboot(boot % 2 == 0 ? Unsynced.LOST : Unsynced.TORN);
        }
        assertThat(nonces).hasSize(20);
        assertThat(rig.police.conflicts()).isEmpty();
    }

    @Test
    void a_clock_that_stands_at_1970_or_jumps_changes_nothing_but_what_people_read() {
        SessionRig rig = new SessionRig().ready();
        Alarm first = rig.press();
        rig.time.setWall(Instant.parse("2027-03-01T08:00:00Z"), ClockQuality.SYNCHRONIZED);
        Alarm second = rig.press();
        rig.time.setWall(Instant.EPOCH, ClockQuality.UNKNOWN);
        rig.pass(Duration.ofSeconds(1));
        assertThat(first.time().wall()).isBefore(Instant.EPOCH.plusSeconds(10));
        assertThat(first.time().quality()).isEqualTo(ClockQuality.UNKNOWN);
        assertThat(second.time().wall()).isEqualTo(Instant.parse("2027-03-01T08:00:00Z"));
        assertThat(second.time().sinceBoot())
                .isGreaterThanOrEqualTo(first.time().sinceBoot());
        assertThat(rig.police.alarms()).containsExactly(first, second);
        assertThat(rig.status(second).isReceivedByAll()).isTrue();
    }

    @Test
    void what_the_journal_lost_is_told_to_the_centres() {
        SessionRig rig = new SessionRig();
        rig.network.down(SessionRig.POLICE);
        rig.network.down(SessionRig.EDUCATION);
        rig.start();
        rig.passMs(100);
        rig.press();
        rig.pass(Duration.ofSeconds(10));
        for (String copy : List.of("journal-0000000001.a", "journal-0000000001.b")) {
            rig.storage.rot(copy, 150, 1); // inside the one alarm
        }
        rig.network.up(SessionRig.POLICE);
        rig.network.up(SessionRig.EDUCATION);
        rig.reboot(Unsynced.KEPT).ready();

        assertThat(rig.remarks).anyMatch(r -> r.contains("is in no copy"));
        assertThat(rig.police.alarms())
                .hasSize(1)
                .first()
                .matches(a -> a.kind() == AlarmKind.FAULT && a.text().contains("in no copy"));
        assertThat(rig.police.reports())
                .anyMatch(r -> r.text().contains("quarantine") || r.text().contains("cut off"));
        assertThat(rig.lamp()).isEqualTo(Indication.FAULT);
    }
}
