package dev.tocsin.sdk.session;

import static dev.tocsin.sdk.session.OrderRig.BYPASS;
import static dev.tocsin.sdk.session.OrderRig.FASTER;
import static dev.tocsin.sdk.session.OrderRig.LOCATE;
import static dev.tocsin.sdk.session.OrderRig.REBOOT;
import static dev.tocsin.sdk.session.OrderRig.SELF_TEST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.codec.OrderMessages;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.DeviceOrder;
import dev.tocsin.sdk.model.Mode;
import dev.tocsin.sdk.model.OrderResult.State;
import dev.tocsin.sdk.model.OrderTask;
import dev.tocsin.sdk.testkit.MemoryStorage.Unsynced;
import dev.tocsin.sdk.testkit.ScriptedCentre.Reply;
import dev.tocsin.sdk.testkit.TestKeys;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which orders a device believes, and that each is decided once. */
class OrdersTest {

    private final OrderRig orders = OrderRig.ready();
    private final SessionRig rig = orders.rig;

    static List<OrderTask> tasks() {
        return List.of(FASTER, LOCATE, SELF_TEST, REBOOT, BYPASS);
    }

    /** Nothing happened, and no result was told. */
    private void disbelieved(int code, int expected) {
        assertThat(code).isEqualTo(expected);
        assertThat(rig.education.results()).isEmpty();
        assertThat(rig.lamp()).isEqualTo(Indication.ARMED);
    }

    @Test
    void an_order_is_done_and_answered_from_a_push_as_from_a_heartbeat_s_answer() {
        assertThat(orders.push(1, LOCATE)).isEqualTo(204);
        assertThat(rig.lamp()).isEqualTo(Indication.LOCATE);
        assertThat(orders.result().state()).isEqualTo(State.DONE);
        assertThat(orders.result().number()).isEqualTo(1);
        rig.pass(Duration.ofMinutes(3));
        assertThat(rig.lamp()).isEqualTo(Indication.ARMED);
        rig.education.tellOfHeartbeat(h -> orders.signed(rig.education, orders.order(rig.education, 2, LOCATE)));
        rig.pass(Duration.ofMinutes(1).plusSeconds(1));
        assertThat(orders.result().number()).isEqualTo(2);
        assertThat(rig.lamp()).isEqualTo(Indication.LOCATE);
    }

