package dev.tocsin.sdk.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.AlarmState;
import dev.tocsin.sdk.model.ClockQuality;
import dev.tocsin.sdk.model.DrillOrder;
import dev.tocsin.sdk.model.DrillState;
import dev.tocsin.sdk.model.Mode;
import dev.tocsin.sdk.model.StageTimes;
import dev.tocsin.sdk.testkit.MemoryStorage.Unsynced;
import dev.tocsin.sdk.testkit.ScriptedCentre;
import dev.tocsin.sdk.testkit.ScriptedNetwork;
import dev.tocsin.sdk.testkit.SeededEntropy;
import dev.tocsin.sdk.testkit.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a press is within a drill, and what it never is. The clock stands at 1970 unless a test sets it. */
class DrillTest {

    private static final Duration QUARTER = DrillRig.QUARTER;

    @Test
    void a_press_in_a_drill_is_a_drill_and_never_reaches_police() {
        SessionRig rig = DrillRig.running().rig;
        assertThat(rig.lamp()).isEqualTo(Indication.IN_DRILL);

        Alarm press = rig.press();
        rig.pass(Duration.ofMinutes(1));

        assertThat(press.mode()).isEqualTo(Mode.DRILL);
        assertThat(press.state()).isEqualTo(AlarmState.RAISED);
        assertThat(rig.education.alarms()).containsExactly(press);
        assertThat(rig.police.seen()).isEmpty();
        assertThat(rig.indications).containsExactly(Indication.DRILL);
    }

    /** To police nothing goes in a drill, and that shows on the line: it is what a drill is. */
    @Test
    void on_the_line_to_education_a_drill_press_is_as_long_and_as_soon_as_a_real_one() {
        SessionRig drill = DrillRig.running().rig;
        SessionRig real = DrillRig.ready().rig;
        real.pass(Duration.ofMinutes(1));
        assertThat(drill.time.nanoTime()).as("both at the same moment").isEqualTo(real.time.nanoTime());

        assertThat(drill.press().mode()).isEqualTo(Mode.DRILL);
        assertThat(real.press().mode()).isEqualTo(Mode.LIVE);
        drill.pass(Duration.ofSeconds(1));
        real.pass(Duration.ofSeconds(1));

        ScriptedNetwork.Sent ofDrill =
                drill.network.sent(SessionRig.EDUCATION, "alarm").getFirst();
        ScriptedNetwork.Sent ofReal =
                real.network.sent(SessionRig.EDUCATION, "alarm").getFirst();
        assertThat(ofDrill.atNs()).isEqualTo(ofReal.atNs());
        assertThat(ofDrill.post().payload().size())
                .isEqualTo(ofReal.post().payload().size());
        assertThat(ofDrill.post().timing()).isEqualTo(ofReal.post().timing());
    }

    @Test
    void a_drill_alarm_is_reset_as_a_real_one() {
        SessionRig rig = DrillRig.running().rig;
        Alarm press = rig.press();
        rig.passMs(100);
        rig.session.reset(rig.now());
        rig.passMs(100);

        Alarm reset = rig.education.alarms().getLast();
        assertThat(reset.state()).isEqualTo(AlarmState.RESTORED);
        assertThat(reset.mode()).isEqualTo(Mode.DRILL);
        assertThat(reset.about()).contains(press.id());
        assertThat(rig.police.seen()).isEmpty();
        assertThat(rig.lamp()).isEqualTo(Indication.IN_DRILL);
    }

    @Test
    void a_second_press_within_10_seconds_is_live_and_ends_the_drill() {
        SessionRig rig = DrillRig.running().rig;
        rig.press();
        rig.pass(Duration.ofSeconds(10));
        Alarm real = rig.press();
        rig.passMs(100);

        assertThat(real.mode()).isEqualTo(Mode.LIVE);
        assertThat(real.state()).as("an alarm of its own").isEqualTo(AlarmState.RAISED);
        assertThat(rig.police.alarms()).containsExactly(real);
        assertThat(rig.lamp()).isEqualTo(Indication.RECEIVED);
        rig.session.reset(rig.now());
        rig.pass(Duration.ofMinutes(1));
        assertThat(rig.lamp()).as("the drill is over here").isEqualTo(Indication.ARMED);
        assertThat(rig.press().mode()).isEqualTo(Mode.LIVE);
    }

