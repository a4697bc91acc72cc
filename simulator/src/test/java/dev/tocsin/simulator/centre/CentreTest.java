package dev.tocsin.simulator.centre;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.codec.Decoded;
import dev.tocsin.sdk.codec.Messages;
import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.Answer;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.HeartbeatAnswer;
import dev.tocsin.sdk.model.Presence;
import dev.tocsin.sdk.model.ReceiptStage;
import dev.tocsin.sdk.model.Report;
import dev.tocsin.sdk.port.Transport.Content;
import dev.tocsin.simulator.centre.Peer.PushResult;
import dev.tocsin.simulator.centre.evidence.MemoryEvidence;
import dev.tocsin.simulator.centre.ledger.Entry;
import dev.tocsin.simulator.centre.ledger.EntryType;
import dev.tocsin.simulator.centre.ledger.MemoryLedger;
import dev.tocsin.simulator.centre.ledger.Submission;
import dev.tocsin.simulator.centre.registry.Registry;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CentreTest {

    private static final long NONCE = TestDevice.NONCE;
    private static final Duration PERIOD = Duration.ofSeconds(60);
    private static final Duration LIMIT = Duration.ofSeconds(200);

    private final HandTime time = new HandTime();
    private final TestDevice button = new TestDevice("school-007/button-3");
    private final TestDevice centreKey = new TestDevice("police");
    private final MemoryLedger ledger = new MemoryLedger(time);
    private final List<String> audit = new ArrayList<>();
    private final List<Entry> told = new ArrayList<>();
    private final TestPeer own = new TestPeer(button.id());
    private final TestPeer stranger = new TestPeer("school-009/button-1");
    private final TestReplies replies = new TestReplies();
    private Registry registry = TestRegistry.of(button);
    private Centre centre = startCentre();

    private Centre startCentre() {
        Centre started = new Centre(
                Settings.of("police"),
                centreKey.signer(),
                () -> registry,
                new Centre.Ports(ledger, new MemoryEvidence(time), audit::add, time, time, Optional.empty()));
        started.onEntry(told::add);
        started.start();
        return started;
    }

    @BeforeEach
    void settleStart() {
        settle();
    }

    /** Lets the loop and the ledger finish what they have. */
    private void settle() {
        do {
            time.run();
        } while (ledger.commit() > 0);
        time.run();
    }

    private void advance(Duration by) {
        for (Duration left = by; !left.isZero(); left = left.minus(Duration.ofSeconds(1))) {
            time.advance(Duration.ofSeconds(1));
            settle();
        }
    }

    private TestReplies.Given heartbeat(long boot, long nonce, TestPeer peer) {
        centre.heartbeat(button.heartbeat(boot, nonce, PERIOD), peer, replies);
        settle();
        return replies.take();
    }

    private TestReplies.Given alarm(long sequence, TestPeer peer) {
        centre.alarm(button.sign(button.panic(sequence)), true, peer, replies);
        settle();
        return replies.take();
    }

    private void accept(long sequence) {
        ledger.submit(new Submission.Accept(button.alarmId(sequence), "Li Na"), outcome -> {});
        ledger.commit(); // as another process would: nobody tells the centre
        advance(Duration.ofSeconds(1));
    }

    private List<EntryType> types() {
        return ledger.entries(1, 1_000).stream().map(Entry::type).toList();
    }

    private static List<Answer> offered(TestReplies.Given heartbeatReply) {
        HeartbeatAnswer answer =
                Messages.readHeartbeatAnswer(heartbeatReply.payload()).orThrow();
        return answer.signed().stream().map(CentreTest::answer).toList();
    }

    private static Answer answer(Bytes signed) {
        Decoded<SignedEnvelope> envelope = SignedEnvelope.read(signed);
        return Messages.readAnswer(envelope.orThrow()).orThrow();
    }

    @Test
    void a_heartbeat_is_answered_and_its_boot_kept_once() {
        TestReplies.Given first = heartbeat(1, NONCE, own);
        heartbeat(1, NONCE, own);

        assertThat(first.code()).isEqualTo(204);
        assertThat(first.content()).isEqualTo(Content.PROTOBUF);
        assertThat(offered(first)).isEmpty();
        assertThat(types()).containsExactly(EntryType.BOOT);
    }

    @Test
    void a_centre_that_is_asked_signs_that_it_heard_the_heartbeat() throws InvalidKeyException {
        centre.heartbeat(button.heartbeat(7, NONCE, PERIOD, Bytes.EMPTY, true), own, replies);
        settle();

        HeartbeatAnswer answer =
                Messages.readHeartbeatAnswer(replies.take().payload()).orThrow();
        SignedEnvelope proof =
                SignedEnvelope.read(answer.presence().orElseThrow()).orThrow();
        assertThat(proof.isSignedBy(Keys.verifier(centreKey.publicPem()))).isTrue();
        Presence presence = Messages.readPresence(proof).orThrow();
        assertThat(presence.device()).isEqualTo(button.id());
        assertThat(presence.boot()).isEqualTo(7);
        assertThat(presence.nonce()).isEqualTo(NONCE);
    }

    @Test
    void a_heartbeat_of_a_device_whose_alarms_would_be_refused_is_refused() {
        centre.heartbeat(button.heartbeat(1, NONCE, PERIOD, Bytes.ofHex("0102030405060708"), true), own, replies);
        settle();

        TestReplies.Given given = replies.take();
        assertThat(given.code()).isEqualTo(403);
        assertThat(given.text()).contains("0102030405060708").contains(button.id());
        assertThat(types()).isEmpty();
    }

    @Test
    void a_restored_cards_heartbeat_is_told_to_people() {
        heartbeat(5, NONCE, own);
        heartbeat(4, 77, own);

        assertThat(types()).containsExactly(EntryType.BOOT, EntryType.CONFLICT, EntryType.FAULT);
        assertThat(told).extracting(Entry::type).contains(EntryType.CONFLICT, EntryType.FAULT);
        assertThat(audit).anyMatch(line -> line.startsWith("FAULT " + button.id()));
    }

    /** What the centre says to a doctor that asks beside whatever runs. */
    private Optional<String> twin() {
        centre.heartbeat(button.heartbeat(AlarmId.UNCOUNTED, 4711, PERIOD, Bytes.EMPTY, true), own, replies);
        settle();
        return Messages.readHeartbeatAnswer(replies.take().payload()).orThrow().twin();
    }

    /** Heartbeats of boot 5 of devices with these nonces, one after the other. */
    private void beats(long... nonces) {
        for (long nonce : nonces) {
            heartbeat(5, nonce, own);
        }
    }

    @Test
    void two_devices_under_one_id_are_told_to_whoever_asks_while_both_are_there() {
        beats(NONCE, 77, NONCE, 77);
        assertThat(twin()).as("one late datagram does as much").isEmpty();
        beats(NONCE);
        assertThat(twin())
                .hasValueSatisfying(text -> assertThat(text)
                        .contains("boot 5 (%016x)".formatted(NONCE))
                        .contains("boot 5 (000000000000004d)")
                        .endsWith("took turns within the last hour"));

        advance(Duration.ofMinutes(59));
        assertThat(twin()).isPresent();
        advance(Duration.ofMinutes(2));
        assertThat(twin()).as("the other was taken off an hour ago").isEmpty();
    }

    @Test
    void one_card_in_several_devices_is_told_whatever_their_order() {
        beats(1, 2, 3, 4, 1, 2);
        assertThat(twin()).isEmpty();
        beats(3);
        assertThat(twin()).isPresent();
    }

    @Test
    void a_device_that_restarts_often_is_one() {
        for (long boot = 1; boot < 9; boot++) {
            heartbeat(boot, NONCE + boot, own);
            heartbeat(boot, NONCE + boot, own);
            assertThat(twin()).isEmpty();
        }
    }

    @Test
    void a_heartbeat_of_the_firmware_itself_is_not_answered_with_it() {
        beats(NONCE, 77, NONCE, 77, NONCE, 77);
        assertThat(twin()).isPresent();
        centre.heartbeat(button.heartbeat(5, 77, PERIOD, Bytes.EMPTY, true), own, replies);
        settle();
        HeartbeatAnswer answer =
                Messages.readHeartbeatAnswer(replies.take().payload()).orThrow();
        assertThat(answer.presence()).isPresent();
        assertThat(answer.twin()).isEmpty();
    }

    @Test
    void a_heartbeat_that_cannot_be_read_is_refused() {
        centre.heartbeat(Bytes.ofHex("ff"), own, replies);

        assertThat(replies.take().code()).isEqualTo(400);
        assertThat(audit).hasSize(1).first().asString().startsWith("refused MALFORMED");
    }

    @Test
    void a_heartbeat_of_a_stranger_or_of_another_peer_is_refused() {
        centre.heartbeat(new TestDevice("nobody").heartbeat(1, 1, PERIOD), stranger, replies);
        assertThat(replies.take().code()).isEqualTo(403);

        centre.heartbeat(button.heartbeat(9, 1, PERIOD), stranger, replies);
        assertThat(replies.take().code()).isEqualTo(403);

        settle();
        assertThat(types()).isEmpty();
        assertThat(audit).anyMatch(line -> line.startsWith("refused WRONG_PEER"));
    }

    @Test
    void a_certificate_without_a_name_speaks_for_no_device() {
        TestPeer nameless = new TestPeer("");
        nameless.validUntil(Instant.parse("2040-01-01T00:00:00Z"));
        centre.heartbeat(button.heartbeat(9, 1, PERIOD), nameless, replies);
        assertThat(replies.take().code()).isEqualTo(403);
        settle();
        assertThat(audit).anyMatch(line -> line.startsWith("refused WRONG_PEER"));
    }

    @Test
    void a_bare_key_speaks_for_no_device() {
        TestPeer bare = new TestPeer("");
        bare.publicKey(Bytes.ofHex("30"));
        centre.heartbeat(button.heartbeat(9, 1, PERIOD), bare, replies);
        assertThat(replies.take().code()).isEqualTo(403);
        settle();
        assertThat(audit).anyMatch(line -> line.startsWith("refused WRONG_PEER"));
    }

    @Test
    void a_heartbeat_of_a_revoked_device_is_refused() {
        registry = TestRegistry.revoked(button);

        assertThat(heartbeat(1, NONCE, own).code()).isEqualTo(403);
    }

    @Test
    void a_silent_device_is_offline_once_and_online_once() {
        heartbeat(1, NONCE, own);
        advance(LIMIT.plusSeconds(100));
        heartbeat(1, NONCE, own);
        heartbeat(1, NONCE, own);

        assertThat(types()).containsExactly(EntryType.BOOT, EntryType.OFFLINE, EntryType.ONLINE);
        assertThat(audit).anyMatch(line -> line.startsWith("OFFLINE " + button.id() + ": no sign of life for 200 s"));
    }

    @Test
    void a_restarted_centre_does_not_tell_the_same_silence_again_and_tells_the_return() {
        advance(LIMIT);
        assertThat(types()).containsExactly(EntryType.OFFLINE);
        centre.close();

        centre = startCentre();
        advance(LIMIT);
        assertThat(types()).containsExactly(EntryType.OFFLINE);
        centre.close();

        centre = startCentre();
        settle();
        heartbeat(1, NONCE, own);
        assertThat(types()).containsExactly(EntryType.OFFLINE, EntryType.ONLINE, EntryType.BOOT);
    }

    @Test
    void a_silence_that_the_ledger_could_not_take_is_told_later() {
        ledger.fail(Optional.of("full"));
        advance(LIMIT);
        assertThat(types()).isEmpty();

        ledger.fail(Optional.empty());
        advance(Duration.ofSeconds(10));

        assertThat(types()).containsExactly(EntryType.OFFLINE);
    }

    @Test
    void an_alarm_is_a_sign_of_life() {
        advance(LIMIT);

        assertThat(alarm(1, own).code()).isEqualTo(204);

        assertThat(types()).containsExactly(EntryType.OFFLINE, EntryType.ALARM, EntryType.ONLINE);
    }

    @Test
    void an_alarm_that_a_stranger_replays_is_no_sign_of_life() {
        alarm(1, own);
        advance(LIMIT);

        assertThat(alarm(1, stranger).code()).isEqualTo(204);
        accept(1);

        assertThat(types()).containsExactly(EntryType.ALARM, EntryType.OFFLINE, EntryType.ACCEPTED);
        assertThat(stranger.pushes()).isEmpty();
        assertThat(own.pushes()).hasSize(1);
    }

    /** It could acknowledge in the device's place that somebody comes. */
    @Test
    void who_brings_another_s_alarm_does_not_get_its_receipts_pushed() {
        assertThat(alarm(1, stranger).code()).isEqualTo(204);
        accept(1);
        assertThat(stranger.pushes()).isEmpty();

        heartbeat(1, NONCE, own);
        assertThat(own.pushes()).hasSize(1);
    }

    @Test
    void an_alarm_through_an_expired_certificate_is_kept_with_a_remark() {
        own.validUntil(HandTime.START.minusSeconds(1));

        alarm(1, own);

        assertThat(ledger.entries(1, 1).getFirst().fact().detail()).contains("certificate expired");
    }

    @Test
    void what_another_process_accepts_is_pushed_to_the_device() {
        alarm(1, own);
        accept(1);

        assertThat(own.pushes())
                .hasSize(1)
                .first()
                .extracting(TestPeer.Push::path)
                .isEqualTo("receipt");
        Entry accepted = ledger.entries(2, 1).getFirst();
        Answer pushed = answer(own.answer(PushResult.TAKEN));
        settle();

        assertThat(pushed).isInstanceOfSatisfying(Answer.Receipt.class, receipt -> {
            assertThat(receipt.stage()).isEqualTo(ReceiptStage.ACCEPTED);
            assertThat(receipt.by()).isEqualTo("Li Na");
            assertThat(receipt.ledgerNumber()).isEqualTo(accepted.number());
            assertThat(receipt.chainHead()).isEqualTo(accepted.hash());
        });
        assertThat(offered(heartbeat(1, NONCE, own))).isEmpty();
        assertThat(own.pushes()).isEmpty();
        assertThat(ledger.unacknowledged(button.id(), 10)).isEmpty();
    }

    @Test
    void a_push_without_an_answer_is_offered_and_pushed_again_when_the_device_shows_up() {
        alarm(1, own);
        accept(1);
        own.answer(PushResult.NO_ANSWER);
        settle();
        assertThat(own.pushes()).isEmpty();

        assertThat(offered(heartbeat(1, NONCE, own))).hasSize(1);
        assertThat(own.pushes()).hasSize(1);
        own.answer(PushResult.TAKEN);
        settle();

        assertThat(offered(heartbeat(1, NONCE, own))).isEmpty();
    }

    @Test
    void a_refused_push_is_told_once_and_does_not_hold_up_the_others() {
        alarm(1, own);
        alarm(2, own);
        accept(1);
        accept(2);
        own.answer(PushResult.REFUSED);
        settle();

        heartbeat(1, NONCE, own);
        Answer second = answer(own.answer(PushResult.TAKEN));
        settle();
        own.answer(PushResult.REFUSED);
        settle();

        assertThat(second.alarm()).isEqualTo(button.alarmId(2));
        assertThat(audit.stream().filter(line -> line.contains("refuses the receipt")))
                .hasSize(1);
        assertThat(ledger.unacknowledged(button.id(), 10)).hasSize(1);
    }

    @Test
    void an_acceptance_outlives_a_restart_of_the_centre() {
        alarm(1, own);
        accept(1);
        centre.close();

        centre = startCentre();
        settle();
        TestPeer again = new TestPeer(button.id());

        assertThat(offered(heartbeat(1, NONCE, again))).hasSize(1);
        assertThat(again.pushes()).hasSize(1);
    }

    @Test
    void a_heartbeats_answer_offers_no_more_than_a_datagram_holds() {
        for (int i = 1; i <= ReceiptPushes.MAX_OFFERED + 2; i++) {
            alarm(i, own);
            accept(i);
        }

        assertThat(offered(heartbeat(1, NONCE, own))).hasSize(ReceiptPushes.MAX_OFFERED);
    }

    /** RFC 7252, section 4.6: 1,024 bytes of payload. Over that it would come in blocks, each an exchange of its own. */
    @Test
    void the_largest_answer_to_a_heartbeat_fits_a_datagram_and_leaves_out_a_receipt_for_it() {
        for (int i = 1; i <= ReceiptPushes.MAX_OFFERED; i++) {
            alarm(i, own);
            accept(i);
        }
        for (long nonce : new long[] {-1, -2, -1, -2, -1, -2}) {
            heartbeat(4_000_000_000L, nonce, own);
        }
        centre.heartbeat(button.heartbeat(AlarmId.UNCOUNTED, 4711, PERIOD, Bytes.EMPTY, true), own, replies);
        settle();

        Bytes largest = replies.take().payload();
        assertThat(largest.size()).isLessThanOrEqualTo(1_024);
        HeartbeatAnswer answer = Messages.readHeartbeatAnswer(largest).orThrow();
        assertThat(answer.signed()).hasSize(ReceiptPushes.MAX_OFFERED - 1);
        assertThat(answer.presence()).isPresent();
        assertThat(answer.twin()).isPresent();
    }

    @Test
    void more_acceptances_than_are_held_in_memory_all_arrive() {
        int many = ReceiptPushes.MAX_HELD + 5;
        for (int i = 1; i <= many; i++) {
            alarm(i, own);
            ledger.submit(new Submission.Accept(button.alarmId(i), "Li Na"), outcome -> {});
        }
        settle();
        advance(Duration.ofSeconds(1));

        List<Answer> pushed = new ArrayList<>();
        while (!own.pushes().isEmpty()) {
            pushed.add(answer(own.answer(PushResult.TAKEN)));
            settle();
        }

        assertThat(pushed).hasSize(many).extracting(a -> a.alarm().sequence()).doesNotHaveDuplicates();
    }

    @Test
    void a_report_is_a_line_in_the_audit() {
        centre.report(
                Messages.write(new Report(button.id(), TestDevice.time(), "battery changed\nfake line")), own, replies);

        assertThat(replies.take().code()).isEqualTo(204);
        assertThat(audit).containsExactly("report of " + button.id() + ": battery changed fake line");
    }

    @Test
    void a_device_added_to_the_registry_is_expected() {
        TestDevice second = new TestDevice("school-007/button-4");
        registry = TestRegistry.of(button, second);
        centre.registryChanged();
        settle();

        advance(LIMIT);

        assertThat(types()).containsExactly(EntryType.OFFLINE, EntryType.OFFLINE);
    }

    @Test
    void a_device_of_a_county_that_this_centre_does_not_serve_is_not_missed() {
        TestDevice elsewhere = new TestDevice("school-900/button-1");
        registry = TestRegistry.in("530921", elsewhere);
        Settings usual = Settings.of("police");
        Centre county = new Centre(
                new Settings("police", PERIOD, usual.offlineGrace(), usual.ledgerPoll(), List.of("530902"), false),
                centreKey.signer(),
                () -> registry,
                new Centre.Ports(ledger, new MemoryEvidence(time), audit::add, time, time, Optional.empty()));
        centre.close();
        county.start();
        settle();
        advance(LIMIT);
        assertThat(types()).isEmpty();

        county.alarm(elsewhere.sign(elsewhere.panic(1)), true, new TestPeer(elsewhere.id()), replies);
        settle();
        assertThat(replies.take().code()).isEqualTo(204);
    }

    @Test
    void a_closed_centre_misses_nobody() {
        centre.close();
        settle();
        advance(LIMIT.plusSeconds(1));

        assertThat(types()).isEmpty();
    }

    @Test
    void a_closed_centre_leaves_no_timer_that_comes_again() {
        centre.close();
        settle();
        advance(LIMIT.plusSeconds(1));

        assertThat(time.waiting()).isZero();
    }
}
