package dev.tocsin.sdk.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.journal.Limits;
import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.Mode;
import dev.tocsin.sdk.model.ReceiptStage;
import dev.tocsin.sdk.testkit.ScriptedCentre.Reply;
import dev.tocsin.sdk.testkit.ScriptedNetwork.Sent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeliveryTest {

    @Test
    void the_first_datagram_leaves_at_once_and_long_before_the_journal_is_synced() {
        SessionRig rig = new SessionRig().ready();
        rig.storage.syncTime(Duration.ofSeconds(1));
        long pressNs = rig.time.nanoTime();
        Alarm alarm = rig.press();
        rig.time.settle();

        assertThat(rig.alarms(SessionRig.POLICE))
                .hasSize(1)
                .first()
                .extracting(Sent::atNs)
                .isEqualTo(pressNs);
        assertThat(rig.alarms(SessionRig.EDUCATION))
                .hasSize(1)
                .first()
                .extracting(Sent::atNs)
                .isEqualTo(pressNs);
        rig.passMs(40);
        assertThat(rig.status(alarm).isReceivedByAll())
                .as("received before it was kept")
                .isTrue();
        assertThat(rig.status(alarm).keptNs()).isEmpty();
        assertThat(rig.delivery(alarm, "police").firstSentNs()).hasValue(pressNs);
        assertThat(rig.delivery(alarm, "police").receivedNs()).hasValue(pressNs + 40_000_000);
        rig.pass(Duration.ofSeconds(2));
        assertThat(rig.status(alarm).keptNs()).hasValue(pressNs + 2_000_000_000L);
    }

    @Test
    void an_alarm_goes_to_both_centres_in_parallel_and_stops_when_each_has_it() {
        SessionRig rig = new SessionRig().ready();
        Alarm alarm = rig.press();
        rig.pass(Duration.ofMinutes(5));
        assertThat(rig.police.alarms()).containsExactly(alarm);
        assertThat(rig.education.alarms()).containsExactly(alarm);
        assertThat(rig.alarms(SessionRig.POLICE)).hasSize(1);
        assertThat(rig.alarms(SessionRig.EDUCATION)).hasSize(1);
        assertThat(rig.police.ledger().getFirst().envelope())
                .as("the very bytes")
                .isEqualTo(rig.status(alarm).envelope())
                .isEqualTo(rig.education.ledger().getFirst().envelope());
    }

    @Test
    void a_dead_centre_does_not_delay_the_other() {
        SessionRig rig = new SessionRig();
        rig.network.down(SessionRig.POLICE);
        rig.ready();
        for (int i = 0; i < 20; i++) {
            long pressNs = rig.time.nanoTime();
            Alarm alarm = rig.raise(AlarmKind.FALL);
            rig.passMs(40);
            assertThat(rig.delivery(alarm, "education").receivedNs()).hasValue(pressNs + 40_000_000);
            assertThat(rig.state(alarm, "police")).isEqualTo(Delivery.State.SENDING);
        }
        rig.network.up(SessionRig.POLICE);
        rig.pass(Duration.ofSeconds(15));
        assertThat(rig.police.alarms()).containsExactlyInAnyOrderElementsOf(rig.education.alarms());
    }

    @Test
    void a_silent_centre_is_tried_for_ever_on_the_schedule_that_is_written_down() {
        SessionRig rig = new SessionRig();
        rig.network.down(SessionRig.POLICE);
        rig.ready();
        long pressNs = rig.time.nanoTime();
        Alarm alarm = rig.press();
        rig.pass(Duration.ofHours(3));

        List<Sent> sent = rig.alarms(SessionRig.POLICE, alarm);
        assertThat(sent.getFirst().atNs()).isEqualTo(pressNs);
        double[] gaps = new double[sent.size() - 1];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = (sent.get(i + 1).atNs() - sent.get(i).atNs()) / 1e9;
        }
        assertThat(gaps[0]).as("1 s while there is no sample, stretched").isBetween(1.0, 1.5);
        for (int i = 1; i < 5; i++) {
            assertThat(gaps[i] / gaps[i - 1]).as("gap %d", i).isBetween(1.2499, 1.2501);
        }
        assertThat(gaps[5]).as("2 * 1.25^4 s, then doubling up to 8 s").isBetween(4.882, 4.883 * 1.2);
        for (int i = 6; i < gaps.length; i++) {
            double at = (sent.get(i).atNs() - pressNs) / 1e9;
            double timeout = at < 300 ? 8 : sent.get(i - 1).atNs() - pressNs < 300e9 ? 16 : 30;
            assertThat(gaps[i]).as("gap %d, %.0f s after the press", i, at).isBetween(timeout, timeout * 1.2);
        }
        assertThat((rig.time.nanoTime() - sent.getLast().atNs()) / 1e9)
                .as("still trying")
                .isLessThan(36.1);
        assertThat(rig.state(alarm, "police")).isEqualTo(Delivery.State.SENDING);
        assertThat(rig.delivery(alarm, "police").remark()).contains("no answer from " + SessionRig.POLICE);
        assertThat(sent).extracting(s -> s.post().timing().probeAt().orElse(-1)).startsWith(2, 2, 2, 2, 2, 0, 0);

        rig.network.up(SessionRig.POLICE);
        rig.pass(Duration.ofSeconds(37));
        assertThat(rig.police.alarms()).containsExactly(alarm);
    }

    @Test
    void under_heavy_loss_everything_arrives_once() {
        SessionRig rig = new SessionRig(77);
        rig.network.loss(0.4);
        rig.start();
        rig.pass(Duration.ofSeconds(1));
        List<Alarm> raised = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            raised.add(rig.raise(AlarmKind.FALL));
            rig.passMs(500);
        }
        rig.pass(Duration.ofMinutes(2));
        assertThat(rig.police.alarms()).containsExactlyInAnyOrderElementsOf(raised);
        assertThat(rig.education.alarms()).containsExactlyInAnyOrderElementsOf(raised);
        assertThat(rig.police.conflicts()).isEmpty();
        assertThat(raised).allMatch(a -> rig.status(a).isReceivedByAll());
    }

    @Test
    void the_backup_address_is_tried_when_the_primary_does_not_answer() {
        SessionRig rig = new SessionRig().withBackup();
        rig.ready();
        rig.network.down(SessionRig.POLICE);
        Alarm alarm = rig.press();
        rig.pass(Duration.ofSeconds(5));
        assertThat(rig.state(alarm, "police")).isEqualTo(Delivery.State.RECEIVED);
        assertThat(rig.alarms(SessionRig.POLICE, alarm))
                .as("eight quick tries first")
                .hasSize(8);
        assertThat(rig.alarms(SessionRig.BACKUP, alarm)).hasSize(1);

        Alarm next = rig.press();
        rig.passMs(100);
        assertThat(rig.alarms(SessionRig.POLICE, next))
                .as("straight to where it works")
                .isEmpty();
        assertThat(rig.state(next, "police")).isEqualTo(Delivery.State.RECEIVED);
    }

    @Test
    void the_backup_address_is_tried_at_once_when_the_primary_cannot_be_reached() {
        SessionRig rig = new SessionRig().withBackup();
        rig.ready();
        rig.network.unreachable(SessionRig.POLICE, "no route to host");
        Alarm alarm = rig.press();
        rig.passMs(50);
        assertThat(rig.state(alarm, "police")).isEqualTo(Delivery.State.RECEIVED);
    }

    @Test
    void the_backup_address_gets_quick_tries_of_its_own() {
        SessionRig rig = new SessionRig().withBackup();
        rig.ready();
        rig.network.down(SessionRig.POLICE);
        rig.network.down(SessionRig.BACKUP);
        Alarm alarm = rig.press();
        rig.pass(Duration.ofSeconds(20));
        assertThat(rig.alarms(SessionRig.BACKUP, alarm).stream()
                        .filter(s -> s.post().timing().retransmissions() == 4))
                .hasSize(5);
        rig.pass(Duration.ofMinutes(2));
        assertThat(rig.alarms(SessionRig.POLICE, alarm)).as("and on, by turns").hasSizeGreaterThan(8);
        assertThat(rig.alarms(SessionRig.BACKUP, alarm)).hasSizeGreaterThan(8);
    }

    @Test
    void the_primary_is_used_again_when_it_is_back() {
        SessionRig rig = new SessionRig().withBackup();
        rig.ready();
        rig.network.down(SessionRig.POLICE);
        rig.press();
        rig.pass(Duration.ofMinutes(3));
        rig.network.up(SessionRig.POLICE);
        rig.pass(Duration.ofMinutes(3));
        Alarm alarm = rig.press();
        rig.passMs(50);
        assertThat(rig.alarms(SessionRig.POLICE, alarm)).hasSize(1);
        assertThat(rig.alarms(SessionRig.BACKUP, alarm)).isEmpty();
    }

    @Test
    void with_both_addresses_dead_an_alarm_is_raised_in_ten_minutes_and_delivered_when_one_returns() {
        SessionRig rig = new SessionRig().withBackup();
        rig.network.down(SessionRig.POLICE);
        rig.network.unreachable(SessionRig.BACKUP, "no such host");
        rig.ready();
        Alarm alarm = rig.press();
        rig.pass(Duration.ofMinutes(10));
        rig.network.up(SessionRig.BACKUP);
        rig.pass(Duration.ofSeconds(75));
        assertThat(rig.state(alarm, "police")).isEqualTo(Delivery.State.RECEIVED);
    }

    @Test
    void a_dead_primary_does_not_starve_the_heartbeats_to_the_backup() {
        SessionRig rig = new SessionRig();
        rig.network.at(SessionRig.BACKUP, rig.police);
        rig.with(rig.settings(List.of(SessionRig.POLICE, SessionRig.BACKUP), Duration.ofSeconds(10), Limits.DEFAULT));
        rig.network.down(SessionRig.POLICE);
        rig.ready();
        rig.pass(Duration.ofMinutes(3));
        int before = rig.police.heartbeats().size();
        rig.indications.clear();
        rig.pass(Duration.ofMinutes(5));
        assertThat(rig.police.heartbeats().size() - before).isBetween(29, 31);
        assertThat(rig.indications).isEmpty();
        assertThat(rig.lamp()).isEqualTo(Indication.ARMED);
    }

    @Test
    void a_slow_centre_s_answer_counts_when_it_comes() {
        SessionRig rig = new SessionRig().ready();
        rig.police.does(rig.police.receiptsAfter(Duration.ofSeconds(2)));
        Alarm alarm = rig.press();
        rig.pass(Duration.ofSeconds(3));
        assertThat(rig.state(alarm, "police")).isEqualTo(Delivery.State.RECEIVED);
        assertThat(rig.police.seen()).as("one exchange, sent again in it").hasSize(1);
        assertThat(rig.alarms(SessionRig.POLICE, alarm).size()).isGreaterThan(2);
    }

    @Test
    void drills_go_only_where_drills_belong() {
        SessionRig rig = new SessionRig().ready();
        Alarm drill = rig.raise(rig.request(AlarmKind.FALL, Mode.DRILL));
        rig.pass(Duration.ofSeconds(5));
        assertThat(rig.education.alarms()).containsExactly(drill);
        assertThat(rig.police.seen()).isEmpty();
        assertThat(rig.status(drill).deliveries()).containsOnlyKeys("education");
    }

    @Test
    void an_alarm_that_is_no_centre_s_business_is_everybody_s() {
        SessionRig rig = new SessionRig();
        Settings usual = rig.settings;
        rig.with(new Settings(
                usual.device(),
                usual.place(),
                usual.cameras(),
                usual.centres().stream()
                        .map(c -> new CentreLink(c.id(), c.addresses(), c.keys(), Set.of(AlarmKind.PANIC), Set.of()))
                        .toList(),
                usual.heartbeat(),
                usual.journal(),
                usual.software()));
        rig.ready();
        Alarm gas = rig.raise(AlarmKind.GAS);
        Alarm drill = rig.raise(rig.request(AlarmKind.PANIC, Mode.DRILL));
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.police.alarms()).containsExactly(gas);
        assertThat(rig.education.alarms()).containsExactly(gas);
        assertThat(rig.status(drill).deliveries()).isEmpty();
    }

    @Test
    void after_it_is_closed_nothing_leaves_any_more() {
        SessionRig rig = new SessionRig();
        rig.network.down(SessionRig.POLICE);
        rig.ready();
        rig.press();
        rig.session.report("line");
        rig.pass(Duration.ofSeconds(20));
        rig.session.close();
        int sent = rig.network.sent().size();
        rig.pass(Duration.ofMinutes(10));
        // a heartbeat under way may be sent again until its exchange ends
        assertThat(rig.network.sent().stream().skip(sent)).allMatch(s -> s.transmission() > 1);
        assertThat(rig.time.pending()).isZero();
    }

    @Test
    void the_centre_s_answer_need_not_come_in_the_exchange_that_asked() {
        SessionRig rig = new SessionRig().ready();
        rig.police.does((envelope, alarm) -> new Reply.Nothing());
        Alarm alarm = rig.press();
        rig.pass(Duration.ofSeconds(1));
        Bytes receipt = rig.police.receipt(rig.status(alarm).envelope(), alarm, ReceiptStage.RECEIVED, "");
        assertThat(rig.transport.push("receipt", receipt)).isEqualTo(204);
        assertThat(rig.state(alarm, "police")).isEqualTo(Delivery.State.RECEIVED);
        int sent = rig.alarms(SessionRig.POLICE).size();
        rig.pass(Duration.ofMinutes(5));
        assertThat(rig.alarms(SessionRig.POLICE)).as("and it is not sent again").hasSize(sent);
    }
}
