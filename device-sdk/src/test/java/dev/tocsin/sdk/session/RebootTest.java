package dev.tocsin.sdk.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.codec.Messages;
import dev.tocsin.sdk.codec.OutboxItem;
import dev.tocsin.sdk.journal.Item;
import dev.tocsin.sdk.journal.Journal;
import dev.tocsin.sdk.journal.Priority;
import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.testkit.MemoryStorage.Unsynced;
import dev.tocsin.sdk.testkit.ScriptedCentre;
import dev.tocsin.sdk.testkit.TestKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RebootTest {

    /** A press, and a power cut after each single millisecond of what follows: before the sync, between the copies, after the receipt. */
    @ParameterizedTest
    @EnumSource(Unsynced.class)
    void a_press_that_was_durable_is_delivered_whenever_the_power_is_cut(Unsynced how) {
        int undurable = 0;
        for (int ms = 0; ms < 130; ms++) {
            SessionRig rig = new SessionRig(ms);
            rig.storage.syncTime(Duration.ofMillis(20));
            rig.ready();
            rig.network.oneWay(Duration.ofMillis(ms % 3 == 0 ? 5 : 45)); // the receipt comes first, or the sync does
            rig.education.does(rig.education.receiptsAfter(Duration.ofMillis(ms % 2 == 0 ? 0 : 30)));
            Alarm alarm = rig.press();
            rig.passMs(ms);
            AlarmStatus before = rig.status(alarm);
            rig.reboot(how);
            rig.pass(Duration.ofSeconds(30));
            rig.ready();
            Alarm next = rig.press();
            rig.pass(Duration.ofMinutes(1));

            for (ScriptedCentre centre : List.of(rig.police, rig.education)) {
                boolean receipted = before.deliveries().values().stream()
                        .anyMatch(
                                d -> d.centre().equals(centre.id()) && d.state().isReceived());
                if (before.keptNs().isPresent() || receipted) {
                    assertThat(centre.alarms())
                            .as("%s, cut %d ms after the press", centre.id(), ms)
                            .contains(alarm);
                } else {
                    undurable++;
                }
                assertThat(centre.alarms()).as("cut at %d ms", ms).contains(next);
                assertThat(centre.conflicts()).as("cut at %d ms", ms).isEmpty();
            }
            assertThat(next.id()).isNotEqualTo(alarm.id());
            assertThat(next.id().boot()).isGreaterThan(alarm.id().boot());
            assertThat(rig.status(next).isReceivedByAll()).isTrue();
        }
        assertThat(undurable).as("cuts that came too early").isBetween(1, 2 * 45);
    }

    @Test
    void a_storm_of_presses_and_power_cuts_loses_nothing_durable_and_tells_nothing_twice() {
        for (int seed = 0; seed < 25; seed++) {
            SessionRig rig = new SessionRig(seed);
            rig.network.loss(0.2);
            Set<AlarmId> durable = new HashSet<>();
            Set<AlarmId> all = new HashSet<>();
            for (int boot = 0; boot < 12; boot++) {
                rig.start();
                rig.passMs(rig.dice.nextInt(60));
                for (int i = rig.dice.nextInt(5); i >= 0; i--) {
                    List<AlarmStatus> raised = new ArrayList<>();
                    rig.session.press(rig.now(), raised::add);
                    rig.passMs(rig.dice.nextInt(40));
                    raised.forEach(s -> assertThat(all.add(s.alarm().id())).isTrue());
                }
                rig.passMs(rig.dice.nextInt(3_000));
                rig.statuses.values().stream()
                        .filter(s -> s.keptNs().isPresent())
                        .forEach(s -> durable.add(s.alarm().id()));
                rig.reboot(rig.dice.pick(List.of(Unsynced.values())));
            }
            rig.network.loss(0);
            rig.start();
            rig.pass(Duration.ofMinutes(2));
            for (ScriptedCentre centre : List.of(rig.police, rig.education)) {
                assertThat(centre.alarms().stream().map(Alarm::id))
                        .as("%s, seed %d", centre.id(), seed)
                        .containsAll(durable);
                assertThat(centre.conflicts()).as("seed %d", seed).isEmpty();
            }
            assertThat(durable.size()).as("seed %d", seed).isGreaterThan(10);
        }
    }

    @Test
    void what_was_waiting_goes_on_at_once_after_a_reboot_life_first() {
        SessionRig rig = new SessionRig();
        rig.network.down(SessionRig.POLICE);
        rig.ready();
        Alarm fault = rig.raise(AlarmKind.FAULT);
        Alarm fall = rig.raise(AlarmKind.FALL);
        rig.pass(Duration.ofSeconds(10));
        rig.network.up(SessionRig.POLICE);
        rig.reboot(Unsynced.LOST).start();
        rig.passMs(45);
        assertThat(rig.police.alarms()).containsExactlyInAnyOrder(fault, fall);
        assertThat(rig.status(fall).envelope())
                .isEqualTo(rig.police.ledger().getFirst().envelope());
        rig.pass(Duration.ofSeconds(10));
        rig.reboot(Unsynced.LOST).start();
        rig.pass(Duration.ofSeconds(10));
        assertThat(rig.police.seen()).as("and then it is done").hasSize(2);
        assertThat(rig.education.seen()).hasSize(2);
    }

    @Test
    void a_receipt_whose_mark_was_lost_with_the_power_is_simply_given_again() {
        SessionRig rig = new SessionRig().ready();
        rig.education.does(rig.education.nothing());
        Alarm alarm = rig.press();
        rig.passMs(100); // police have it; the mark is not synced yet
        rig.reboot(Unsynced.LOST).ready();
        assertThat(rig.police.seen()).hasSize(2);
        assertThat(rig.police.alarms()).containsExactly(alarm);
        assertThat(rig.state(alarm, "police")).isEqualTo(Delivery.State.RECEIVED);

        rig.pass(Duration.ofSeconds(10)); // now it is
        rig.reboot(Unsynced.LOST).ready();
        assertThat(rig.police.seen()).as("not asked again").hasSize(2);
        assertThat(rig.state(alarm, "police")).isEqualTo(Delivery.State.RECEIVED);
        assertThat(rig.state(alarm, "education")).isEqualTo(Delivery.State.SENDING);
    }

    @Test
    void a_record_that_this_version_cannot_read_is_kept_told_and_no_reason_to_stop() {
        SessionRig rig = new SessionRig();
        Journal journal = Journal.open(rig.storage, rig.life, rig.settings.journal(), new Journal.Listener() {
            @Override
            public void trouble(Optional<String> why) {}

            @Override
            public void evicted(Item item) {}
        });
        journal.boot(() -> {});
        Bytes notProtobuf = Bytes.wrap(new byte[] {-1, -1, -1, -1});
        Bytes notAnEnvelope =
                Messages.write(new OutboxItem(OutboxItem.Kind.ALARM, notProtobuf, List.of("police"), true));
        journal.put(Priority.LIFE, notProtobuf, () -> {});
        journal.put(Priority.LIFE, notAnEnvelope, () -> {});
        rig.pass(Duration.ofSeconds(1));

        for (int boot = 0; boot < 3; boot++) {
            rig.reboot(Unsynced.LOST).ready();
            assertThat(rig.remarks.stream().filter(r -> r.contains("this version does not know")))
                    .hasSize(2 * (boot + 1));
            assertThat(rig.session.latched()).isEmpty();
            Alarm alarm = rig.raise(AlarmKind.FALL);
            rig.pass(Duration.ofSeconds(20));
            assertThat(rig.status(alarm).isReceivedByAll()).isTrue();
        }
    }

    @Test
    void an_alarm_for_a_centre_that_is_gone_from_the_configuration_goes_to_those_of_today() {
        SessionRig rig = new SessionRig();
        rig.network.down(SessionRig.POLICE);
        rig.network.down(SessionRig.EDUCATION);
        rig.ready();
        Alarm forBoth = rig.raise(AlarmKind.FALL);
        rig.pass(Duration.ofSeconds(10));
        Settings usual = rig.settings;
        rig.settings = new Settings(
                usual.device(),
                usual.place(),
                usual.cameras(),
                List.of(CentreLink.ofAllKinds(
                        "police-next", List.of(SessionRig.BACKUP), List.of(TestKeys.verifier("police-next")), true)),
                usual.heartbeat(),
                usual.journal(),
                usual.software());
        ScriptedCentre next = new ScriptedCentre("police-next", rig.time);
        rig.network.at(SessionRig.BACKUP, next);
        rig.reboot(Unsynced.LOST).ready();
        assertThat(next.alarms()).containsExactly(forBoth);
        assertThat(rig.status(forBoth).isReceivedByAll()).isTrue();

        rig.pass(Duration.ofSeconds(10));
        rig.reboot(Unsynced.LOST).ready();
        assertThat(next.seen()).hasSize(1);
    }
}