    @Test
    void a_second_press_after_10_seconds_says_that_the_drill_alarm_was_pressed_again() {
        SessionRig rig = DrillRig.running().rig;
        Alarm first = rig.press();
        rig.pass(Duration.ofSeconds(10).plusNanos(1));
        Alarm second = rig.press();
        rig.pass(Duration.ofSeconds(1));

        assertThat(second.mode()).isEqualTo(Mode.DRILL);
        assertThat(second.state()).isEqualTo(AlarmState.UPDATED);
        assertThat(second.about()).contains(first.id());
        assertThat(rig.police.seen()).isEmpty();
        rig.pass(Duration.ofSeconds(9));
        assertThat(rig.press().mode()).as("10 s after the second").isEqualTo(Mode.LIVE);
    }

    @Test
    void a_reset_between_two_presses_within_10_seconds_does_not_make_the_second_a_drill() {
        SessionRig rig = DrillRig.running().rig;
        rig.press();
        rig.pass(Duration.ofSeconds(2));
        rig.session.reset(rig.now());
        rig.pass(Duration.ofSeconds(2));
        assertThat(rig.press().mode()).isEqualTo(Mode.LIVE);
    }

    @Test
    void holding_is_live_and_ends_the_drill() {
        SessionRig rig = DrillRig.running().rig;
        rig.press();
        rig.pass(Duration.ofSeconds(3));
        List<AlarmStatus> raised = new ArrayList<>();
        rig.session.hold(rig.now(), raised::add);
        rig.passMs(100);

        assertThat(raised).hasSize(1);
        assertThat(rig.police.alarms()).singleElement().satisfies(alarm -> {
            assertThat(alarm.mode()).isEqualTo(Mode.LIVE);
            assertThat(alarm.state()).isEqualTo(AlarmState.RAISED);
        });
        assertThat(rig.lamp()).isEqualTo(Indication.RECEIVED);
        rig.pass(Duration.ofMinutes(2));
        assertThat(rig.education.heartbeats().getLast().drill())
                .contains(new DrillState("fire-7", Duration.ZERO, Duration.ZERO));
    }

    @Test
    void holding_outside_a_drill_says_nothing_new() {
        SessionRig rig = new SessionRig().ready();
        rig.press();
        rig.pass(Duration.ofSeconds(3));
        rig.session.hold(rig.now(), status -> assertThat(status).isNull());
        rig.passMs(100);
        assertThat(rig.police.alarms()).hasSize(1);
    }

    @Test
    void drowning_in_a_drill_is_live_and_the_lamp_says_so() {
        SessionRig rig = DrillRig.running().rig;
        rig.press();
        Alarm drowning = rig.raise(AlarmKind.DROWNING);
        assertThat(drowning.mode()).isEqualTo(Mode.LIVE);
        assertThat(rig.lamp()).isEqualTo(Indication.RAISED);
        rig.pass(Duration.ofSeconds(11));
        assertThat(rig.police.alarms()).containsExactly(drowning);
        assertThat(rig.press().mode()).as("the drill goes on").isEqualTo(Mode.DRILL);
    }

    @Test
    void a_drill_ends_to_the_nanosecond_counted_from_the_heartbeat_that_it_answers() {
        for (long beforeNs : List.of(1L, 0L)) {
            DrillRig drill = DrillRig.ready();
            drill.rig.network.oneWay(Duration.ofSeconds(1));
            long firstNs = drill.sentNs();
            drill.rig.education.tellOfHeartbeat(h -> drill.order(h, "fire-7", DrillRig.NOW, QUARTER));
            drill.rig.pass(Duration.ofSeconds(65));
            long sentNs = drill.sentNs();
            assertThat(sentNs).isGreaterThan(firstNs);
            drill.until(sentNs + QUARTER.toNanos() - beforeNs);
            assertThat(drill.rig.press().mode()).isEqualTo(beforeNs == 0 ? Mode.LIVE : Mode.DRILL);
        }
    }

