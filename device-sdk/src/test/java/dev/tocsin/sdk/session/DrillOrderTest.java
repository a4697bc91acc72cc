package dev.tocsin.sdk.session;

import static dev.tocsin.sdk.session.DrillRig.NOW;
import static dev.tocsin.sdk.session.DrillRig.QUARTER;
import static dev.tocsin.sdk.session.DrillRig.order;
import static dev.tocsin.sdk.session.DrillRig.signed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.codec.DrillMessages;
import dev.tocsin.sdk.journal.Limits;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.DrillOrder;
import dev.tocsin.sdk.model.Heartbeat;
import dev.tocsin.sdk.model.Mode;
import dev.tocsin.sdk.testkit.MemoryStorage.Unsynced;
import dev.tocsin.sdk.testkit.TestKeys;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which orders a device believes. What it does not believe changes nothing: a press stays live. */
class DrillOrderTest {

    private final DrillRig drill = DrillRig.ready();
    private final SessionRig rig = drill.rig;

    private void refused(int code, int expected, String remark) {
        assertThat(code).isEqualTo(expected);
        assertThat(rig.remarks.getLast()).contains(remark);
        assertThat(rig.lamp()).isEqualTo(Indication.ARMED);
        assertThat(rig.press().mode()).isEqualTo(Mode.LIVE);
    }

    @Test
    void an_order_is_believed_from_a_push_as_from_a_heartbeat_s_answer() {
        assertThat(drill.push("fire-7", NOW, QUARTER)).isEqualTo(204);
        assertThat(rig.press().mode()).isEqualTo(Mode.DRILL);
        assertThat(rig.remarks.getLast()).contains("fire-7").contains("Zhang").contains("building B");
    }

    @Test
    void an_order_that_answers_the_heartbeat_before_the_last_is_believed_and_ends_no_later_for_it() {
        long sentNs = drill.sentNs();
        Heartbeat older = drill.heard();
        rig.pass(Duration.ofMinutes(1));
        assertThat(drill.heard().echo()).isNotEqualTo(older.echo());
        assertThat(drill.push(drill.order(older, "fire-7", NOW, QUARTER))).isEqualTo(204);
        drill.until(sentNs + QUARTER.toNanos());
        assertThat(rig.press().mode()).isEqualTo(Mode.LIVE);
    }

    /**
     * A copy of an answered heartbeat that was held back on the way is heard again, and the order's times count from then:
     * to begin as if the centre had heard it before it answered would make real presses drills.
     */
    @Test
    void an_order_over_a_heartbeat_that_was_heard_again_later_begins_no_earlier_than_it_says() {
        Heartbeat answered = drill.heard();
        rig.pass(Duration.ofSeconds(50));
        long heardAgainNs = rig.time.nanoTime();
        assertThat(drill.push(drill.order(answered, "fire-7", Duration.ofMinutes(2), QUARTER)))
                .isEqualTo(204);
        drill.until(heardAgainNs + Duration.ofMinutes(2).toNanos() - 1_000_000);
        assertThat(rig.lamp()).isEqualTo(Indication.ARMED);
        assertThat(rig.press().mode()).isEqualTo(Mode.LIVE);
    }

    @Test
    void an_order_that_is_made_some_time_after_its_heartbeat_begins_when_it_says() {
        Heartbeat heard = drill.heard();
        rig.pass(Duration.ofSeconds(40));
        long madeNs = rig.time.nanoTime();
        Bytes order = signed(
                order(rig.education, heard, "fire-7", Duration.ofSeconds(40), Duration.ofSeconds(100), QUARTER),
                rig.education.signer());
        assertThat(drill.push(order)).isEqualTo(204);
        drill.until(madeNs + Duration.ofMinutes(1).toNanos() - 1_000_000);
        assertThat(rig.lamp()).isEqualTo(Indication.ARMED);
        rig.passMs(1_000);
        assertThat(rig.lamp()).isEqualTo(Indication.IN_DRILL);
    }

