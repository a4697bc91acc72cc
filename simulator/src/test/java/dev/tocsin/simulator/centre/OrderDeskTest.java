package dev.tocsin.simulator.centre;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.codec.Messages;
import dev.tocsin.sdk.codec.OrderMessages;
import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.DeviceOrder;
import dev.tocsin.sdk.model.OrderResult;
import dev.tocsin.sdk.model.OrderTask;
import dev.tocsin.simulator.centre.evidence.MemoryEvidence;
import dev.tocsin.simulator.centre.ledger.EntryType;
import dev.tocsin.simulator.centre.ledger.LedgerCheck;
import dev.tocsin.simulator.centre.ledger.MemoryLedger;
import dev.tocsin.simulator.centre.ledger.OrderStanding;
import dev.tocsin.simulator.centre.ledger.Submission;
import dev.tocsin.simulator.centre.registry.Registry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An order from its entry in the ledger to the device and its result back into the ledger, by the way of a whole centre. */
final class OrderDeskTest {

    private static final OrderTask LOCATE = new OrderTask.Locate(Duration.ofMinutes(2));
    private static final OrderTask REBOOT = new OrderTask.Reboot();

    private final HandTime time = new HandTime();
    private final TestDevice button = new TestDevice("school-007/button-3");
    private final TestDevice other = new TestDevice("school-008/button-1");
    private final TestDevice centreKey = new TestDevice("education");
    private final MemoryLedger ledger = new MemoryLedger(time);
    private final List<String> audit = new ArrayList<>();
    private final TestPeer peer = new TestPeer(button.id());
    private final List<Given> given = new ArrayList<>();
    private final Reply replies = (code, content, payload) -> given.add(new Given(code, payload));
    private Registry registry = TestRegistry.of(button, other);
    private Centre centre = startCentre();

    private record Given(int code, Bytes payload) {}

    private Centre startCentre() {
        Centre started = new Centre(
                Settings.of("education"),
                centreKey.signer(),
                () -> registry,
                new Centre.Ports(ledger, new MemoryEvidence(time), audit::add, time, time, Optional.empty()));
        started.start();
        settle();
        return started;
    }

    private void settle() {
        do {
            time.run();
        } while (ledger.commit() > 0);
        time.run();
    }

    private void give(OrderTask task, Duration expires) {
        ledger.submit(
                new Submission.GiveOrder(button.id(), task, time.wallTime().plus(expires), "Zhang"), outcome -> {});
        settle();
        time.advance(Settings.LEDGER_POLL); // as if another process had written it
        settle();
    }

    private List<DeviceOrder> beat(long echo) {
        int before = given.size();
        centre.heartbeat(button.heartbeat(1, TestDevice.NONCE, echo, Optional.empty()), peer, replies);
        settle();
        Bytes answer = given.get(before).payload();
        return Messages.readHeartbeatAnswer(answer).orThrow().signed().stream()
                .map(OrderDeskTest::order)
                .toList();
    }

    private static DeviceOrder order(Bytes signed) {
        return OrderMessages.readOrder(SignedEnvelope.read(signed).orThrow()).orThrow();
    }

    @Test
    void a_revoked_device_is_not_told_of_orders_any_more() {
        beat(7);
        registry = TestRegistry.revoked(button);
        centre.registryChanged();
        settle();
        give(LOCATE, Duration.ofHours(1));
        assertThat(peer.pushes()).isEmpty();
    }

    private int result(long number, OrderResult.State state, String text) {
        return result(button, "education", number, state, text);
    }

    private int result(TestDevice by, String to, long number, OrderResult.State state, String text) {
        OrderResult result = new OrderResult(
                button.id(), to, number, Bytes.ofHex("ab".repeat(32)), state, 1, TestDevice.time(), text);
        int before = given.size();
        centre.result(OrderMessages.sign(result, by.signer()).bytes(), peer, replies);
        settle();
        return given.get(before).code();
    }

    private OrderStanding standing(int index) {
        return OrderStanding.all(ledger).get(index);
    }

