package dev.tocsin.simulator.centre;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.codec.DrillMessages;
import dev.tocsin.sdk.codec.Messages;
import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.DrillOrder;
import dev.tocsin.sdk.model.DrillState;
import dev.tocsin.sdk.model.Mode;
import dev.tocsin.simulator.centre.evidence.MemoryEvidence;
import dev.tocsin.simulator.centre.ledger.DrillPlan;
import dev.tocsin.simulator.centre.ledger.Entry;
import dev.tocsin.simulator.centre.ledger.EntryType;
import dev.tocsin.simulator.centre.ledger.MemoryLedger;
import dev.tocsin.simulator.centre.ledger.Submission;
import dev.tocsin.simulator.centre.registry.Registry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A drill from its entry in the ledger to the device, by the way of a whole centre. */
final class DrillDeskTest {

    private static final long NONCE = TestDevice.NONCE;

    private final HandTime time = new HandTime();
    private final TestDevice button = new TestDevice("school-007/button-3");
    private final TestDevice other = new TestDevice("school-008/button-1");
    private final TestDevice centreKey = new TestDevice("education");
    private final MemoryLedger ledger = new MemoryLedger(time);
    private final List<String> audit = new ArrayList<>();
    private final TestPeer peer = new TestPeer(button.id());
    private final TestReplies replies = new TestReplies();
    private final Registry registry = TestRegistry.of(button, other);
    private Centre centre = startCentre(true);