    @Test
    void an_order_that_was_made_after_its_drill_began_begins_at_once() {
        Bytes order = signed(
                order(rig.education, drill.heard(), "fire-7", Duration.ofMillis(Long.MAX_VALUE), NOW, QUARTER),
                rig.education.signer());
        assertThat(drill.push(order)).isEqualTo(204);
        assertThat(rig.press().mode()).isEqualTo(Mode.DRILL);
    }

    @Test
    void an_order_that_answers_an_older_heartbeat_is_refused() {
        Bytes caught = drill.order(drill.heard(), "fire-7", NOW, QUARTER);
        rig.pass(Duration.ofMinutes(2));
        refused(drill.push(caught), 403, "answers none of the last heartbeats");
    }

    @Test
    void an_order_from_before_a_reboot_is_refused() {
        Bytes caught = drill.order(drill.heard(), "fire-7", NOW, QUARTER);
        rig.reboot(Unsynced.LOST).ready();
        refused(drill.push(caught), 403, "answers none of the last heartbeats");
    }

    @Test
    void police_who_get_no_drills_order_none() {
        Heartbeat heard = rig.police.heartbeats().getLast();
        Bytes order = signed(order(rig.police, heard, "fire-7", NOW, QUARTER), rig.police.signer());
        refused(drill.push(order), 403, "orders none");
    }

    @Test
    void an_order_that_answers_the_heartbeat_to_another_centre_is_refused() {
        Heartbeat other = rig.police.heartbeats().getLast();
        refused(drill.push(drill.order(other, "fire-7", NOW, QUARTER)), 403, "answers none");
    }

    @Test
    void a_forged_order_is_refused_wherever_it_comes_from() {
        byte[] bytes = drill.order(drill.heard(), "fire-7", NOW, QUARTER).toArray();
        bytes[bytes.length - 1] ^= 1;
        assertThat(drill.push(Bytes.wrap(bytes))).isEqualTo(401);
        Bytes strangers = signed(order(rig.education, drill.heard(), "x", NOW, QUARTER), TestKeys.signer("stranger"));
        assertThat(drill.push(strangers)).isEqualTo(401);
        rig.education.tellOfHeartbeat(
                h -> signed(order(rig.education, h, "x", NOW, QUARTER), TestKeys.signer("stranger")));
        rig.pass(Duration.ofMinutes(1));
        refused(401, 401, "an answer that education did not sign");
    }

    @Test
    void police_s_signature_is_no_good_for_an_order_in_education_s_name() {
        Bytes order = signed(order(rig.education, drill.heard(), "x", NOW, QUARTER), rig.police.signer());
        assertThat(drill.push(order)).isEqualTo(401);
        assertThat(rig.press().mode()).isEqualTo(Mode.LIVE);
    }

    @Test
    void an_order_for_another_device_is_refused() {
        DrillOrder mine = order(rig.education, drill.heard(), "fire-7", NOW, QUARTER);
        DrillOrder other = new DrillOrder(
                "education", "fire-7", "school-007/button-4", mine.echo(), "", NOW, NOW, QUARTER, "Zhang");
        refused(drill.push(signed(other, rig.education.signer())), 403, "it is for school-007/button-4");
    }

    @Test
    void an_order_of_more_than_two_hours_or_too_far_ahead_is_refused_and_two_hours_are_not() {
        Duration longest = DrillOrder.MAX_LASTS;
        assertThat(drill.push("a", NOW, longest.plusMillis(1))).isEqualTo(403);
        assertThat(drill.push("b", NOW, Duration.ofMillis(Long.MAX_VALUE))).isEqualTo(403);
        assertThat(drill.push("c", DrillOrder.MAX_STARTS_AFTER.plusMillis(1), QUARTER))
                .isEqualTo(403);
        assertThat(rig.remarks.getLast()).contains("longer than 2 h");
        assertThat(rig.lamp()).isEqualTo(Indication.ARMED);
        assertThat(drill.push("d", NOW, longest)).isEqualTo(204);
        assertThat(rig.lamp()).isEqualTo(Indication.IN_DRILL);
    }

