package dev.tocsin.sdk.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.AlarmState;
import dev.tocsin.sdk.model.Mode;
import dev.tocsin.sdk.testkit.MemoryStorage.Unsynced;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LatchTest {

    @Test
    void a_press_stays_latched_until_it_is_reset_on_the_spot() {
        SessionRig rig = new SessionRig().ready();
        Alarm alarm = rig.press();
        rig.pass(Duration.ofHours(1));
        assertThat(rig.session.latched()).contains(alarm);
        assertThat(rig.lamp()).isEqualTo(Indication.RECEIVED);

        rig.session.reset(rig.now());
        rig.passMs(100);
        assertThat(rig.session.latched()).isEmpty();
        assertThat(rig.lamp()).isEqualTo(Indication.ARMED);
        Alarm restored = rig.police.alarms().getLast();
        assertThat(restored.state()).isEqualTo(AlarmState.RESTORED);
        assertThat(restored.kind()).isEqualTo(AlarmKind.PANIC);
        assertThat(restored.about()).contains(alarm.id());
        assertThat(restored.mode()).isEqualTo(Mode.LIVE);
        assertThat(rig.education.alarms()).containsExactly(alarm, restored);
    }

    @Test
    void a_press_while_latched_says_that_someone_presses_again() {
        SessionRig rig = new SessionRig().ready();
        Alarm alarm = rig.press();
        rig.pass(Duration.ofSeconds(20));
        Alarm again = rig.press();
        rig.passMs(100);
        assertThat(again.state()).isEqualTo(AlarmState.UPDATED);
        assertThat(again.about()).contains(alarm.id());
        assertThat(again.id()).isNotEqualTo(alarm.id());
        assertThat(rig.police.alarms()).containsExactly(alarm, again);
        assertThat(rig.session.latched()).contains(alarm);
    }

    @Test
    void a_reset_without_a_latch_does_nothing() {
        SessionRig rig = new SessionRig().ready();
        rig.session.reset(rig.now());
        rig.raise(AlarmKind.FALL);
        rig.session.reset(rig.now());
        rig.pass(Duration.ofSeconds(5));
        assertThat(rig.police.alarms()).hasSize(1);
    }

    @Test
    void after_a_reset_the_next_press_is_a_new_alarm() {
        SessionRig rig = new SessionRig().ready();
        rig.press();
        rig.session.reset(rig.now());
        Alarm next = rig.press();
        assertThat(next.state()).isEqualTo(AlarmState.RAISED);
        assertThat(rig.session.latched()).contains(next);
    }

    @Test
    void the_latch_survives_a_power_cut_even_when_everybody_has_the_alarm() {
        SessionRig rig = new SessionRig().ready();
        Alarm alarm = rig.press();
        rig.pass(Duration.ofSeconds(10));
        rig.reboot(Unsynced.LOST).ready();
        assertThat(rig.session.latched()).contains(alarm);
        assertThat(rig.lamp()).isEqualTo(Indication.RECEIVED);
        assertThat(rig.press().about()).contains(alarm.id());
        rig.session.reset(rig.now());
        rig.pass(Duration.ofSeconds(10));

        rig.reboot(Unsynced.LOST).ready();
        assertThat(rig.session.latched()).as("the reset survives it too").isEmpty();
        assertThat(rig.lamp()).isEqualTo(Indication.ARMED);
    }

    @Test
    void an_acceptance_is_still_shown_after_a_power_cut() {
        SessionRig rig = new SessionRig().ready();
        Alarm alarm = rig.press();
        rig.passMs(100);
        rig.transport.push("receipt", rig.police.accept(alarm.id(), "Li"));
        rig.pass(Duration.ofSeconds(10));
        rig.reboot(Unsynced.LOST).start();
        rig.passMs(10);
        assertThat(rig.lamp()).isEqualTo(Indication.ACCEPTED);
        assertThat(rig.police.seen()).hasSize(1);
    }

    @Test
    void a_reset_is_remembered_even_when_its_event_is_delivered_and_the_alarm_is_not() {
        SessionRig rig = new SessionRig().ready();
        rig.education.does((envelope, alarm) -> alarm.state() == AlarmState.RAISED
                ? rig.education.refuses("unknown kind").to(envelope, alarm)
                : rig.education.receipts().to(envelope, alarm));
        Alarm alarm = rig.press();
        rig.pass(Duration.ofSeconds(1));
        rig.session.reset(rig.now());
        rig.pass(Duration.ofSeconds(10));
        assertThat(rig.education.alarms()).extracting(Alarm::state).containsExactly(AlarmState.RESTORED);

        rig.reboot(Unsynced.LOST).ready();
        assertThat(rig.session.latched()).isEmpty();
        rig.education.does(rig.education.receipts());
        rig.pass(Duration.ofMinutes(1));
        assertThat(rig.education.alarms()).as("and still it gets it").contains(alarm);
    }

    /** The reset and the power cut: either the latch or the signed end of it survives, never a ghost. */
    @Test
    void a_reset_cut_short_at_any_moment_leaves_one_latch_or_none() {
        for (int ms = 0; ms < 60; ms++) {
            for (Unsynced how : Unsynced.values()) {
                SessionRig rig = new SessionRig(ms);
                rig.storage.syncTime(Duration.ofMillis(20));
                rig.ready();
                rig.network.down(SessionRig.EDUCATION);
                Alarm first = rig.press();
                rig.pass(Duration.ofSeconds(10));
                rig.session.reset(rig.now());
                boolean kept = false;
                for (int i = 0; i < ms; i++) {
                    rig.passMs(1);
                }
                Alarm restored = rig.police.alarms().isEmpty() ? first : lastOf(rig);
                if (restored.state() == AlarmState.RESTORED) {
                    kept = rig.status(restored).keptNs().isPresent();
                }
                Alarm second = rig.press();
                rig.passMs(ms % 7);
                rig.reboot(how).ready();

                Optional<Alarm> latched = rig.session.latched();
                if (kept) {
                    assertThat(latched).as("cut at %d, %s", ms, how).isNotEqualTo(Optional.of(first));
                }
                latched.ifPresent(l -> assertThat(List.of(first, second)).contains(l));
                rig.session.reset(rig.now());
                rig.pass(Duration.ofSeconds(10));
                rig.reboot(how).ready();
                assertThat(rig.session.latched())
                        .as("a ghost, cut at %d, %s", ms, how)
                        .isEmpty();
            }
        }
    }

    private static Alarm lastOf(SessionRig rig) {
        return rig.police.alarms().getLast();
    }

    @Test
    void a_test_press_does_not_latch_and_is_not_shown() {
        SessionRig rig = new SessionRig().ready();
        rig.indications.clear();
        Alarm test = rig.raise(AlarmRequest.test(AlarmKind.PANIC, rig.now()));
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.session.latched()).isEmpty();
        assertThat(rig.indications).isEmpty();
        assertThat(rig.police.alarms()).containsExactly(test);
        assertThat(rig.education.alarms()).containsExactly(test);
    }

    @Test
    void a_press_while_only_a_drill_is_latched_is_live_and_takes_the_latch_over() {
        SessionRig rig = new SessionRig().ready();
        Alarm drill = rig.raise(rig.request(AlarmKind.PANIC, Mode.DRILL));
        assertThat(rig.session.latched()).contains(drill);
        assertThat(rig.lamp()).isEqualTo(Indication.DRILL);
        rig.passMs(100);

        Alarm real = rig.press();
        rig.passMs(100);
        assertThat(real.mode()).isEqualTo(Mode.LIVE);
        assertThat(real.state()).isEqualTo(AlarmState.RAISED);
        assertThat(rig.police.alarms()).containsExactly(real);
        assertThat(rig.session.latched()).contains(real);
        assertThat(rig.lamp()).isEqualTo(Indication.RECEIVED);
        rig.pass(Duration.ofSeconds(10));
        rig.reboot(Unsynced.LOST).ready();
        assertThat(rig.session.latched()).contains(real);
    }

    @Test
    void a_second_panic_raised_through_the_api_does_not_take_the_latch() {
        SessionRig rig = new SessionRig().ready();
        Alarm first = rig.press();
        Alarm second = rig.raise(AlarmKind.PANIC);
        rig.pass(Duration.ofSeconds(10));
        assertThat(rig.session.latched()).contains(first);
        rig.session.reset(rig.now());
        rig.pass(Duration.ofSeconds(10));
        rig.reboot(Unsynced.LOST).ready();
        assertThat(rig.session.latched()).isEmpty();
        assertThat(rig.police.alarms()).contains(first, second);
    }

    @Test
    void a_reset_leaves_no_lamp_burning_for_a_centre_that_is_away() {
        SessionRig rig = new SessionRig();
        rig.network.down(SessionRig.EDUCATION);
        rig.ready();
        rig.press();
        rig.pass(Duration.ofSeconds(5));
        rig.press();
        rig.pass(Duration.ofSeconds(5));
        rig.session.reset(rig.now());
        rig.pass(Duration.ofSeconds(5));
        assertThat(rig.lamp()).as("a centre is silent").isEqualTo(Indication.FAULT);
        rig.reboot(Unsynced.LOST).ready();
        assertThat(rig.lamp()).isEqualTo(Indication.FAULT);
        rig.network.up(SessionRig.EDUCATION);
        rig.pass(Duration.ofMinutes(2));
        assertThat(rig.education.alarms()).as("and still it gets them all").hasSize(3);
        assertThat(rig.lamp()).isEqualTo(Indication.ARMED);
    }
}
