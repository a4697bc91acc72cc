package dev.tocsin.sdk.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.journal.Limits;
import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.AlarmState;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.Mode;
import dev.tocsin.sdk.testkit.MemoryStorage.Unsynced;
import dev.tocsin.sdk.testkit.ScriptedCentre.Reply;
import dev.tocsin.sdk.testkit.ScriptedNetwork.Sent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BacklogTest {

    private static SessionRig only(SessionRig rig, Limits limits) {
        Settings usual = rig.settings;
        return rig.with(new Settings(
                usual.device(),
                usual.place(),
                usual.cameras(),
                List.of(usual.centres().getFirst()),
                usual.heartbeat(),
                limits,
                usual.software()));
    }

    private static List<Alarm> falls(SessionRig rig, int count) {
        List<Alarm> raised = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            raised.add(rig.raise(AlarmKind.FALL));
        }
        return raised;
    }

    @Test
    void after_an_outage_of_30_seconds_200_alarms_arrive_within_15_seconds_of_the_centre_s_return() {
        for (int seed = 0; seed < 12; seed++) {
            SessionRig rig = new SessionRig(seed);
            rig.network.loss(seed % 3 * 0.03);
            rig.ready();
            rig.pass(Duration.ofSeconds(7L * seed));
            rig.network.down(SessionRig.POLICE);
            rig.network.down(SessionRig.EDUCATION);
            List<Alarm> raised = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                raised.add(rig.raise(AlarmKind.FALL));
                rig.passMs(150);
            }
            assertThat(rig.police.alarms()).isEmpty();
            rig.network.up(SessionRig.POLICE);
            rig.network.up(SessionRig.EDUCATION);
            rig.pass(Duration.ofSeconds(15));
            assertThat(rig.police.alarms()).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(raised);
            assertThat(rig.education.alarms()).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(raised);
            assertThat(raised).as("seed %d", seed).allMatch(a -> rig.status(a).isReceivedByAll());
        }
    }

    @Test
    void after_an_outage_on_the_device_s_side_it_is_as_quick() {
        SessionRig rig = new SessionRig().ready();
        rig.network.unreachable(SessionRig.POLICE, "no network");
        List<Alarm> raised = falls(rig, 200);
        rig.pass(Duration.ofSeconds(30));
        rig.network.up(SessionRig.POLICE);
        rig.pass(Duration.ofSeconds(15));
        assertThat(rig.police.alarms()).containsExactlyInAnyOrderElementsOf(raised);
    }

    @Test
    void after_an_outage_of_errors_it_is_as_quick() {
        SessionRig rig = new SessionRig().ready();
        rig.police.does(rig.police.code(503, "starting"));
        List<Alarm> raised = falls(rig, 200);
        rig.pass(Duration.ofSeconds(30));
        rig.police.does(rig.police.receipts());
        rig.pass(Duration.ofSeconds(15));
        assertThat(rig.police.alarms()).containsExactlyInAnyOrderElementsOf(raised);
    }

    @Test
    void a_heartbeat_s_answer_hurries_what_pauses() {
        SessionRig rig = only(new SessionRig(), Limits.DEFAULT).ready();
        rig.police.does(rig.police.nothing());
        rig.raise(AlarmKind.FALL);
        rig.pass(Duration.ofMinutes(20)); // the pause is 30 s by now, and a heartbeat comes every 60 s
        List<Sent> sent = rig.alarms(SessionRig.POLICE);
        long beatNs = rig.network.sent(SessionRig.POLICE, "heartbeat").getLast().atNs();
        assertThat(sent.stream().map(s -> s.atNs() - beatNs))
                .as("a quick try right after the heartbeat's answer")
                .anyMatch(ns -> ns > 0 && ns < 100_000_000L);
    }

    @Test
    void an_alarm_that_a_centre_cannot_read_is_not_sent_again_with_every_receipt_of_another() {
        SessionRig rig = only(new SessionRig(), Limits.DEFAULT).ready();
        rig.police.does(rig.police.code(400, "an alarm of unknown kind"));
        Alarm unreadable = rig.raise(AlarmKind.FALL);
        rig.passMs(100);
        rig.police.does((envelope, alarm) -> alarm.equals(unreadable)
                ? new Reply.Says(400, Bytes.EMPTY, Duration.ZERO)
                : rig.police.receipts().to(envelope, alarm));
        for (int i = 0; i < 200; i++) {
            rig.raise(AlarmKind.FALL);
            rig.passMs(50);
        }
        assertThat(rig.police.alarms()).hasSize(200);
        assertThat(rig.alarms(SessionRig.POLICE, unreadable).size())
                .as("in ten seconds, with 200 receipts")
                .isBetween(5, 50);
    }

    @Test
    void a_backlog_is_sent_a_window_at_a_time() {
        SessionRig rig = only(new SessionRig(), Limits.DEFAULT);
        rig.network.down(SessionRig.POLICE);
        rig.start();
        rig.passMs(50);
        for (int i = 0; i < 40; i++) {
            rig.raise(rig.request(AlarmKind.FALL, Mode.TEST)); // nobody's life: they queue
        }
        rig.pass(Duration.ofMinutes(2));
        assertThat(rig.transport.mostUnderWay("alarm")).isEqualTo(Courier.WINDOW);
        rig.network.up(SessionRig.POLICE);
        rig.pass(Duration.ofSeconds(20));
        assertThat(rig.police.alarms()).hasSize(40);
        assertThat(rig.transport.mostUnderWay("alarm")).isEqualTo(Courier.WINDOW);
        assertThat(rig.transport.underWay("alarm")).isZero();
    }

    @Test
    void a_fresh_life_alarm_does_not_wait_behind_a_backlog() {
        SessionRig rig = only(new SessionRig(), Limits.DEFAULT).ready();
        rig.police.does(rig.police.nothing());
        for (int i = 0; i < 100; i++) {
            rig.raise(rig.request(AlarmKind.FALL, Mode.TEST));
        }
        rig.pass(Duration.ofSeconds(5));
        Alarm alarm = rig.press();
        rig.time.settle();
        assertThat(rig.alarms(SessionRig.POLICE, alarm)).hasSize(1);
    }

    @Test
    void the_most_fresh_life_alarms_at_once_leave_at_once_and_the_rest_waits_its_turn() {
        SessionRig rig = only(new SessionRig(), Limits.DEFAULT).ready();
        rig.police.does(rig.police.nothing());
        List<Alarm> raised = falls(rig, Courier.MAX_IN_FLIGHT + 30);
        rig.time.settle();
        assertThat(rig.transport.underWay("alarm")).isEqualTo(Courier.MAX_IN_FLIGHT);
        assertThat(rig.alarms(SessionRig.POLICE)).hasSize(Courier.MAX_IN_FLIGHT);
        rig.pass(Duration.ofSeconds(60));
        assertThat(rig.transport.mostUnderWay("alarm")).isEqualTo(Courier.MAX_IN_FLIGHT);
        rig.police.does(rig.police.receipts());
        rig.pass(Duration.ofSeconds(15));
        assertThat(rig.police.alarms()).containsExactlyInAnyOrderElementsOf(raised);
    }

    @Test
    void alarms_that_a_centre_chokes_on_do_not_starve_the_others() {
        SessionRig rig = only(new SessionRig(), Limits.DEFAULT).ready();
        List<Alarm> poison = new ArrayList<>();
        rig.police.does((envelope, alarm) ->
                alarm.text().equals("poison") ? new Reply.Nothing() : new Reply.Says(404, Bytes.EMPTY, Duration.ZERO));
        for (int i = 0; i < 3 * Courier.WINDOW; i++) {
            poison.add(rig.raise(AlarmRequest.live(AlarmKind.FALL, rig.now()).withText("poison")));
        }
        List<Alarm> good = falls(rig, 20);
        rig.pass(Duration.ofMinutes(10)); // nobody gets a receipt, so nothing hurries
        int before = rig.police.seen().size();
        rig.pass(Duration.ofMinutes(10));
        List<Long> seen =
                rig.police.seen().stream().skip(before).map(id -> id.sequence()).toList();
        assertThat(seen)
                .as("each is tried in ten minutes")
                .containsAll(good.stream().map(a -> a.id().sequence()).toList());
        assertThat(seen).containsAll(poison.stream().map(a -> a.id().sequence()).toList());
    }

    @Test
    void the_most_pending_alarms_are_bounded_and_all_of_them_arrive() {
        SessionRig rig = only(new SessionRig(), Limits.DEFAULT);
        rig.network.down(SessionRig.POLICE);
        rig.start();
        rig.passMs(50);
        Alarm latched = rig.press();
        Alarm fault = rig.raise(AlarmKind.FAULT);
        List<Alarm> raised = falls(rig, Outbox.MAX_PENDING - 2);
        assertThat(rig.remarks).isEmpty();

        Alarm more = rig.raise(AlarmKind.FALL);
        assertThat(rig.remarks).containsExactly("more than 10000 alarms pending: gave up " + fault.id());
        Alarm newest = rig.raise(AlarmKind.FALL);
        assertThat(rig.remarks)
                .hasSize(3)
                .contains("more than 10000 alarms pending: " + more.id() + " waits for the next start")
                .last()
                .asString()
                .startsWith("fault: more alarms are pending than can be sent");

        rig.pass(Duration.ofSeconds(30));
        rig.network.up(SessionRig.POLICE);
        rig.pass(Duration.ofMinutes(3));
        assertThat(rig.police.alarms())
                .filteredOn(a -> a.kind() == AlarmKind.FAULT)
                .extracting(Alarm::state)
                .containsExactly(AlarmState.RAISED, AlarmState.RESTORED);
        assertThat(rig.police.ledger()).hasSize(Outbox.MAX_PENDING + 2);
        assertThat(rig.police.alarms()).doesNotContain(more);
        assertThat(rig.status(latched).isReceivedByAll()).isTrue();
        assertThat(rig.status(newest).isReceivedByAll()).isTrue();
        assertThat(rig.status(raised.getLast()).isReceivedByAll()).isTrue();
        rig.pass(Duration.ofSeconds(10));
        rig.reboot(Unsynced.LOST).ready();
        assertThat(rig.session.latched()).contains(latched);
        rig.session.reset(rig.now());
        rig.pass(Duration.ofMinutes(1));
        assertThat(rig.police.alarms()).as("what had to wait").contains(more);
        assertThat(rig.police.ledger()).as("nothing was left behind").hasSize(Outbox.MAX_PENDING + 4);
    }

    @Test
    void who_presses_without_end_displaces_older_presses_and_nothing_else() {
        SessionRig rig = only(new SessionRig(), Limits.DEFAULT);
        rig.network.down(SessionRig.POLICE);
        rig.start();
        rig.passMs(50);
        Alarm test = rig.raise(AlarmRequest.test(AlarmKind.PANIC, rig.now()));
        Alarm latched = rig.press();
        Alarm fall = rig.raise(AlarmKind.FALL);
        List<Alarm> presses = new ArrayList<>();
        for (int i = 0; i < Outbox.MAX_PENDING; i++) {
            presses.add(rig.press());
        }
        rig.network.up(SessionRig.POLICE);
        rig.pass(Duration.ofMinutes(3));

        assertThat(rig.police.alarms()).contains(test, latched, fall, presses.getLast());
        assertThat(rig.police.alarms()).anySatisfy(a -> assertThat(a.text()).startsWith("too-many-alarms"));
        assertThat(rig.police.alarms()).doesNotContain(presses.getFirst());
        rig.pass(Duration.ofSeconds(10));
        rig.reboot(Unsynced.LOST).ready();
        rig.pass(Duration.ofMinutes(1));
        assertThat(rig.police.alarms()).as("nobody's press is lost").containsAll(presses);
    }

    @Test
    void a_full_journal_gives_up_the_oldest_tests_and_faults_and_says_so() {
        SessionRig rig = only(new SessionRig(), new Limits(20_000, 10_000, 0));
        rig.network.down(SessionRig.POLICE);
        rig.start();
        rig.passMs(50);
        List<Alarm> tests = new ArrayList<>();
        tests.add(rig.raise(AlarmRequest.test(AlarmKind.PANIC, rig.now())));
        rig.session.report("telemetry");
        for (int i = 1; i < 60; i++) {
            tests.add(rig.raise(AlarmRequest.test(AlarmKind.PANIC, rig.now())));
        }
        assertThat(rig.remarks).isNotEmpty().allMatch(r -> r.startsWith("the journal was full: gave up "));
        int given = rig.remarks.size();
        rig.press();
        rig.network.up(SessionRig.POLICE);
        rig.pass(Duration.ofMinutes(1));
        assertThat(rig.police.alarms().stream().filter(a -> a.mode() == Mode.TEST))
                .containsExactlyInAnyOrderElementsOf(tests.subList(given, tests.size()));
        assertThat(rig.police.alarms()).anyMatch(a -> a.kind() == AlarmKind.PANIC && a.mode() == Mode.LIVE);
        assertThat(rig.police.reports()).as("telemetry went first").isEmpty();
    }

    @Test
    void life_alarms_beyond_the_journal_s_room_are_still_sent() {
        SessionRig rig = only(new SessionRig(), new Limits(10_000, 5_000, 0));
        rig.network.down(SessionRig.POLICE);
        rig.start();
        rig.passMs(50);
        List<Alarm> raised = falls(rig, 60);
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.remarks).anyMatch(r -> r.contains("no room for one more LIFE record"));
        assertThat(raised.stream().filter(a -> rig.status(a).keptNs().isPresent()))
                .hasSizeBetween(20, 40);
        rig.network.up(SessionRig.POLICE);
        rig.pass(Duration.ofSeconds(30));
        assertThat(rig.police.alarms()).containsAll(raised).hasSize(raised.size() + 1);
        assertThat(rig.police.alarms().stream().filter(a -> a.kind() == AlarmKind.FAULT))
                .singleElement()
                .satisfies(a -> assertThat(a.text()).startsWith("journal-full"));
        assertThat(rig.lamp())
                .as("the journal has room again, but nothing has used it yet")
                .isEqualTo(Indication.FAULT);
        rig.raise(AlarmKind.FALL);
        rig.pass(Duration.ofSeconds(5));
        assertThat(rig.lamp()).isEqualTo(Indication.ARMED);
    }

    @Test
    void what_an_earlier_boot_left_goes_out_a_window_at_a_time() {
        SessionRig rig = only(new SessionRig(), Limits.DEFAULT).ready();
        rig.network.down(SessionRig.POLICE);
        falls(rig, 40);
        rig.pass(Duration.ofSeconds(1));
        int before = rig.alarms(SessionRig.POLICE).size();
        rig.reboot(Unsynced.LOST).start();
        rig.passMs(200);
        assertThat(rig.alarms(SessionRig.POLICE).size() - before).isEqualTo(Courier.WINDOW);
    }

    @Test
    void an_acceptance_reaches_the_last_settled_alarms_and_is_acknowledged_for_older_ones() {
        SessionRig rig = only(new SessionRig(), Limits.DEFAULT).ready();
        List<Alarm> raised = falls(rig, Outbox.MAX_SETTLED + 1);
        rig.pass(Duration.ofSeconds(2));
        Alarm forgotten = raised.getFirst();
        Alarm remembered = raised.get(1);
        assertThat(rig.transport.push("receipt", rig.police.accept(forgotten.id(), "Li")))
                .isEqualTo(204);
        assertThat(rig.transport.push("receipt", rig.police.accept(remembered.id(), "Li")))
                .isEqualTo(204);
        assertThat(rig.state(forgotten, "police")).isEqualTo(Delivery.State.RECEIVED);
        assertThat(rig.state(remembered, "police")).isEqualTo(Delivery.State.ACCEPTED);
    }
}