    private Centre startCentre(boolean drills) {
        Settings usual = Settings.of("education");
        Centre started = new Centre(
                new Settings(
                        usual.id(), usual.heartbeat(), usual.offlineGrace(), usual.ledgerPoll(), List.of(), drills),
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

    private void advance(Duration by) {
        time.advance(by);
        settle();
    }

    private DrillPlan plan(String order, Duration in, Duration lasts) {
        return new DrillPlan(
                order,
                "school-007/*",
                time.wallTime().plus(in),
                time.wallTime().plus(in).plus(lasts),
                "building B");
    }

    private DrillPlan begin(Duration in, Duration lasts) {
        DrillPlan plan = plan("fire-7", in, lasts);
        ledger.submit(new Submission.BeginDrill(plan, "Zhang"), outcome -> {});
        settle();
        advance(Settings.LEDGER_POLL); // as if another process had written it
        return plan;
    }

    /** What a heartbeat's answer orders. */
    private List<DrillOrder> heartbeat(TestDevice device, long echo, Optional<DrillState> state) {
        centre.heartbeat(device.heartbeat(1, NONCE, echo, state), new TestPeer(device.id()), replies);
        settle();
        return Messages.readHeartbeatAnswer(replies.take().payload()).orThrow().signed().stream()
                .map(this::order)
                .toList();
    }

    private DrillOrder order(Bytes signed) {
        SignedEnvelope envelope = SignedEnvelope.read(signed).orThrow();
        assertThat(envelope.keyId()).isEqualTo(centreKey.signer().keyId());
        return DrillMessages.readOrder(envelope).orThrow();
    }

    @Test
    void a_device_of_the_drill_gets_an_order_over_its_own_echo_and_no_other_device_does() {
        begin(Duration.ofMinutes(5), Duration.ofMinutes(15));
        advance(Duration.ofMinutes(1).minus(Settings.LEDGER_POLL));
        assertThat(heartbeat(button, 77, Optional.empty()))
                .containsExactly(new DrillOrder(
                        "education",
                        "fire-7",
                        button.id(),
                        77,
                        "building B",
                        Duration.ZERO,
                        Duration.ofMinutes(4),
                        Duration.ofMinutes(15),
                        "Zhang"));
        assertThat(heartbeat(other, 78, Optional.empty())).isEmpty();
        assertThat(heartbeat(button, 0, Optional.empty())).as("takes no orders").isEmpty();
    }

    @Test
    void a_drill_that_has_begun_lasts_only_what_is_left_of_it() {
        begin(Duration.ZERO, Duration.ofMinutes(15));
        advance(Duration.ofMinutes(10).minus(Settings.LEDGER_POLL));
        DrillOrder order = heartbeat(button, 77, Optional.empty()).getFirst();
        assertThat(order.startsAfter()).isZero();
        assertThat(order.lasts()).isEqualTo(Duration.ofMinutes(5));
        advance(Duration.ofMinutes(5));
        assertThat(heartbeat(button, 79, Optional.empty())).as("over").isEmpty();
    }

    @Test
    void it_is_offered_until_the_device_confirms_it_and_never_again() {
        begin(Duration.ZERO, Duration.ofMinutes(15));
        assertThat(heartbeat(button, 1, Optional.empty())).hasSize(1);
        assertThat(heartbeat(button, 2, Optional.empty())).hasSize(1);
        DrillState runs = new DrillState("fire-7", Duration.ZERO, Duration.ofMinutes(10));
        assertThat(heartbeat(button, 3, Optional.of(runs))).isEmpty();
        assertThat(audit).anyMatch(line -> line.equals("drill fire-7 stands on " + button.id()));
        assertThat(heartbeat(button, 4, Optional.empty())).as("it was rebooted").isEmpty();
    }

    @Test
    void who_can_be_reached_is_told_at_once_of_the_beginning_and_of_the_end() {
        centre.heartbeat(button.heartbeat(1, NONCE, 77, Optional.empty()), peer, replies);
        settle();
        DrillPlan plan = begin(Duration.ZERO, Duration.ofMinutes(15));
        assertThat(peer.pushes()).hasSize(1).allMatch(push -> push.path().equals("order"));
        DrillOrder order = order(peer.answer(Peer.PushResult.TAKEN));
        assertThat(order.echo()).isEqualTo(77);

        ledger.submit(new Submission.EndDrill(plan, "Li"), outcome -> {});
        settle();
        advance(Settings.LEDGER_POLL);
        DrillOrder end = order(peer.answer(Peer.PushResult.NO_ANSWER));
        assertThat(end.isCancel()).isTrue();
        assertThat(end.by()).isEqualTo("Li");
        replies.take();
        DrillState runs = new DrillState("fire-7", Duration.ZERO, Duration.ofMinutes(10));
        assertThat(heartbeat(button, 78, Optional.of(runs)))
                .as("it stands there still")
                .allMatch(DrillOrder::isCancel)
                .hasSize(1);
        DrillState over = new DrillState("fire-7", Duration.ZERO, Duration.ZERO);
        assertThat(heartbeat(button, 79, Optional.of(over))).isEmpty();
    }

    @Test
    void a_restart_of_the_centre_does_not_forget_a_drill_or_its_end() {
        DrillPlan plan = begin(Duration.ZERO, Duration.ofMinutes(15));
        centre.close();
        centre = startCentre(true);
        assertThat(heartbeat(button, 1, Optional.empty())).hasSize(1);
        ledger.submit(new Submission.EndDrill(plan, "Li"), outcome -> {});
        settle();
        centre.close();
        centre = startCentre(true);
        assertThat(heartbeat(button, 2, Optional.empty())).isEmpty();
    }

    @Test
    void a_centre_that_takes_no_drills_orders_none() {
        centre.close();
        centre = startCentre(false);
        begin(Duration.ZERO, Duration.ofMinutes(15));
        assertThat(heartbeat(button, 1, Optional.empty())).isEmpty();
        assertThat(audit).anyMatch(line -> line.contains("takes no drills"));
    }

    @Test
    void a_drill_alarm_where_no_drills_are_taken_is_kept_as_a_conflict_and_a_fault_and_receipted() {
        Bytes signed = button.sign(drillAlarm());
        centre.alarm(signed, true, peer, replies);
        settle();
        assertThat(replies.take().code()).isEqualTo(204);
        assertThat(ledger.entries(1, 10)).extracting(Entry::type).containsExactly(EntryType.ALARM);

        MemoryLedger ofPolice = new MemoryLedger(time);
        Centre police = new Centre(
                Settings.of("police"),
                centreKey.signer(),
                () -> registry,
                new Centre.Ports(ofPolice, new MemoryEvidence(time), audit::add, time, time, Optional.empty()));
        for (int i = 0; i < 2; i++) {
            police.alarm(signed, true, peer, replies);
            ofPolice.commit();
            assertThat(replies.take().answer().alarm()).isEqualTo(button.alarmId(1));
        }
        assertThat(ofPolice.entries(1, 10))
                .extracting(Entry::type)
                .as("once, and no ALARM")
                .containsExactly(EntryType.CONFLICT, EntryType.FAULT);
        assertThat(ofPolice.entries(1, 1).getFirst().fact().detail()).contains("nobody is to act on it");
    }

    private Alarm drillAlarm() {
        Alarm live = button.panic(1);
        return new Alarm(
                live.id(),
                live.kind(),
                live.state(),
                Mode.DRILL,
                live.place(),
                live.cameras(),
                live.time(),
                live.stages(),
                live.about(),
                live.text());
    }

    @Test
    void a_plan_can_be_read_back_from_its_entry_and_knows_its_devices() {
        begin(Duration.ofMinutes(5), Duration.ofMinutes(15));
        Entry entry = ledger.entries(1, 1).getFirst();
        DrillPlan read = DrillPlan.of(entry).orElseThrow();
        assertThat(read.places()).isEqualTo("building B");
        assertThat(Duration.between(read.begins(), read.ends())).isEqualTo(Duration.ofMinutes(15));
        assertThat(read.covers("school-007/button-3")).isTrue();
        assertThat(read.covers("school-0070/button-3")).isFalse();
        assertThat(read.covers("x/school-007/button-3")).isFalse();
        DrillPlan odd = new DrillPlan("o", "a.*b*", read.begins(), read.ends(), "");
        assertThat(odd.covers("a.1b2")).isTrue();
        assertThat(odd.covers("ax1b2")).as("a dot is a dot").isFalse();
    }
}