    @Test
    void a_drill_begins_to_the_nanosecond_counted_from_the_answer_that_ordered_it() {
        for (long beforeNs : List.of(1L, 0L)) {
            DrillRig drill = DrillRig.ready();
            drill.rig.network.oneWay(Duration.ofMillis(500));
            drill.rig.education.tellOfHeartbeat(h -> drill.order(h, "fire-7", Duration.ofMinutes(5), QUARTER));
            drill.rig.pass(Duration.ofSeconds(65));
            assertThat(drill.rig.lamp()).isEqualTo(Indication.ARMED);
            long answeredNs = drill.sentNs() + Duration.ofSeconds(1).toNanos();
            drill.until(answeredNs + Duration.ofMinutes(5).toNanos() - beforeNs);
            assertThat(drill.rig.press().mode()).isEqualTo(beforeNs == 0 ? Mode.DRILL : Mode.LIVE);
        }
    }

    @Test
    void a_press_whose_contact_closed_before_the_drill_or_that_was_decided_after_it_is_live() {
        DrillRig early = DrillRig.ready();
        long edgeNs = early.rig.time.nanoTime();
        early.rig.passMs(3);
        early.push("fire-7", DrillRig.NOW, QUARTER);
        assertThat(early.rig.lamp()).isEqualTo(Indication.IN_DRILL);
        assertThat(press(early.rig, edgeNs).mode()).isEqualTo(Mode.LIVE);

        DrillRig late = DrillRig.running();
        long endNs = late.rig
                        .network
                        .sent(SessionRig.EDUCATION, "heartbeat")
                        .getLast()
                        .atNs()
                + QUARTER.toNanos();
        late.until(endNs);
        assertThat(press(late.rig, endNs - 1).mode()).isEqualTo(Mode.LIVE);
    }

    private static Alarm press(SessionRig rig, long edgeNs) {
        List<AlarmStatus> raised = new ArrayList<>();
        rig.session.press(new StageTimes(edgeNs, rig.time.nanoTime()), raised::add);
        return raised.getFirst().alarm();
    }

    @Test
    void a_drill_alarm_ends_with_its_drill_so_that_the_lamp_never_says_drill_where_a_press_is_live() {
        SessionRig rig = DrillRig.running().rig;
        rig.network.down(SessionRig.EDUCATION);
        Alarm press = rig.press(); // not even received: it is over all the same
        rig.pass(QUARTER);
        assertThat(rig.session.latched()).isEmpty();
        assertThat(rig.lamp()).as("education is silent").isEqualTo(Indication.FAULT);

        rig.network.up(SessionRig.EDUCATION);
        rig.pass(Duration.ofMinutes(2));
        assertThat(rig.education.alarms()).anySatisfy(end -> {
            assertThat(end.state()).isEqualTo(AlarmState.RESTORED);
            assertThat(end.about()).contains(press.id());
            assertThat(end.text()).isEqualTo("drill over: its time is over");
        });
        assertThat(rig.police.seen()).isEmpty();
        assertThat(rig.lamp()).isEqualTo(Indication.ARMED);
        assertThat(rig.press().mode()).isEqualTo(Mode.LIVE);
    }

    @Test
    void an_edge_of_the_future_does_not_make_a_press_before_the_drill_a_drill() {
        DrillRig drill = DrillRig.ready();
        drill.push("fire-7", Duration.ofMinutes(1), QUARTER);
        long laterNs = drill.rig.time.nanoTime() + Duration.ofMinutes(5).toNanos();
        List<AlarmStatus> raised = new ArrayList<>();
        drill.rig.session.press(new StageTimes(laterNs, laterNs), raised::add);
        assertThat(raised.getFirst().alarm().mode()).isEqualTo(Mode.LIVE);
    }

    @Test
    void a_timer_that_is_late_prolongs_no_drill() {
        VirtualTime time = new VirtualTime();
        Echoes echoes = new Echoes(new SeededEntropy(1));
        long echo = echoes.next(time.nanoTime());
        List<Runnable> timers = new ArrayList<>(); // none of them fires
        Drills drills = new Drills(
                "d",
                time,
                (delayNs, task) -> {
                    timers.add(task);
                    return () -> timers.remove(task);
                },
                new Deaf());
        ScriptedCentre education = new ScriptedCentre("education", time);
        CentreLink link = CentreLink.ofAllKinds("education", List.of("x"), List.of(education.verifier()), true);
        DrillOrder order = new DrillOrder(
                "education", "fire-7", "d", echo, "", Duration.ZERO, Duration.ZERO, Duration.ofMinutes(1), "Zhang");
        assertThat(drills.ordered(link, order, echoes)).isTrue();
        long endNs = time.nanoTime() + Duration.ofMinutes(1).toNanos();
        time.advance(Duration.ofMinutes(1));
        assertThat(drills.press(endNs - 1)).isEqualTo(Mode.LIVE);
        assertThat(drills.state()).contains(new DrillState("fire-7", Duration.ZERO, Duration.ZERO));

        Echoes fresh = new Echoes(new SeededEntropy(2));
        DrillOrder next = new DrillOrder(
                "education",
                "fire-8",
                "d",
                fresh.next(time.nanoTime()),
                "",
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofHours(1),
                "Z");
        time.advance(Duration.ofSeconds(1));
        assertThat(drills.ordered(link, next, fresh)).isTrue();
        assertThat(timers).as("only the new drill's end").hasSize(1);
        time.advance(Duration.ofSeconds(11));
        assertThat(drills.press(time.nanoTime())).isEqualTo(Mode.DRILL);
    }

