package dev.tocsin.sdk.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.Mode;
import dev.tocsin.sdk.testkit.MemoryStorage.Unsynced;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LampTest {

    @Test
    void it_goes_from_starting_over_fault_to_armed_as_centres_are_heard_of() {
        SessionRig rig = new SessionRig();
        assertThat(rig.lamp()).isEqualTo(Indication.STARTING);
        rig.start();
        rig.passMs(20);
        assertThat(rig.lamp()).as("no centre heard of yet").isEqualTo(Indication.FAULT);
        rig.pass(Duration.ofSeconds(2));
        assertThat(rig.lamp()).isEqualTo(Indication.ARMED);
        assertThat(rig.indications).containsExactly(Indication.FAULT, Indication.ARMED);
    }

    @Test
    void it_follows_a_press_from_raised_over_received_to_accepted_and_back() {
        SessionRig rig = new SessionRig().ready();
        rig.indications.clear();
        Alarm alarm = rig.press();
        assertThat(rig.lamp()).isEqualTo(Indication.RAISED);
        rig.passMs(39);
        assertThat(rig.lamp()).as("on its way back").isEqualTo(Indication.RAISED);
        rig.passMs(1);
        assertThat(rig.lamp()).isEqualTo(Indication.RECEIVED);
        rig.transport.push("receipt", rig.education.accept(alarm.id(), "Li"));
        assertThat(rig.lamp()).isEqualTo(Indication.ACCEPTED);
        rig.session.reset(rig.now());
        rig.passMs(100);
        assertThat(rig.indications)
                .containsExactly(Indication.RAISED, Indication.RECEIVED, Indication.ACCEPTED, Indication.ARMED);
    }

    @Test
    void an_alarm_that_no_centre_has_after_30_seconds_is_shown_as_failed_and_goes_on() {
        SessionRig rig = new SessionRig().ready();
        rig.network.down(SessionRig.POLICE);
        rig.network.down(SessionRig.EDUCATION);
        Alarm alarm = rig.press();
        rig.pass(Duration.ofMillis(29_999));
        assertThat(rig.lamp()).isEqualTo(Indication.RAISED);
        rig.passMs(1);
        assertThat(rig.lamp()).isEqualTo(Indication.FAILED);
        rig.network.up(SessionRig.EDUCATION);
        rig.pass(Duration.ofSeconds(15));
        assertThat(rig.state(alarm, "education")).isEqualTo(Delivery.State.RECEIVED);
        assertThat(rig.lamp()).isEqualTo(Indication.RECEIVED);
    }

    @Test
    void ever_new_alarms_do_not_hide_that_nothing_gets_through() {
        SessionRig rig = new SessionRig().ready();
        rig.network.down(SessionRig.POLICE);
        rig.network.down(SessionRig.EDUCATION);
        for (int i = 0; i < 12; i++) {
            rig.raise(AlarmKind.PERIMETER);
            rig.pass(Duration.ofSeconds(5));
        }
        assertThat(rig.lamp()).isEqualTo(Indication.FAILED);
        rig.network.up(SessionRig.POLICE);
        rig.pass(Duration.ofSeconds(15));
        assertThat(rig.lamp()).isEqualTo(Indication.RECEIVED);
    }

    @Test
    void after_a_reboot_an_alarm_gets_its_30_seconds_again() {
        SessionRig rig = new SessionRig().ready();
        rig.network.down(SessionRig.POLICE);
        rig.network.down(SessionRig.EDUCATION);
        rig.press();
        rig.pass(Duration.ofSeconds(40));
        rig.reboot(Unsynced.LOST).start();
        rig.passMs(10);
        assertThat(rig.lamp()).isEqualTo(Indication.RAISED);
        rig.pass(Duration.ofSeconds(31));
        assertThat(rig.lamp()).isEqualTo(Indication.FAILED);
    }

    @Test
    void a_fault_is_shown_while_it_stands_and_never_hides_an_alarm() {
        SessionRig rig = new SessionRig().ready();
        rig.session.raiseFault("supply", "supply voltage low");
        rig.session.raiseFault("supply", "supply voltage low");
        assertThat(rig.lamp()).isEqualTo(Indication.FAULT);
        rig.press();
        assertThat(rig.lamp()).isEqualTo(Indication.RAISED);
        rig.passMs(100);
        assertThat(rig.lamp()).isEqualTo(Indication.RECEIVED);
        rig.session.reset(rig.now());
        rig.passMs(100);
        assertThat(rig.lamp()).isEqualTo(Indication.FAULT);
        rig.session.clearFault("supply");
        rig.session.clearFault("supply");
        rig.passMs(100);
        assertThat(rig.lamp()).isEqualTo(Indication.ARMED);
        assertThat(rig.police.alarms().stream().filter(a -> a.kind() == AlarmKind.FAULT))
                .as("told once, and its end once")
                .hasSize(2);
    }

    @Test
    void more_faults_than_a_heartbeat_or_a_device_can_hold_are_bounded() {
        SessionRig rig = new SessionRig().ready();
        for (int i = 0; i < 2 * Session.MAX_FAULTS; i++) {
            rig.session.raiseFault("cause-" + i, "钟".repeat(150));
        }
        rig.pass(Duration.ofMinutes(2));
        assertThat(rig.police.alarms()).hasSize(Session.MAX_FAULTS);
        assertThat(rig.remarks.stream().filter(r -> r.contains("not raised"))).hasSize(Session.MAX_FAULTS);
        assertThat(rig.police.heartbeats().getLast().health().faults()).hasSize(8);
        assertThat(rig.network
                        .sent(SessionRig.POLICE, "heartbeat")
                        .getLast()
                        .post()
                        .payload()
                        .size())
                .as("one datagram")
                .isLessThan(1_152);
        for (int i = 0; i < Session.MAX_FAULTS; i++) {
            rig.session.clearFault("cause-" + i);
        }
        rig.pass(Duration.ofSeconds(5));
        assertThat(rig.lamp()).isEqualTo(Indication.ARMED);
    }

    @Test
    void a_life_alarm_that_does_not_latch_is_shown_until_every_centre_has_it() {
        SessionRig rig = new SessionRig().ready();
        rig.education.does(rig.education.receiptsAfter(Duration.ofSeconds(1)));
        rig.indications.clear();
        rig.raise(AlarmKind.DROWNING);
        rig.pass(Duration.ofSeconds(5));
        assertThat(rig.indications).containsExactly(Indication.RAISED, Indication.RECEIVED, Indication.ARMED);
    }

    @Test
    void pressing_again_while_no_centre_hears_it_is_not_shown_as_accepted() {
        SessionRig rig = new SessionRig().ready();
        Alarm alarm = rig.press();
        rig.passMs(100);
        rig.transport.push("receipt", rig.police.accept(alarm.id(), "Li"));
        assertThat(rig.lamp()).isEqualTo(Indication.ACCEPTED);
        rig.network.down(SessionRig.POLICE);
        rig.network.down(SessionRig.EDUCATION);
        rig.press();
        assertThat(rig.lamp()).isEqualTo(Indication.RAISED);
        rig.pass(Duration.ofSeconds(31));
        assertThat(rig.lamp()).isEqualTo(Indication.FAILED);
        rig.network.up(SessionRig.EDUCATION);
        rig.pass(Duration.ofSeconds(15));
        assertThat(rig.lamp()).isEqualTo(Indication.ACCEPTED);
    }

    @Test
    void a_drill_never_hides_a_real_alarm() {
        SessionRig rig = new SessionRig().ready();
        rig.raise(rig.request(AlarmKind.PANIC, Mode.DRILL));
        assertThat(rig.lamp()).isEqualTo(Indication.DRILL);
        rig.network.down(SessionRig.POLICE);
        rig.network.down(SessionRig.EDUCATION);
        rig.raise(AlarmKind.DROWNING);
        assertThat(rig.lamp()).isEqualTo(Indication.RAISED);
        rig.pass(Duration.ofSeconds(31));
        assertThat(rig.lamp()).isEqualTo(Indication.FAILED);
    }
}
