package dev.tocsin.simulator.centre;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.codec.DrillMessages;
import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.DrillNotice;
import dev.tocsin.sdk.model.Mode;
import dev.tocsin.sdk.model.NoticeReceipt;
import dev.tocsin.simulator.centre.ledger.DrillPlan;
import dev.tocsin.simulator.centre.ledger.Entry;
import dev.tocsin.simulator.centre.ledger.EntryType;
import dev.tocsin.simulator.centre.ledger.HeldNotice;
import dev.tocsin.simulator.centre.ledger.Submission;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How police hear of a drill that they get no alarms of. */
final class DrillNoticeTest {

    private static final Duration QUARTER = Duration.ofMinutes(15);

    private final TwoCentres on = new TwoCentres();

    private DrillNotice held(int index) {
        return HeldNotice.of(on.notices().get(index)).orElseThrow().notice();
    }

    private static Bytes text(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void police_are_told_of_the_start_when_it_is_ordered_and_of_the_end_when_somebody_ends_it() {
        DrillPlan plan = on.order("fire-7", Duration.ofMinutes(5), QUARTER);
        assertThat(on.transport.open().to()).isEqualTo(TwoCentres.PRIMARY);
        assertThat(on.transport.open().path()).isEqualTo("notice");
        on.pass();
        assertThat(held(0))
                .isEqualTo(new DrillNotice(
                        "education",
                        "police",
                        "fire-7",
                        "school-007/*",
                        "building B",
                        plan.begins(),
                        plan.ends(),
                        false,
                        "Zhang"));
        assertThat(on.transport.isIdle()).isTrue();

        on.advance(Duration.ofMinutes(7));
        on.write(new Submission.EndDrill(plan, "Li"));
        on.pass();
        assertThat(on.notices()).hasSize(2);
        assertThat(held(1).over()).isTrue();
        assertThat(held(1).by()).isEqualTo("Li");
        assertThat(held(1).ends()).isBefore(plan.ends());
        assertThat(on.taken()).isEqualTo(2);
        assertThat(on.policeAudit).anyMatch(line -> line.startsWith("DRILL_NOTICE school-007/*: drill fire-7"));

        on.advance(Duration.ofHours(1));
        assertThat(on.transport.posts()).as("nothing more to tell").isEqualTo(2);
    }

    @Test
    void a_drill_that_nobody_ends_is_told_to_be_over_when_its_time_is() {
        DrillPlan plan = on.order("fire-7", Duration.ZERO, QUARTER);
        on.pass();
        on.advance(QUARTER.minus(Duration.ofSeconds(1)));
        assertThat(on.transport.isIdle()).isTrue();
        on.advance(Duration.ofSeconds(1));
        on.pass();
        assertThat(held(1).over()).isTrue();
        assertThat(held(1).ends()).isEqualTo(plan.ends());

        on.write(new Submission.EndDrill(plan, "too late"));
        assertThat(on.transport.isIdle()).as("it was over, and that was told").isTrue();
    }

    @Test
    void a_notice_whose_receipt_was_lost_comes_again_and_is_kept_once() {
        on.order("fire-7", Duration.ZERO, QUARTER);
        Bytes first = on.transport.open().payload();
        TestReplies.Given lost = on.arrive();
        on.transport.lose();
        on.settle();
        assertThat(on.transport.isIdle()).as("a pause").isTrue();
        on.advance(NoticeCourier.SHORTEST_PAUSE);

        assertThat(on.transport.open().payload()).isEqualTo(first);
        assertThat(on.transport.open().to()).as("its other address").isEqualTo(TwoCentres.BACKUP);
        TestReplies.Given again = on.arrive();
        assertThat(again.payload()).as("the same receipt").isEqualTo(lost.payload());
        on.answer(again.code(), again.payload());
        assertThat(on.notices()).hasSize(1);
        assertThat(on.taken()).isEqualTo(1);
    }

    @Test
    void it_goes_on_for_ever_while_police_are_away_and_never_more_than_a_minute_passes() {
        on.order("fire-7", Duration.ZERO, Duration.ofHours(2));
        for (int i = 0; i < 100; i++) {
            on.transport.lose();
            on.settle();
            on.advance(NoticeCourier.LONGEST_PAUSE);
        }
        assertThat(on.transport.posts()).isEqualTo(101);
        assertThat(on.educationAudit)
                .as("said once")
                .filteredOn(line -> line.contains("is not told to police yet"))
                .hasSize(1);
        on.pass();
        assertThat(on.notices()).hasSize(1);
    }

    @Test
    void a_restart_of_education_sends_again_what_has_no_receipt_and_nothing_else() {
        DrillPlan plan = on.order("fire-7", Duration.ZERO, QUARTER);
        on.restartEducation();
        on.pass();
        on.restartEducation();
        assertThat(on.transport.isIdle()).as("the start is told").isTrue();

        on.write(new Submission.EndDrill(plan, "Li"));
        on.arrive();
        on.restartEducation(); // between the post and its receipt
        on.pass();
        on.restartEducation();
        assertThat(on.transport.isIdle()).isTrue();
        assertThat(on.notices()).hasSize(2);
    }

    @Test
    void a_drill_that_ran_out_while_education_was_away_is_told_to_be_over_when_it_is_back() {
        on.order("fire-7", Duration.ZERO, QUARTER);
        on.pass();
        on.education.close();
        on.advance(Duration.ofHours(5));
        on.restartEducation();
        on.pass();
        assertThat(held(1).over()).isTrue();
        on.restartEducation();
        assertThat(on.transport.isIdle()).isTrue();
    }

    @Test
    void old_drills_are_not_told_after_a_restart() {
        on.order("fire-7", Duration.ZERO, QUARTER);
        on.education.close();
        on.police.close();
        on.advance(NoticeBoard.LOOK_BACK.minus(Duration.ofHours(1)));
        on.restartEducation();
        assertThat(on.transport.isIdle()).as("not so old yet").isFalse();
        on.education.close();
        on.advance(Duration.ofHours(2));
        on.restartEducation();
        assertThat(on.transport.isIdle()).isTrue();
    }

    @Test
    void a_restart_of_police_between_two_copies_keeps_one_entry_and_one_receipt() {
        on.order("fire-7", Duration.ZERO, QUARTER);
        TestReplies.Given lost = on.arrive();
        on.restartPolice();
        assertThat(on.arrive()).isEqualTo(lost);
        assertThat(on.notices()).hasSize(1);
    }

    @Test
    void nothing_but_its_own_signed_receipt_ends_a_notice() {
        on.order("fire-7", Duration.ZERO, QUARTER);
        Bytes notice = on.transport.open().payload();
        DrillNotice said =
                DrillMessages.readNotice(SignedEnvelope.read(notice).orThrow()).orThrow();
        NoticeReceipt good = receipt(said, "police", "education", false, notice.sha256());
        List<Bytes> bad = List.of(
                Bytes.EMPTY,
                text("taken, thank you"),
                signed(good, on.educationKey),
                signed(receipt(said, "another", "education", false, notice.sha256()), on.policeKey),
                signed(receipt(said, "police", "another", false, notice.sha256()), on.policeKey),
                signed(receipt(said, "police", "education", true, notice.sha256()), on.policeKey),
                signed(receipt(said, "police", "education", false, text("other").sha256()), on.policeKey),
                notice);
        for (Bytes payload : bad) {
            on.answer(204, payload);
            on.advance(NoticeCourier.LONGEST_PAUSE);
            assertThat(on.transport.open().payload()).isEqualTo(notice);
        }
        on.answer(403, text("who are you?"));
        on.advance(NoticeCourier.LONGEST_PAUSE);
        assertThat(on.taken()).isZero();

        on.answer(204, signed(good, on.policeKey));
        assertThat(on.taken()).isEqualTo(1);
        assertThat(on.transport.isIdle()).isTrue();
    }

    private static NoticeReceipt receipt(DrillNotice said, String centre, String to, boolean over, Bytes sha256) {
        return new NoticeReceipt(centre, to, said.order(), over, sha256, 1, sha256, HandTime.START);
    }

    private static Bytes signed(NoticeReceipt receipt, TestDevice by) {
        return DrillMessages.sign(receipt, by.signer()).bytes();
    }

    @Test
    void a_notice_that_is_not_police_s_to_believe_is_refused_and_leaves_an_audit_line_and_nothing_else() {
        on.order("fire-7", Duration.ZERO, QUARTER);
        Bytes good = on.transport.open().payload();
        DrillNotice said =
                DrillMessages.readNotice(SignedEnvelope.read(good).orThrow()).orThrow();
        byte[] tampered = good.toArray();
        tampered[tampered.length - 1] ^= 1;
        refused(400, "MALFORMED", text("nonsense"));
        refused(400, "MALFORMED", on.button.sign(on.button.panic(1)));
        refused(401, "BAD_SIGNATURE", Bytes.wrap(tampered));
        refused(401, "UNKNOWN_KEY", DrillMessages.sign(said, on.button.signer()).bytes());
        refused(403, "UNKNOWN_CENTRE", signed(said, "stranger", "police"));
        refused(403, "NOT_FOR_HERE", signed(said, "education", "fire brigade"));
        on.pass();
    }

    private Bytes signed(DrillNotice n, String from, String to) {
        DrillNotice other =
                new DrillNotice(from, to, n.order(), n.devices(), n.places(), n.begins(), n.ends(), n.over(), n.by());
        return DrillMessages.sign(other, on.educationKey.signer()).bytes();
    }

    private void refused(int code, String why, Bytes payload) {
        on.policeAudit.clear();
        on.police.notice(payload, new TestPeer("education"), on.replies);
        on.settle();
        assertThat(on.replies.take().code()).as(why).isEqualTo(code);
        assertThat(on.policeAudit).singleElement().asString().contains(why).contains("notice of a drill");
        assertThat(on.policeLedger.head().number()).isZero();
    }

    @Test
    void a_ledger_that_cannot_be_written_takes_no_notice_and_gives_no_receipt() {
        on.order("fire-7", Duration.ZERO, QUARTER);
        on.policeLedger.fail(java.util.Optional.of("the disk is full"));
        TestReplies.Given refusal = on.arrive();
        assertThat(refusal.code()).isEqualTo(503);
        on.answer(refusal.code(), refusal.payload());
        on.policeLedger.fail(java.util.Optional.empty());
        on.advance(NoticeCourier.SHORTEST_PAUSE);
        on.pass();
        assertThat(on.notices()).hasSize(1);
    }

    @Test
    void a_real_alarm_within_an_announced_drill_is_an_alarm_at_police() {
        on.order("fire-7", Duration.ZERO, QUARTER);
        on.pass();
        on.police.alarm(on.button.sign(on.button.panic(1)), true, new TestPeer(on.button.id()), on.replies);
        on.settle();
        assertThat(on.replies.take().code()).isEqualTo(204);
        Entry alarm =
                on.policeLedger.entries(on.policeLedger.head().number(), 1).getFirst();
        assertThat(alarm.type()).isEqualTo(EntryType.ALARM);
        assertThat(alarm.fact().mode()).contains(Mode.LIVE);
        assertThat(on.policeLedger.open(10)).containsExactly(alarm);
    }

    @Test
    void one_notice_that_is_refused_does_not_hold_up_the_others() {
        on.order("fire-7", Duration.ZERO, QUARTER);
        on.order("quake-1", Duration.ZERO, QUARTER);
        on.answer(403, text("not this one"));
        on.advance(NoticeCourier.SHORTEST_PAUSE);
        on.pass();
        assertThat(held(0).order()).isEqualTo("quake-1");
        on.pass();
        assertThat(held(1).order()).isEqualTo("fire-7");
    }

    @Test
    void at_the_maximum_of_drills_the_oldest_is_given_up_and_said_so() {
        for (int i = 0; i <= NoticeBoard.MAX_DRILLS; i++) {
            on.order("drill-" + i, Duration.ZERO, Duration.ofHours(2));
        }
        assertThat(on.educationAudit)
                .filteredOn(line -> line.contains("is given up"))
                .singleElement()
                .asString()
                .contains("drill-0 ");
        on.transport.lose(); // the one under way is the oldest's
        on.settle();
        on.advance(NoticeCourier.SHORTEST_PAUSE);
        on.pass();
        assertThat(held(0).order()).isEqualTo("drill-1");
    }
}