    private static final class Deaf implements Drills.Listener {
        @Override
        public Optional<String> objection() {
            return Optional.empty();
        }

        @Override
        public void drillRuns(boolean runs) {}

        @Override
        public void drillOver(String why) {}

        @Override
        public void remark(String sentence) {}
    }

    @Test
    void a_reboot_forgets_the_drill_and_ends_its_alarm() {
        SessionRig rig = DrillRig.running().rig;
        Alarm press = rig.press();
        rig.pass(Duration.ofSeconds(20));
        rig.reboot(Unsynced.LOST).ready();

        assertThat(rig.lamp()).isEqualTo(Indication.ARMED);
        assertThat(rig.education.alarms().getLast().about()).contains(press.id());
        assertThat(rig.education.alarms().getLast().state()).isEqualTo(AlarmState.RESTORED);
        assertThat(rig.education.heartbeats().getLast().drill()).isEmpty();
        Alarm real = rig.press();
        assertThat(real.mode()).isEqualTo(Mode.LIVE);
        assertThat(real.state()).isEqualTo(AlarmState.RAISED);
    }

    @Test
    void a_press_during_the_boot_after_a_drill_is_live() {
        SessionRig rig = DrillRig.running().rig;
        rig.press();
        rig.pass(Duration.ofSeconds(20));
        rig.reboot(Unsynced.LOST).start();
        List<AlarmStatus> raised = new ArrayList<>();
        rig.session.press(rig.now(), raised::add);
        rig.passMs(100);
        assertThat(raised.getFirst().alarm().mode()).isEqualTo(Mode.LIVE);
        assertThat(rig.session.latched()).contains(raised.getFirst().alarm());
    }

    @Test
    void setting_the_clock_moves_no_border() {
        DrillRig drill = DrillRig.running();
        long endNs = drill.sentNs() + QUARTER.toNanos();
        drill.rig.time.setWall(Instant.parse("2027-03-01T00:00:00Z"), ClockQuality.SYNCHRONIZED);
        drill.until(endNs - 1);
        assertThat(drill.rig.press().mode()).isEqualTo(Mode.DRILL);
        drill.rig.time.setWall(Instant.EPOCH, ClockQuality.UNKNOWN);
        drill.rig.pass(Duration.ofSeconds(11));
        assertThat(drill.rig.press().mode()).isEqualTo(Mode.LIVE);
    }

    @Test
    void the_heartbeat_tells_how_the_drill_stands() {
        DrillRig drill = DrillRig.ready();
        assertThat(drill.heard().drill()).isEmpty();
        drill.push("fire-7", Duration.ofMinutes(3), QUARTER);
        drill.rig.pass(Duration.ofMinutes(1));
        DrillState before = drill.heard().drill().orElseThrow();
        assertThat(before.order()).isEqualTo("fire-7");
        assertThat(before.isRunning()).isFalse();
        assertThat(before.startsIn()).isBetween(Duration.ofSeconds(115), Duration.ofSeconds(130));
        drill.rig.pass(Duration.ofMinutes(3));
        DrillState during = drill.heard().drill().orElseThrow();
        assertThat(during.isRunning()).isTrue();
        assertThat(during.left()).isBetween(Duration.ofMinutes(13), Duration.ofMinutes(15));
        drill.rig.pass(Duration.ofMinutes(16));
        assertThat(drill.heard().drill()).contains(new DrillState("fire-7", Duration.ZERO, Duration.ZERO));
    }
}
