package dev.tocsin.sdk.session;

import static dev.tocsin.sdk.session.OrderRig.BYPASS;
import static dev.tocsin.sdk.session.OrderRig.FASTER;
import static dev.tocsin.sdk.session.OrderRig.LOCATE;
import static dev.tocsin.sdk.session.OrderRig.REBOOT;
import static dev.tocsin.sdk.session.OrderRig.SELF_TEST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.AlarmState;
import dev.tocsin.sdk.model.DrillOrder;
import dev.tocsin.sdk.model.Mode;
import dev.tocsin.sdk.model.OrderResult.State;
import dev.tocsin.sdk.model.OrderTask;
import dev.tocsin.sdk.testkit.MemoryStorage.Unsynced;
import dev.tocsin.sdk.testkit.ScriptedCentre;
import dev.tocsin.sdk.testkit.ScriptedCentre.Reply;
import dev.tocsin.sdk.testkit.SeededEntropy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes of an order that is believed, and that none of it gets between a panic and its centres. */
class DeedsTest {

    private final OrderRig orders = OrderRig.ready();
    private final SessionRig rig = orders.rig;

    private Duration period() {
        return rig.education.heartbeats().getLast().period();
    }

    private static void silent(ScriptedCentre centre, boolean silent) {
        centre.answersHeartbeats(
                silent ? new Reply.Nothing() : new Reply.Says(204, dev.tocsin.sdk.model.Bytes.EMPTY, Duration.ZERO));
    }

    private Alarm sensed(AlarmRequest request) {
        List<AlarmStatus> raised = new ArrayList<>();
        rig.session.raise("rail", request, raised::add);
        return raised.getFirst().alarm();
    }

    private Alarm sensed(AlarmState state, Optional<Alarm> about) {
        return sensed(new AlarmRequest(
                AlarmKind.FALL_RISK, state, Mode.LIVE, rig.now(), about.map(Alarm::id), "over the edge"));
    }

    @Test
    void settings_are_in_force_at_once_proved_by_the_next_heartbeats_and_kept_over_a_reboot() {
        assertThat(orders.push(1, FASTER)).isEqualTo(204);
        rig.passMs(2_000);
        assertThat(period()).isEqualTo(Duration.ofSeconds(10));
        assertThat(orders.result().state()).isEqualTo(State.DONE);
        assertThat(orders.result().text()).isEqualTo("settings version 1: heartbeat 10s, keep-alive as configured");
        orders.reboot(Unsynced.LOST);
        int before = rig.education.heartbeats().size();
        rig.pass(Duration.ofMinutes(1));
        assertThat(period()).isEqualTo(Duration.ofSeconds(10));
        assertThat(rig.education.heartbeats()).hasSizeGreaterThanOrEqualTo(before + 5);
    }

