package dev.tocsin.simulator.centre.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.codec.DrillMessages;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.DrillNotice;
import dev.tocsin.sdk.model.NoticeReceipt;
import dev.tocsin.simulator.centre.HandTime;
import dev.tocsin.simulator.centre.TestDevice;
import dev.tocsin.simulator.centre.ledger.Outcome.Committed;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The part of {@link LedgerContract} that is about drills. */
abstract class DrillLedgerContract {

    protected final HandTime time = new HandTime();
    protected final TestDevice button = new TestDevice("school-007/button-3");
    protected Ledger ledger;

    /** An empty ledger. */
    protected abstract Ledger open();

    /** Lets what waits be committed, where a ledger does not by itself. */
    protected abstract void settle();

    @BeforeEach
    void openLedger() {
        ledger = open();
    }

    @AfterEach
    void closeLedger() {
        ledger.close();
    }

    protected Outcome submit(Submission submission) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        ledger.submit(submission, outcome::complete);
        settle();
        return outcome.orTimeout(20, TimeUnit.SECONDS).join();
    }

    final Entry commit(Submission submission) {
        Outcome outcome = submit(submission);
        assertThat(outcome).isInstanceOf(Committed.class);
        return ((Committed) outcome).entry();
    }

    final List<EntryType> types() {
        return ledger.entries(1, 1_000).stream().map(Entry::type).toList();
    }

    @Test
    void a_notice_of_a_drill_is_kept_once_as_it_was_signed_and_is_no_alarm() {
        DrillNotice start = TestNotices.of("fire-7", false);
        Bytes signed = DrillMessages.sign(start, button.signer()).bytes();

        Entry entry = commit(new Submission.Notified(start, signed));

        assertThat(entry.type()).isEqualTo(EntryType.DRILL_NOTICE);
        assertThat(entry.fact().envelope()).isEqualTo(signed);
        assertThat(HeldNotice.of(entry)).map(HeldNotice::notice).contains(start);
        Bytes other = DrillMessages.sign(start, new TestDevice("another key").signer())
                .bytes();
        for (Bytes again : List.of(signed, other)) {
            assertThat(submit(new Submission.Notified(start, again))).isEqualTo(new Committed(entry, true));
        }
        DrillNotice end = TestNotices.of("fire-7", true);
        commit(new Submission.Notified(
                end, DrillMessages.sign(end, button.signer()).bytes()));
        assertThat(types()).containsExactly(EntryType.DRILL_NOTICE, EntryType.DRILL_NOTICE);
        assertThat(ledger.open(10)).isEmpty();
        assertThat(LedgerCheck.run(ledger, id -> Optional.empty()))
                .isEqualTo(new LedgerCheck.Result.Sound(ledger.head(), 0, 2));
    }

    @Test
    void what_another_centre_was_told_is_kept_once_with_its_receipt() {
        DrillNotice start = TestNotices.of("fire-7", false);
        Bytes notice = DrillMessages.sign(start, button.signer()).bytes();
        NoticeReceipt receipt = TestNotices.receipt(start, notice);
        Bytes signed = DrillMessages.sign(receipt, button.signer()).bytes();

        Entry entry = commit(new Submission.NoticeTaken(receipt, signed));

        assertThat(entry.fact().device()).isEqualTo("police");
        assertThat(HeldNotice.receipt(entry)).contains(receipt);
        assertThat(HeldNotice.of(entry)).isEmpty();
        assertThat(submit(new Submission.NoticeTaken(receipt, signed))).isEqualTo(new Committed(entry, true));
        assertThat(LedgerCheck.run(ledger, id -> Optional.empty()))
                .isEqualTo(new LedgerCheck.Result.Sound(ledger.head(), 0, 1));
    }

    @Test
    void entries_about_drills_are_read_newest_first_and_page_by_page() {
        DrillPlan plan = new DrillPlan("fire-7", "school-007/*", HandTime.START, HandTime.START, "");
        Entry begun = commit(new Submission.BeginDrill(plan, "Zhang"));
        commit(button.received(button.panic(1)));
        Entry ended = commit(new Submission.EndDrill(plan, "Li"));
        DrillNotice notice = TestNotices.of("quake-1", false);
        Entry told = commit(new Submission.Notified(
                notice, DrillMessages.sign(notice, button.signer()).bytes()));

        assertThat(ledger.drills(Long.MAX_VALUE, 2)).containsExactly(told, ended);
        assertThat(ledger.drills(ended.number(), 2)).containsExactly(begun);
        assertThat(ledger.drills(begun.number(), 2)).isEmpty();
    }

    @Test
    void an_announced_drill_stands_until_its_end_is_told_or_its_time_is_over() {
        DrillNotice start = TestNotices.of("fire-7", false);
        Bytes signed = DrillMessages.sign(start, button.signer()).bytes();
        Entry entry = commit(new Submission.Notified(start, signed));

        assertThat(AnnouncedDrills.standing(ledger, start.ends().minusMillis(1)))
                .extracting(HeldNotice::entry)
                .containsExactly(entry);
        assertThat(AnnouncedDrills.standing(ledger, start.ends())).isEmpty();

        DrillNotice end = TestNotices.of("fire-7", true);
        commit(new Submission.Notified(
                end, DrillMessages.sign(end, button.signer()).bytes()));
        assertThat(AnnouncedDrills.standing(ledger, start.begins())).isEmpty();
    }
}