    @Test
    void an_order_is_pushed_at_once_and_offered_in_each_answer_until_there_is_a_result() {
        beat(7);
        give(LOCATE, Duration.ofHours(1));
        assertThat(peer.pushes()).hasSize(1);
        DeviceOrder pushed = order(peer.pushes().getFirst().signed());
        assertThat(pushed.number()).isEqualTo(1);
        assertThat(pushed.echo()).isEqualTo(7);
        assertThat(pushed.task()).isEqualTo(LOCATE);
        assertThat(beat(8)).singleElement().satisfies(o -> {
            assertThat(o.echo()).isEqualTo(8);
            assertThat(o.number()).isEqualTo(1);
            assertThat(o.expiresAfter()).isLessThanOrEqualTo(Duration.ofHours(1));
        });
        assertThat(result(1, OrderResult.State.DONE, "blinks")).isEqualTo(204);
        assertThat(beat(9)).isEmpty();
        assertThat(standing(0).word(time.wallTime())).isEqualTo("done");
        assertThat(audit).anyMatch(line -> line.contains("order 1 done: blinks"));
    }

    @Test
    void orders_to_a_device_come_one_at_a_time_and_in_turn() {
        give(LOCATE, Duration.ofHours(1));
        give(REBOOT, Duration.ofHours(1));
        assertThat(beat(7)).extracting(DeviceOrder::task).containsExactly(LOCATE);
        result(1, OrderResult.State.REFUSED, "no");
        assertThat(beat(8)).extracting(DeviceOrder::task).containsExactly(REBOOT);
        assertThat(beat(8)).extracting(DeviceOrder::number).containsExactly(2L);
    }

    @Test
    void an_order_whose_time_is_over_is_not_offered_and_shown_as_expired() {
        give(LOCATE, Duration.ofMinutes(1));
        time.advance(Duration.ofMinutes(2));
        settle();
        assertThat(beat(7)).isEmpty();
        assertThat(standing(0).word(time.wallTime())).isEqualTo("expired");
        assertThat(audit).anyMatch(line -> line.contains("order 1 to school-007/button-3 (locate for 2m) expired"));
    }

    @Test
    void a_restart_of_the_centre_forgets_no_order_and_repeats_none() {
        give(LOCATE, Duration.ofHours(1));
        centre.close();
        centre = startCentre();
        assertThat(beat(7)).extracting(DeviceOrder::number).containsExactly(1L);
        result(1, OrderResult.State.UNDER_WAY, "");
        centre = startCentre();
        assertThat(beat(8)).isEmpty();
        give(REBOOT, Duration.ofHours(1));
        assertThat(beat(9)).extracting(DeviceOrder::number).containsExactly(2L);
    }

    @Test
    void a_result_that_comes_again_is_one_entry_and_the_first_final_word_stands() {
        give(REBOOT, Duration.ofHours(1));
        result(1, OrderResult.State.UNDER_WAY, "restarts");
        result(1, OrderResult.State.UNDER_WAY, "restarts");
        assertThat(result(1, OrderResult.State.DONE, "restarted")).isEqualTo(204);
        assertThat(result(1, OrderResult.State.FAILED, "late")).isEqualTo(204);
        assertThat(ledger.orders(Long.MAX_VALUE, 10))
                .filteredOn(e -> e.type() == EntryType.ORDER_RESULT)
                .hasSize(3);
        assertThat(standing(0).word(time.wallTime())).isEqualTo("done");
        assertThat(standing(0).text()).isEqualTo("restarted");
    }

    @Test
    void a_result_that_the_ordered_device_did_not_sign_or_of_no_order_here_is_refused_with_a_reason() {
        give(LOCATE, Duration.ofHours(1));
        assertThat(result(other, "education", 1, OrderResult.State.DONE, "")).isEqualTo(403);
        assertThat(result(new TestDevice("stranger"), "education", 1, OrderResult.State.DONE, ""))
                .isEqualTo(401);
        assertThat(result(button, "police", 1, OrderResult.State.DONE, "")).isEqualTo(403);
        assertThat(result(2, OrderResult.State.DONE, "")).isEqualTo(404);
        assertThat(standing(0).state()).isEmpty();
        assertThat(audit).anyMatch(line -> line.contains("a result: no order 2"));
        int before = given.size();
        centre.result(Bytes.ofHex("00"), peer, replies);
        assertThat(given.get(before).code()).isEqualTo(400);
    }

    @Test
    void order_and_result_are_in_the_chain_with_the_device_s_signature() {
        give(LOCATE, Duration.ofHours(1));
        result(1, OrderResult.State.DONE, "blinks");
        assertThat(LedgerCheck.run(ledger, key -> registry.byKey(key).map(d -> d.key())))
                .isInstanceOfSatisfying(
                        LedgerCheck.Result.Sound.class,
                        sound -> assertThat(sound.signatures()).isEqualTo(1));
    }
}