    @Test
    void settings_go_back_if_a_centre_that_was_there_is_not_reached_in_time() {
        orders.push(1, FASTER);
        rig.passMs(2_000);
        silent(rig.police, true);
        orders.push(2, OrderRig.adjust(Duration.ofSeconds(20)));
        rig.pass(Duration.ofMinutes(4));
        assertThat(period()).isEqualTo(Duration.ofSeconds(20));
        assertThat(orders.result().number()).isEqualTo(1);
        rig.pass(Duration.ofMinutes(2));
        assertThat(orders.result().number()).isEqualTo(2);
        assertThat(orders.result().state()).isEqualTo(State.FAILED);
        assertThat(orders.result().text())
                .contains("rolled back")
                .contains("heartbeat 10s")
                .contains("police not");
        assertThat(period()).isEqualTo(Duration.ofSeconds(10));
        orders.reboot(Unsynced.LOST);
        assertThat(period()).as("for good").isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void settings_on_probation_are_still_on_probation_after_a_reboot_and_go_back() {
        silent(rig.police, true);
        orders.push(1, FASTER);
        rig.pass(Duration.ofMinutes(1));
        orders.reboot(Unsynced.LOST);
        assertThat(period()).isEqualTo(Duration.ofSeconds(10));
        rig.pass(Duration.ofMinutes(6));
        assertThat(period()).isEqualTo(Duration.ofSeconds(60));
        assertThat(orders.result().state()).isEqualTo(State.FAILED);
    }

    @Test
    void settings_on_probation_are_kept_after_a_reboot_once_all_are_reached() {
        silent(rig.police, true);
        orders.push(1, FASTER);
        rig.pass(Duration.ofMinutes(1));
        silent(rig.police, false);
        orders.reboot(Unsynced.LOST);
        rig.pass(Duration.ofMinutes(6));
        assertThat(period()).isEqualTo(Duration.ofSeconds(10));
        assertThat(orders.result().state()).isEqualTo(State.DONE);
    }

    @Test
    void settings_under_which_a_device_restarts_again_and_again_go_back() {
        silent(rig.police, true);
        orders.push(1, FASTER);
        for (int i = 0; i < Deeds.MAX_BOOTS; i++) {
            orders.reboot(Unsynced.LOST);
        }
        rig.pass(Duration.ofSeconds(30));
        assertThat(period()).isEqualTo(Duration.ofSeconds(60));
        assertThat(orders.result().text()).contains("restarted 2 times");
    }

    @Test
    void settings_of_another_version_or_out_of_range_are_refused() {
        orders.push(1, new OrderTask.Adjust(3, Optional.of(Duration.ofSeconds(10)), Optional.empty(), OrderRig.DAY));
        assertThat(orders.result().state()).isEqualTo(State.REFUSED);
        orders.push(2, OrderRig.adjust(Duration.ofSeconds(4)));
        assertThat(orders.result().text()).isEqualTo("a heartbeat of 4 s: from 5 to 3600 s");
        orders.push(
                3,
                new OrderTask.Adjust(3, Optional.of(Duration.ofSeconds(10)), Optional.empty(), Duration.ofMinutes(1)));
        assertThat(orders.result().text()).isEqualTo("the settings are of version 0, not 3");
        rig.pass(Duration.ofMinutes(1));
        assertThat(period()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void a_keep_alive_beats_out_of_turn_and_the_period_that_is_promised_stays() {
        orders.push(
                1,
                new OrderTask.Adjust(0, Optional.empty(), Optional.of(Duration.ofSeconds(25)), Duration.ofMinutes(5)));
        rig.passMs(1_000);
        int before = rig.education.heartbeats().size();
        rig.pass(Duration.ofMinutes(5));
        assertThat(rig.education.heartbeats().size() - before).isBetween(11, 13);
        assertThat(period()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void locating_ends_by_itself_and_an_alarm_goes_before_it() {
        orders.push(1, LOCATE);
        assertThat(rig.lamp()).isEqualTo(Indication.LOCATE);
        rig.press();
        assertThat(rig.lamp()).isEqualTo(Indication.RAISED);
        rig.pass(Duration.ofMinutes(3));
        rig.session.reset(rig.now());
        rig.passMs(500);
        assertThat(rig.lamp()).isEqualTo(Indication.ARMED);
    }

    @Test
    void a_self_test_sends_a_test_alarm_to_every_centre_and_says_what_it_found() {
        orders.push(1, SELF_TEST);
        rig.passMs(1_000);
        assertThat(rig.police.alarms())
                .singleElement()
                .satisfies(a -> assertThat(a.mode()).isEqualTo(Mode.TEST));
        assertThat(rig.education.alarms()).hasSize(1);
        assertThat(orders.result().state()).isEqualTo(State.DONE);
        assertThat(orders.result().text())
                .contains("police has the test alarm after")
                .contains("education has")
                .contains("panic open");
    }

    @Test
    void a_self_test_fails_if_a_centre_gives_no_receipt_or_the_board_is_not_well() {
        rig.police.does(rig.police.nothing());
        orders.push(1, SELF_TEST);
        rig.pass(Duration.ofSeconds(40));
        assertThat(orders.result().state()).isEqualTo(State.FAILED);
        assertThat(orders.result().text()).contains("police has not given a receipt within 30 s");
        rig.police.does(rig.police.receipts());
        rig.pass(Duration.ofMinutes(3));
        orders.board = new Maintenance.Trial(false, "panic closed");
        orders.push(2, SELF_TEST);
        rig.passMs(1_000);
        assertThat(orders.result().state()).isEqualTo(State.FAILED);
        assertThat(orders.result().text()).contains("panic closed");
    }

    @Test
    void a_reboot_is_answered_first_then_done_once_and_its_end_is_told() {
        orders.push(1, REBOOT);
        assertThat(rig.education.results().getFirst().state()).isEqualTo(State.UNDER_WAY);
        assertThat(orders.restarts).isEqualTo(1);
        orders.reboot(Unsynced.LOST);
        assertThat(orders.result().state()).isEqualTo(State.DONE);
        assertThat(orders.result().boot()).isEqualTo(2);
        assertThat(orders.push(1, REBOOT)).as("again").isEqualTo(204);
        rig.pass(Duration.ofSeconds(20));
        assertThat(orders.restarts).isEqualTo(1);
    }

    /** Or who may order both could keep a button in drills, a restart between each two hours and the next. */
    @Test
    void an_ordered_reboot_does_not_begin_the_two_hours_of_drills_anew() {
        assertThat(drill("longest", DrillOrder.MAX_LASTS)).isEqualTo(204);
        rig.pass(DrillOrder.MAX_LASTS.plusMinutes(1));
        orders.push(1, REBOOT);
        assertThat(orders.push(2, LOCATE))
                .as("takes the reboot's line on the page")
                .isEqualTo(204);
        orders.reboot(Unsynced.LOST);
        rig.pass(Duration.ofSeconds(15));
        assertThat(drill("after-one", Duration.ofMinutes(5))).isEqualTo(403);
        assertThat(rig.remarks).anyMatch(r -> r.contains("more than 2 h of 24"));
        assertThat(rig.press().mode()).isEqualTo(Mode.LIVE);
        rig.session.reset(rig.now());
        rig.pass(Deeds.BETWEEN_RESTARTS);
        orders.push(3, REBOOT);
        assertThat(orders.restarts).isEqualTo(2);
        orders.reboot(Unsynced.LOST);
        rig.pass(Duration.ofSeconds(15));
        assertThat(drill("after-two", Duration.ofMinutes(5))).isEqualTo(403);
        rig.pass(DrillBudget.WINDOW);
        assertThat(drill("next-day", Duration.ofMinutes(5))).isEqualTo(204);
    }

    @Test
    void after_an_ordered_reboot_the_rest_of_the_two_hours_is_left() {
        drill("an-hour", Duration.ofHours(1));
        rig.pass(Duration.ofMinutes(61));
        orders.push(1, REBOOT);
        orders.reboot(Unsynced.LOST);
        rig.pass(Duration.ofSeconds(15));
        assertThat(drill("too-long", Duration.ofMinutes(61))).isEqualTo(403);
        assertThat(drill("the-rest", Duration.ofMinutes(58))).isEqualTo(204);
    }

    /** Restarts in a row would leave a button deaf for a third of the time, as long as somebody has an authority's key. */
    @Test
    void one_ordered_reboot_follows_another_after_ten_minutes_and_not_before() {
        orders.push(1, REBOOT);
        orders.push(2, LOCATE); // takes the place of the reboot on the page
        orders.reboot(Unsynced.LOST);
        rig.pass(Duration.ofSeconds(15));
        orders.push(3, REBOOT);
        assertThat(orders.result().state()).isEqualTo(State.REFUSED);
        assertThat(orders.result().text()).isEqualTo("it was restarted by an order less than 10 min ago");
        rig.pass(Deeds.BETWEEN_RESTARTS.minusSeconds(10));
        orders.push(4, REBOOT);
        assertThat(orders.restarts).isEqualTo(2);
    }

    @Test
    void after_a_power_cut_a_reboot_may_be_ordered_at_once() {
        orders.reboot(Unsynced.LOST);
        rig.pass(Duration.ofSeconds(15));
        orders.push(1, REBOOT);
        assertThat(orders.restarts).isEqualTo(1);
    }

    private int drill(String name, Duration lasts) {
        var heard = rig.education.heartbeats().getLast();
        return rig.transport.push(
                "order",
                DrillRig.signed(
                        DrillRig.order(rig.education, heard, name, Duration.ZERO, lasts), rig.education.signer()));
    }

    @Test
    void a_reboot_does_not_wait_for_ever_for_its_answer() {
        rig.education.answersResults(new Reply.Nothing());
        orders.push(1, REBOOT);
        assertThat(orders.restarts).isZero();
        rig.pass(Deeds.ANSWER_FIRST);
        assertThat(orders.restarts).isEqualTo(1);
    }

    @Test
    void a_reboot_is_refused_while_an_alarm_is_out_and_called_off_by_one() {
        rig.press();
        orders.push(1, REBOOT);
        assertThat(orders.result().text()).isEqualTo("an alarm is out");
        rig.session.reset(rig.now());
        rig.pass(Duration.ofSeconds(70));
        rig.education.answersResults(new Reply.Nothing());
        orders.push(2, REBOOT);
        rig.press();
        rig.pass(Duration.ofSeconds(6));
        assertThat(orders.restarts).isZero();
        rig.education.answersResults(new Reply.Says(204, dev.tocsin.sdk.model.Bytes.EMPTY, Duration.ZERO));
        rig.pass(Duration.ofMinutes(2));
        assertThat(orders.result().state()).isEqualTo(State.FAILED);
        assertThat(orders.result().text()).isEqualTo("called off: an alarm is out");
    }

    @Test
    void what_a_bypassed_sensor_raises_is_marked_and_its_maintenance_is_told_at_both_ends() {
        orders.push(1, BYPASS);
        assertThat(rig.lamp()).isEqualTo(Indication.FAULT);
        rig.passMs(500);
        assertThat(rig.police.alarms().getLast().text()).contains("rail is under maintenance for 1h, by Zhang");
        Alarm marked = sensed(AlarmState.RAISED, Optional.empty());
        assertThat(marked.mode()).isEqualTo(Mode.TEST);
        assertThat(marked.text()).startsWith("maintenance: ");
        assertThat(sensed(AlarmState.RESTORED, Optional.of(marked)).mode()).isEqualTo(Mode.TEST);
        rig.pass(Duration.ofHours(1).plusMinutes(1));
        assertThat(rig.police.alarms().getLast().state()).isEqualTo(AlarmState.RESTORED);
        assertThat(rig.lamp()).isEqualTo(Indication.ARMED);
        assertThat(sensed(AlarmState.RAISED, Optional.empty()).mode()).isEqualTo(Mode.LIVE);
    }

    @Test
    void a_bypass_never_touches_a_panic() {
        orders.push(1, BYPASS);
        assertThat(rig.press().mode()).isEqualTo(Mode.LIVE);
        assertThat(sensed(AlarmRequest.live(AlarmKind.PANIC, rig.now())).mode()).isEqualTo(Mode.LIVE);
        orders.push(2, new OrderTask.Bypass("panic", Duration.ofHours(1)));
        assertThat(orders.push(3, new OrderTask.Bypass("panic", Duration.ofHours(1))))
                .isEqualTo(403);
    }

    @Test
    void an_alarm_from_before_a_bypass_stays_live_in_it() {
        Alarm before = sensed(AlarmState.RAISED, Optional.empty());
        orders.push(1, BYPASS);
        assertThat(sensed(AlarmState.UPDATED, Optional.of(before)).mode()).isEqualTo(Mode.LIVE);
        assertThat(sensed(AlarmState.RESTORED, Optional.of(before)).mode()).isEqualTo(Mode.LIVE);
    }

    @Test
    void what_still_stands_at_the_end_of_a_bypass_is_raised_live_and_its_end_ends_that() {
        orders.push(1, BYPASS);
        Alarm marked = sensed(AlarmState.RAISED, Optional.empty());
        orders.push(2, new OrderTask.Bypass("rail", Duration.ZERO));
        rig.passMs(500);
        Alarm live = rig.police.alarms().getLast();
        assertThat(live.mode()).isEqualTo(Mode.LIVE);
        assertThat(live.kind()).isEqualTo(AlarmKind.FALL_RISK);
        assertThat(live.text()).contains("still so after maintenance");
        Alarm end = sensed(AlarmState.RESTORED, Optional.of(marked));
        assertThat(end.about()).contains(live.id());
        assertThat(end.mode()).isEqualTo(Mode.LIVE);
    }

    @Test
    void a_reboot_ends_a_bypass_and_tells_it() {
        orders.push(1, BYPASS);
        rig.passMs(500);
        orders.reboot(Unsynced.LOST);
        rig.passMs(500);
        assertThat(rig.police.alarms().getLast().state()).isEqualTo(AlarmState.RESTORED);
        assertThat(rig.police.alarms().getLast().text()).contains("rail");
        assertThat(sensed(AlarmState.RAISED, Optional.empty()).mode()).isEqualTo(Mode.LIVE);
        assertThat(rig.remarks).anyMatch(r -> r.contains("ended by a restart"));
    }

    /** Whatever is ordered, in whatever turn, and whenever the power goes: a press is a live alarm in both ledgers. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void no_order_keeps_a_panic_from_its_centres(long seed) {
        SeededEntropy dice = new SeededEntropy(seed);
        OrderRig some = new OrderRig(new SessionRig(seed));
        List<OrderTask> tasks =
                List.of(FASTER, LOCATE, SELF_TEST, REBOOT, BYPASS, OrderRig.adjust(Duration.ofHours(1)));
        List<Alarm> presses = new ArrayList<>();
        for (int i = 1; i <= 40; i++) {
            ScriptedCentre by = dice.nextUnit() < 0.7 ? some.rig.education : some.rig.police;
            some.push(by, i, tasks.get((int) (dice.nextUnit() * tasks.size())));
            some.rig.pass(Duration.ofMillis((long) (dice.nextUnit() * 20_000)));
            if (dice.nextUnit() < 0.4) {
                presses.add(some.rig.press());
                some.rig.passMs((long) (dice.nextUnit() * 300));
                some.push(by, 100 + i, tasks.get((int) (dice.nextUnit() * tasks.size())));
                some.rig.passMs(700);
                some.rig.session.reset(some.rig.now());
            }
            if (dice.nextUnit() < 0.15) {
                some.reboot(Unsynced.LOST);
            }
        }
        some.rig.pass(Duration.ofMinutes(5));
        assertThat(presses).isNotEmpty().allMatch(a -> a.mode() == Mode.LIVE);
        for (ScriptedCentre centre : List.of(some.rig.police, some.rig.education)) {
            assertThat(centre.alarms()).containsAll(presses);
        }
    }
}