    @Test
    void a_result_names_the_exact_order_and_is_signed_by_the_device() {
        Bytes order = orders.signed(rig.education, orders.order(rig.education, 7, LOCATE));
        orders.push(order);
        assertThat(orders.result().orderSha256()).isEqualTo(order.sha256());
        assertThat(orders.result().device()).isEqualTo("school-007/button-3");
        assertThat(orders.result().boot()).isEqualTo(1);
        Bytes sent = rig.network
                .sent(SessionRig.EDUCATION, "order-result")
                .getLast()
                .post()
                .payload();
        assertThat(dev.tocsin.sdk.codec.SignedEnvelope.read(sent)
                        .orThrow()
                        .isSignedBy(TestKeys.verifier("school-007/button-3")))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void the_same_order_again_is_done_once_and_gets_the_same_result(OrderTask task) {
        orders.push(1, task);
        rig.pass(Duration.ofSeconds(20));
        String text = orders.result().text();
        int alarms = rig.education.alarms().size();
        int results = rig.education.results().size();
        orders.push(1, task);
        rig.pass(Duration.ofSeconds(20));
        assertThat(rig.education.results()).hasSizeGreaterThan(results);
        assertThat(orders.result().text()).isEqualTo(text);
        assertThat(rig.education.alarms()).hasSize(alarms);
        assertThat(orders.restarts).isLessThanOrEqualTo(1);
    }

    @Test
    void another_order_under_a_number_that_was_used_is_not_done() {
        orders.push(1, LOCATE);
        assertThat(orders.push(1, REBOOT)).isEqualTo(403);
        rig.pass(Duration.ofSeconds(10));
        assertThat(orders.restarts).isZero();
    }

    @Test
    void a_caught_order_is_not_fresh_two_heartbeats_later() {
        Bytes caught = orders.signed(rig.education, orders.order(rig.education, 1, LOCATE));
        rig.pass(Duration.ofMinutes(2));
        disbelieved(orders.push(caught), 403);
    }

    @Test
    void a_caught_order_is_not_fresh_after_a_reboot() {
        Bytes caught = orders.signed(rig.education, orders.order(rig.education, 1, LOCATE));
        orders.reboot(Unsynced.LOST);
        disbelieved(orders.push(caught), 403);
    }

    @Test
    void an_order_whose_number_went_back_is_refused_under_the_device_s_signature_and_so_after_a_reboot() {
        orders.push(5, SELF_TEST);
        rig.passMs(1_000);
        assertThat(orders.push(4, REBOOT)).isEqualTo(403);
        assertThat(orders.result().state()).isEqualTo(State.REFUSED);
        assertThat(orders.result().text()).contains("not above 5");
        orders.reboot(Unsynced.LOST);
        assertThat(orders.push(4, REBOOT)).isEqualTo(403);
        assertThat(orders.push(5, SELF_TEST)).as("known").isEqualTo(204);
        rig.pass(Duration.ofSeconds(10));
        assertThat(orders.restarts).isZero();
        assertThat(rig.education.alarms()).as("one self-test").hasSize(1);
    }

    @Test
    void an_order_for_another_device_is_not_done() {
        DeviceOrder mine = orders.order(rig.education, 1, LOCATE);
        DeviceOrder other = new DeviceOrder(
                mine.centre(), "school-007/button-4", 1, mine.echo(), mine.expiresAfter(), "Zhang", LOCATE);
        disbelieved(orders.push(orders.signed(rig.education, other)), 403);
        assertThat(rig.remarks.getLast()).contains("it is for school-007/button-4");
    }

    @Test
    void a_forged_order_is_not_done() {
        byte[] bytes = orders.signed(rig.education, orders.order(rig.education, 1, LOCATE))
                .toArray();
        bytes[bytes.length - 1] ^= 1;
        disbelieved(orders.push(Bytes.wrap(bytes)), 401);
        DeviceOrder order = orders.order(rig.education, 1, LOCATE);
        disbelieved(
                orders.push(
                        OrderMessages.sign(order, TestKeys.signer("stranger")).bytes()),
                401);
        disbelieved(orders.push(OrderMessages.sign(order, rig.police.signer()).bytes()), 401);
    }

    @Test
    void an_order_over_another_centre_s_heartbeat_is_not_done() {
        DeviceOrder mine = orders.order(rig.education, 1, LOCATE);
        long other = rig.police.heartbeats().getLast().echo();
        disbelieved(
                orders.push(orders.signed(
                        rig.education,
                        new DeviceOrder(mine.centre(), mine.device(), 1, other, mine.expiresAfter(), "Zhang", LOCATE))),
                403);
    }

    @Test
    void an_order_that_comes_after_its_time_is_refused_under_the_device_s_signature() {
        DeviceOrder order = orders.order(rig.education, 1, LOCATE);
        rig.pass(Duration.ofSeconds(20));
        Bytes late = orders.signed(
                rig.education,
                new DeviceOrder(
                        order.centre(), order.device(), 1, order.echo(), Duration.ofSeconds(10), "Zhang", LOCATE));
        assertThat(orders.push(late)).isEqualTo(403);
        assertThat(orders.result().state()).isEqualTo(State.REFUSED);
        assertThat(orders.result().text()).contains("after its time");
        assertThat(rig.lamp()).isEqualTo(Indication.ARMED);
    }

    @Test
    void what_one_authority_may_order_another_may_not() {
        for (OrderTask task : List.of(FASTER, REBOOT, BYPASS)) {
            long number = rig.police.results().size() + 1L;
            assertThat(orders.push(rig.police, number, task)).isEqualTo(403);
            assertThat(rig.police.results().getLast().state()).isEqualTo(State.REFUSED);
            assertThat(rig.police.results().getLast().text())
                    .isEqualTo("police may not order " + task.kind().word() + " here");
        }
        rig.pass(Duration.ofSeconds(10));
        assertThat(orders.restarts).isZero();
        assertThat(rig.lamp()).isEqualTo(Indication.ARMED);
        assertThat(rig.education.reports())
                .as("told in every audit")
                .anyMatch(r -> r.text().contains("of police (reboot, by Zhang) refused"));
        assertThat(orders.push(rig.police, 9, LOCATE)).isEqualTo(204);
        assertThat(rig.lamp()).isEqualTo(Indication.LOCATE);
    }

    @Test
    void the_numbers_of_two_centres_have_nothing_to_do_with_each_other() {
        orders.push(50, LOCATE);
        assertThat(orders.push(rig.police, 1, LOCATE)).isEqualTo(204);
        assertThat(rig.police.results().getLast().state()).isEqualTo(State.DONE);
    }

    @Test
    void an_order_that_the_disk_cannot_keep_is_not_done() {
        rig.storage.failSyncs(1);
        assertThat(orders.push(1, REBOOT)).isEqualTo(204);
        rig.pass(Duration.ofSeconds(10));
        assertThat(orders.restarts).isZero();
        assertThat(orders.result().state()).isEqualTo(State.REFUSED);
        assertThat(orders.result().text()).contains("cannot keep it");
    }

    @Test
    void a_flood_of_orders_writes_no_more_than_so_often_and_holds_up_no_press() {
        for (int i = 1; i <= 500; i++) {
            rig.transport.push("order", orders.signed(rig.education, orders.order(rig.education, i, LOCATE)));
        }
        assertThat(rig.press().mode()).isEqualTo(Mode.LIVE);
        rig.pass(Duration.ofSeconds(20));
        assertThat(rig.education.results().stream().map(r -> r.number()).distinct())
                .hasSizeLessThanOrEqualTo(Orders.MAX_A_MINUTE);
        assertThat(rig.education.alarms()).hasSize(1);
        assertThat(rig.lamp()).isEqualTo(Indication.RECEIVED);
    }

    @Test
    void a_result_is_told_until_its_centre_has_it_over_outages_and_reboots() {
        rig.education.answersResults(new Reply.Nothing());
        orders.push(1, SELF_TEST);
        rig.pass(Duration.ofMinutes(2));
        assertThat(rig.education.results()).isEmpty();
        orders.reboot(Unsynced.LOST);
        rig.education.answersResults(new Reply.Says(204, Bytes.EMPTY, Duration.ZERO));
        rig.pass(Duration.ofMinutes(2));
        assertThat(orders.result().state()).isEqualTo(State.DONE);
        int told = rig.education.results().size();
        orders.reboot(Unsynced.LOST);
        rig.pass(Duration.ofMinutes(2));
        assertThat(rig.education.results()).as("not told again").hasSize(told);
    }

    @Test
    void an_order_during_a_drill_does_not_touch_it() {
        rig.education.tellOfHeartbeat(h -> DrillRig.signed(
                DrillRig.order(rig.education, h, "fire-7", DrillRig.NOW, DrillRig.QUARTER), rig.education.signer()));
        rig.pass(Duration.ofMinutes(1));
        assertThat(rig.lamp()).isEqualTo(Indication.IN_DRILL);
        for (OrderTask task : List.of(LOCATE, SELF_TEST, REBOOT)) {
            orders.push(rig.education.results().size() + 1L, task);
            assertThat(orders.result().text()).isEqualTo("a drill runs");
        }
        orders.push(9, FASTER);
        rig.pass(Duration.ofSeconds(11));
        assertThat(rig.lamp()).isEqualTo(Indication.IN_DRILL);
        assertThat(rig.press().mode()).isEqualTo(Mode.DRILL);
        assertThat(rig.press().mode()).isEqualTo(Mode.LIVE);
    }
}