    @Test
    void an_order_whose_time_is_over_is_refused() {
        rig.pass(Duration.ofSeconds(50));
        refused(drill.push("fire-7", NOW, Duration.ofSeconds(40)), 403, "its time is over");
    }

    @Test
    void the_same_order_again_or_another_one_never_extends_a_drill() {
        long endNs = drill.sentNs() + QUARTER.toNanos();
        drill.push("fire-7", NOW, QUARTER);
        rig.pass(Duration.ofMinutes(10));
        assertThat(drill.push("fire-7", NOW, QUARTER)).as("known").isEqualTo(204);
        assertThat(drill.push("fire-8", NOW, QUARTER)).isEqualTo(403);
        assertThat(rig.remarks.getLast()).contains("drill fire-7 of education is not over");
        drill.until(endNs);
        assertThat(drill.push("fire-7", NOW, QUARTER)).as("over").isEqualTo(403);
        assertThat(rig.press().mode()).isEqualTo(Mode.LIVE);
    }

    @Test
    void a_live_press_ends_a_drill_for_good_even_if_the_order_comes_again() {
        drill.push("fire-7", NOW, QUARTER);
        rig.press();
        assertThat(rig.press().mode()).isEqualTo(Mode.LIVE);
        rig.session.reset(rig.now());
        rig.pass(Duration.ofSeconds(70));
        refused(drill.push("fire-7", NOW, QUARTER), 403, "it is over on this device");
    }

    @Test
    void no_drill_begins_while_a_live_alarm_is_latched() {
        rig.press();
        rig.passMs(100);
        assertThat(drill.push("fire-7", NOW, QUARTER)).isEqualTo(403);
        assertThat(rig.remarks.getLast()).contains("a live alarm is out");
        rig.session.reset(rig.now());
        rig.pass(Duration.ofSeconds(11));
        assertThat(rig.press().mode()).isEqualTo(Mode.LIVE);
    }

    @Test
    void a_live_alarm_before_its_beginning_calls_a_drill_off() {
        drill.push("fire-7", Duration.ofMinutes(1), QUARTER);
        rig.press();
        rig.session.reset(rig.now());
        rig.pass(Duration.ofMinutes(3));
        assertThat(rig.lamp()).isEqualTo(Indication.ARMED);
        assertThat(rig.press().mode()).isEqualTo(Mode.LIVE);
    }

    @Test
    void a_cancel_ends_the_drill_and_a_replayed_order_does_not_begin_it_again() {
        Bytes order = drill.order(drill.heard(), "fire-7", NOW, QUARTER);
        drill.push(order);
        assertThat(rig.lamp()).isEqualTo(Indication.IN_DRILL);
        assertThat(drill.push("fire-7", NOW, Duration.ZERO)).isEqualTo(204);
        assertThat(rig.lamp()).isEqualTo(Indication.ARMED);
        refused(drill.push(order), 403, "it is over on this device");
    }

    @Test
    void a_cancel_that_overtakes_its_order_still_counts() {
        Bytes order = drill.order(drill.heard(), "fire-7", NOW, QUARTER);
        assertThat(drill.push("fire-7", NOW, Duration.ZERO)).isEqualTo(204);
        refused(drill.push(order), 403, "it is over on this device");
    }

    @Test
    void a_stale_cancel_or_one_of_another_drill_ends_nothing() {
        Bytes stale = drill.order(drill.heard(), "fire-7", NOW, Duration.ZERO);
        rig.pass(Duration.ofMinutes(2));
        drill.push("fire-7", NOW, QUARTER);
        assertThat(drill.push(stale)).isEqualTo(403);
        drill.push("fire-8", NOW, Duration.ZERO);
        assertThat(rig.lamp()).isEqualTo(Indication.IN_DRILL);
    }

    @Test
    void ended_drills_beyond_what_is_remembered_do_not_revive_the_last() {
        drill.push("fire-7", NOW, QUARTER);
        drill.push("fire-7", NOW, Duration.ZERO);
        for (int i = 0; i < 2 * Drills.MAX_OVER; i++) {
            drill.push("other-" + i, NOW, Duration.ZERO);
        }
        assertThat(rig.press().mode()).isEqualTo(Mode.LIVE);
    }

    @Test
    void an_order_of_a_centre_that_would_not_get_the_presses_is_refused() {
        Settings usual = rig.settings;
        CentreLink education = usual.centres().getLast();
        CentreLink noPanics = new CentreLink(
                education.id(),
                education.addresses(),
                education.keys(),
                EnumSet.complementOf(EnumSet.of(AlarmKind.PANIC)),
                Set.of(Mode.values()));
        SessionRig deaf = new SessionRig();
        deaf.with(new Settings(
                        usual.device(),
                        usual.place(),
                        List.of(),
                        List.of(usual.centres().getFirst(), noPanics),
                        usual.heartbeat(),
                        Limits.DEFAULT,
                        usual.software()))
                .ready();
        Heartbeat heard = deaf.education.heartbeats().getLast();
        Bytes order = signed(order(deaf.education, heard, "fire-7", NOW, QUARTER), deaf.education.signer());
        assertThat(deaf.transport.push("order", order)).isEqualTo(403);
        assertThat(deaf.remarks.getLast()).contains("no centre would get its alarms");
    }

    @Test
    void an_answer_is_no_order_and_an_order_no_answer() {
        Bytes order = DrillMessages.sign(
                        order(rig.education, drill.heard(), "fire-7", NOW, QUARTER), rig.education.signer())
                .bytes();
        assertThat(rig.transport.push("receipt", order)).isEqualTo(401);
        rig.press();
        rig.passMs(100);
        Bytes receipt = rig.education.accept(rig.education.alarms().getFirst().id(), "Li");
        assertThat(drill.push(receipt)).isEqualTo(401);
    }

    @Test
    void orders_one_after_another_keep_a_device_in_drills_for_no_more_than_two_hours_of_a_day() {
        for (int i = 0; i < 8; i++) {
            long endNs = drill.sentNs() + QUARTER.toNanos();
            assertThat(drill.push("drill-" + i, NOW, QUARTER)).isEqualTo(204);
            drill.until(endNs);
        }
        refused(drill.push("drill-8", NOW, QUARTER), 403, "more than 2 h of 24");
        rig.session.reset(rig.now());
        rig.pass(Duration.ofHours(24));
        assertThat(drill.push("drill-9", NOW, QUARTER)).isEqualTo(204);
    }

    @Test
    void a_drill_that_was_ended_early_counts_for_as_long_as_it_was_there() {
        for (int i = 0; i < 8; i++) {
            assertThat(drill.push("drill-" + i, NOW, Duration.ofHours(1))).isEqualTo(204);
            rig.pass(Duration.ofMinutes(1));
            drill.push("drill-" + i, NOW, Duration.ZERO);
        }
        assertThat(drill.push("longest", NOW, DrillOrder.MAX_LASTS)).isEqualTo(403);
        assertThat(drill.push("an-hour", NOW, Duration.ofHours(1))).isEqualTo(204);
    }

    @Test
    void a_refusal_is_remarked_once_in_a_row() {
        Bytes caught = drill.order(drill.heard(), "fire-7", NOW, QUARTER);
        rig.pass(Duration.ofMinutes(2));
        for (int i = 0; i < 100; i++) {
            drill.push(caught);
        }
        assertThat(rig.remarks.stream().filter(r -> r.contains("refused"))).hasSize(1);
    }

    @Test
    void every_heartbeat_has_an_echo_of_its_own() {
        rig.pass(Duration.ofMinutes(10));
        List<Long> echoes = new java.util.ArrayList<>();
        rig.education.heartbeats().forEach(h -> echoes.add(h.echo()));
        rig.police.heartbeats().forEach(h -> echoes.add(h.echo()));
        assertThat(echoes).hasSizeGreaterThan(20).doesNotHaveDuplicates().doesNotContain(0L);
    }
}
