package dev.tocsin.simulator.centre.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.AlarmState;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.simulator.centre.HandTime;
import dev.tocsin.simulator.centre.ledger.Outcome.Committed;
import dev.tocsin.simulator.centre.ledger.Submission.Boot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every ledger must do, whatever its medium. */
public abstract class LedgerContract extends DrillLedgerContract {

    private static final long OTHER_NONCE = 77;

    private Submission heartbeat(long boot, long nonce) {
        return new Submission.SignOfLife(button.id(), Optional.of(new Boot(boot, nonce)));
    }

    private Submission.Received panicOfBoot(long boot, long nonce, long sequence) {
        return button.received(button.panic(new AlarmId(button.id(), boot, nonce, sequence), ""));
    }

    @Test
    void a_new_ledger_is_empty() {
        assertThat(ledger.head()).isEqualTo(Head.EMPTY);
        assertThat(ledger.entries(1, 10)).isEmpty();
        assertThat(ledger.find(button.alarmId(1))).isEmpty();
        assertThat(ledger.open(10)).isEmpty();
    }

    @Test
    void an_alarm_is_kept_as_it_was_signed() {
        time.advance(Duration.ofMillis(1234));
        Submission.Received alarm = button.received(button.panic(1));

        Entry entry = commit(alarm);

        assertThat(entry.number()).isEqualTo(1);
        assertThat(entry.type()).isEqualTo(EntryType.ALARM);
        assertThat(entry.fact().envelope()).isEqualTo(alarm.envelope());
        assertThat(entry.fact().envelopeSha256()).isEqualTo(alarm.envelope().sha256());
        assertThat(entry.time()).isEqualTo(HandTime.START.plusMillis(1234));
        assertThat(ledger.find(button.alarmId(1))).contains(entry);
        assertThat(ledger.head()).isEqualTo(new Head(1, entry.hash()));
    }

    @Test
    void entries_form_a_chain_that_anyone_can_compute() {
        for (int i = 1; i <= 5; i++) {
            commit(button.received(button.panic(i)));
        }

        Bytes previous = Head.EMPTY.hash();
        for (Entry entry : ledger.entries(1, 10)) {
            assertThat(entry.previous()).isEqualTo(previous);
            assertThat(entry.hash()).isEqualTo(entry.computedHash());
            previous = entry.hash();
        }
        assertThat(ledger.head().hash()).isEqualTo(previous);
    }

    @Test
    void entries_are_read_from_any_number_in_pages() {
        for (int i = 1; i <= 5; i++) {
            commit(button.received(button.panic(i)));
        }

        assertThat(ledger.entries(2, 3)).extracting(Entry::number).containsExactly(2L, 3L, 4L);
        assertThat(ledger.entries(6, 3)).isEmpty();
    }

    @Test
    void the_same_alarm_again_gets_the_entry_that_is_there() {
        Entry first = commit(button.received(button.panic(1)));
        time.advance(Duration.ofSeconds(5));

        assertThat(submit(button.received(button.panic(1)))).isEqualTo(new Committed(first, true));
        assertThat(types()).containsExactly(EntryType.ALARM);
    }

    @Test
    void duplicates_that_come_before_the_commit_wait_for_it_and_get_the_same_entry() {
        List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            CompletableFuture<Outcome> outcome = new CompletableFuture<>();
            ledger.submit(button.received(button.panic(1)), outcome::complete);
            outcomes.add(outcome);
        }
        settle();

        List<Committed> committed = outcomes.stream()
                .map(o -> (Committed) o.orTimeout(20, TimeUnit.SECONDS).join())
                .toList();
        assertThat(committed)
                .extracting(Committed::entry)
                .containsOnly(committed.getFirst().entry());
        assertThat(committed)
                .extracting(Committed::duplicate)
                .filteredOn(d -> !d)
                .hasSize(1);
        assertThat(types()).containsExactly(EntryType.ALARM);
    }

    @Test
    void the_same_id_with_another_content_is_a_conflict_and_raises_a_fault() {
        commit(button.received(button.panic(1)));
        Submission.Received other = button.received(button.panic(button.alarmId(1), "other"));

        Entry conflict = commit(other);

        assertThat(types()).containsExactly(EntryType.ALARM, EntryType.CONFLICT, EntryType.FAULT);
        assertThat(conflict.type()).isEqualTo(EntryType.CONFLICT);
        assertThat(conflict.fact().envelope()).isEqualTo(other.envelope());
        assertThat(conflict.fact().detail()).contains("another content in entry 1");
        assertThat(ledger.find(button.alarmId(1)).orElseThrow().type()).isEqualTo(EntryType.ALARM);
    }

    @Test
    void each_other_content_is_kept_once() {
        commit(button.received(button.panic(1)));
        Submission.Received second = button.received(button.panic(button.alarmId(1), "second"));
        Submission.Received third = button.received(button.panic(button.alarmId(1), "third"));
        Entry conflict = commit(second);
        commit(third);

        assertThat(submit(second)).isEqualTo(new Committed(conflict, true));
        assertThat(types()).containsExactly(EntryType.ALARM, EntryType.CONFLICT, EntryType.FAULT, EntryType.CONFLICT);
    }

    @Test
    void an_alarm_of_a_known_boot_with_another_nonce_is_a_conflict() {
        commit(panicOfBoot(4, 1, 1));

        Entry conflict = commit(panicOfBoot(4, OTHER_NONCE, 2));
        commit(panicOfBoot(4, OTHER_NONCE, 3));

        assertThat(conflict.type()).isEqualTo(EntryType.CONFLICT);
        assertThat(conflict.fact().detail()).contains("boot 4").contains("cloned or restored");
        assertThat(types()).containsExactly(EntryType.ALARM, EntryType.CONFLICT, EntryType.FAULT, EntryType.CONFLICT);
        assertThat(ledger.find(new AlarmId(button.id(), 4, OTHER_NONCE, 2))).contains(conflict);
    }

    @Test
    void a_late_alarm_of_an_earlier_boot_is_no_conflict() {
        commit(panicOfBoot(5, 1, 1));

        assertThat(commit(panicOfBoot(3, OTHER_NONCE, 1)).type()).isEqualTo(EntryType.ALARM);
        assertThat(commit(panicOfBoot(3, OTHER_NONCE, 2)).type()).isEqualTo(EntryType.ALARM);
    }

    @Test
    void boot_zero_is_a_counter_nobody_could_read_and_binds_nothing() {
        commit(heartbeat(3, 1));
        assertThat(commit(panicOfBoot(0, 1, 1)).type()).isEqualTo(EntryType.ALARM);
        assertThat(commit(panicOfBoot(0, OTHER_NONCE, 1)).type()).isEqualTo(EntryType.ALARM);
        assertThat(submit(heartbeat(0, 3))).isEqualTo(new Outcome.Unchanged());
    }

    @Test
    void the_first_heartbeat_of_a_boot_binds_its_nonce() {
        assertThat(commit(heartbeat(2, 1)).type()).isEqualTo(EntryType.BOOT);
        assertThat(submit(heartbeat(2, 1))).isEqualTo(new Outcome.Unchanged());

        assertThat(commit(panicOfBoot(2, 1, 1)).type()).isEqualTo(EntryType.ALARM);
        assertThat(commit(panicOfBoot(2, OTHER_NONCE, 2)).type()).isEqualTo(EntryType.CONFLICT);
    }

    @Test
    void a_heartbeat_of_an_earlier_boot_is_a_conflict_once() {
        commit(heartbeat(5, 1));

        assertThat(commit(heartbeat(4, 2)).type()).isEqualTo(EntryType.CONFLICT);
        assertThat(submit(heartbeat(4, 2))).isEqualTo(new Outcome.Unchanged());
        assertThat(commit(heartbeat(4, 3)).type()).isEqualTo(EntryType.CONFLICT);
        assertThat(types())
                .containsExactly(
                        EntryType.BOOT, EntryType.CONFLICT, EntryType.FAULT, EntryType.CONFLICT, EntryType.FAULT);
    }

    @Test
    void a_clones_heartbeat_does_not_bind_the_boot_it_claims() {
        commit(heartbeat(5, 1));
        commit(heartbeat(4, OTHER_NONCE));

        assertThat(commit(panicOfBoot(4, 2, 1)).type()).isEqualTo(EntryType.ALARM);
    }

    @Test
    void a_heartbeat_of_a_bound_boot_with_another_nonce_is_a_conflict_once() {
        commit(panicOfBoot(5, 1, 1));

        assertThat(commit(heartbeat(5, OTHER_NONCE)).type()).isEqualTo(EntryType.CONFLICT);
        assertThat(submit(heartbeat(5, OTHER_NONCE))).isEqualTo(new Outcome.Unchanged());
        assertThat(submit(heartbeat(5, 1))).isEqualTo(new Outcome.Unchanged());
    }

    @Test
    void a_device_goes_offline_once_and_comes_back_once() {
        Submission silence = new Submission.Silence(button.id(), "no sign for 200 s");
        Submission sign = new Submission.SignOfLife(button.id(), Optional.empty());

        assertThat(submit(sign)).isEqualTo(new Outcome.Unchanged());
        assertThat(commit(silence).type()).isEqualTo(EntryType.OFFLINE);
        assertThat(submit(silence)).isEqualTo(new Outcome.Unchanged());
        assertThat(commit(sign).type()).isEqualTo(EntryType.ONLINE);
        assertThat(submit(sign)).isEqualTo(new Outcome.Unchanged());
        assertThat(commit(silence).type()).isEqualTo(EntryType.OFFLINE);
    }

    @Test
    void a_person_accepts_an_alarm_once() {
        Entry alarm = commit(button.received(button.panic(1)));

        Entry accepted = commit(new Submission.Accept(button.alarmId(1), "Li Na"));

        assertThat(accepted.type()).isEqualTo(EntryType.ACCEPTED);
        assertThat(accepted.fact().by()).isEqualTo("Li Na");
        assertThat(accepted.fact().envelopeSha256()).isEqualTo(alarm.fact().envelopeSha256());
        assertThat(submit(new Submission.Accept(button.alarmId(1), "Wang"))).isEqualTo(new Committed(accepted, true));
    }

    @Test
    void accepting_an_alarm_accepts_its_updates_and_conflicts_too() {
        commit(button.received(button.panic(1)));
        commit(button.received(button.panic(button.alarmId(1), "other")));
        commit(button.received(button.about(button.alarmId(1), 2, AlarmState.UPDATED)));

        commit(new Submission.Accept(button.alarmId(1), "Li Na"));

        assertThat(types().stream().filter(t -> t == EntryType.ACCEPTED)).hasSize(3);
        assertThat(ledger.unacknowledged(button.id(), 10))
                .extracting(e -> e.fact().alarm().orElseThrow().sequence())
                .containsExactly(1L, 1L, 2L);
    }

    @Test
    void of_many_updates_the_newest_are_accepted() {
        commit(button.received(button.panic(1)));
        for (int i = 2; i <= Ledger.MAX_UPDATES_ACCEPTED + 3; i++) {
            commit(button.received(button.about(button.alarmId(1), i, AlarmState.UPDATED)));
        }

        commit(new Submission.Accept(button.alarmId(1), "Li Na"));

        assertThat(ledger.unacknowledged(button.id(), 100))
                .hasSize(1 + Ledger.MAX_UPDATES_ACCEPTED)
                .last()
                .extracting(e -> e.fact().alarm().orElseThrow().sequence())
                .isEqualTo(Ledger.MAX_UPDATES_ACCEPTED + 3L);
    }

    @Test
    void an_alarm_that_is_not_there_can_be_neither_accepted_nor_closed() {
        AlarmId unknown = button.alarmId(9);

        assertThat(submit(new Submission.Accept(unknown, "Li Na"))).isEqualTo(new Outcome.NoSuchAlarm(unknown));
        assertThat(submit(new Submission.Close(unknown, Verdict.REAL, "", "Li Na")))
                .isEqualTo(new Outcome.NoSuchAlarm(unknown));
        assertThat(ledger.head()).isEqualTo(Head.EMPTY);
    }

    @Test
    void a_person_closes_an_alarm_once() {
        commit(button.received(button.panic(1)));
        Submission close = new Submission.Close(button.alarmId(1), Verdict.FALSE, "leant on it", "Li Na");

        Entry closed = commit(close);

        assertThat(closed.fact().detail()).isEqualTo("false; leant on it");
        assertThat(ledger.open(10)).isEmpty();
        assertThat(submit(close)).isEqualTo(new Committed(closed, true));
    }

    @Test
    void what_is_closed_cannot_be_accepted_any_more_until_someone_presses_again() {
        commit(button.received(button.panic(1)));
        commit(button.received(button.about(button.alarmId(1), 2, AlarmState.UPDATED)));
        Entry closed = commit(new Submission.Close(button.alarmId(1), Verdict.TEST, "", "Li Na"));

        assertThat(submit(new Submission.Accept(button.alarmId(1), "Wang"))).isEqualTo(new Committed(closed, true));
        assertThat(submit(new Submission.Accept(button.alarmId(2), "Wang"))).isEqualTo(new Committed(closed, true));

        commit(button.received(button.about(button.alarmId(1), 3, AlarmState.UPDATED)));
        assertThat(commit(new Submission.Accept(button.alarmId(1), "Wang")).type())
                .isEqualTo(EntryType.ACCEPTED);
    }

    @Test
    void what_a_device_says_is_over_and_whether_it_is_there_can_be_asked() {
        Entry alarm = commit(button.received(button.panic(1)));
        Entry over = commit(button.received(button.about(button.alarmId(1), 2, AlarmState.RESTORED)));
        assertThat(ledger.restored(button.id(), alarm.number(), 10)).containsExactly(over);
        assertThat(ledger.restored(button.id(), over.number(), 10)).isEmpty();
        assertThat(ledger.restored("another", 0, 10)).isEmpty();

        assertThat(ledger.supervision(button.id())).isEmpty();
        Entry offline = commit(new Submission.Silence(button.id(), "no sign for 200 s"));
        assertThat(ledger.supervision(button.id())).contains(offline);
    }

    @Test
    void open_alarms_are_told_newest_first_and_restorations_are_none() {
        commit(button.received(button.panic(1)));
        commit(button.received(button.panic(2)));
        commit(button.received(button.about(button.alarmId(2), 3, AlarmState.RESTORED)));

        assertThat(ledger.open(10)).extracting(Entry::number).containsExactly(2L, 1L);
        assertThat(ledger.open(1)).extracting(Entry::number).containsExactly(2L);
    }

    @Test
    void pressing_again_after_the_closing_opens_an_alarm_again() {
        commit(button.received(button.panic(1)));
        commit(button.received(button.about(button.alarmId(1), 2, AlarmState.UPDATED)));
        Submission close = new Submission.Close(button.alarmId(1), Verdict.REAL, "", "Li Na");
        commit(close);
        assertThat(ledger.open(10)).isEmpty();

        Entry again = commit(button.received(button.about(button.alarmId(1), 3, AlarmState.UPDATED)));

        assertThat(ledger.open(10)).containsExactly(again);
        commit(close);
        assertThat(ledger.open(10)).isEmpty();
    }

    @Test
    void what_a_device_acknowledged_is_not_pending_any_more() {
        commit(button.received(button.panic(1)));
        Entry accepted = commit(new Submission.Accept(button.alarmId(1), "Li Na"));
        assertThat(ledger.unacknowledged(button.id(), 10)).containsExactly(accepted);

        assertThat(submit(new Submission.Acknowledged(accepted.number()))).isEqualTo(new Outcome.Unchanged());
        assertThat(submit(new Submission.Acknowledged(accepted.number()))).isEqualTo(new Outcome.Unchanged());

        assertThat(ledger.unacknowledged(button.id(), 10)).isEmpty();
    }

    @Test
    void what_waits_when_the_ledger_closes_is_committed_and_nothing_after() {
        CompletableFuture<Outcome> before = new CompletableFuture<>();
        CompletableFuture<Outcome> after = new CompletableFuture<>();
        ledger.submit(button.received(button.panic(1)), before::complete);
        ledger.close();
        ledger.submit(button.received(button.panic(2)), after::complete);

        assertThat(before.join()).isInstanceOf(Committed.class);
        assertThat(after.join()).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void a_sound_ledger_passes_the_check() {
        commit(button.received(button.panic(1)));
        commit(button.received(button.panic(button.alarmId(1), "other")));
        commit(new Submission.Accept(button.alarmId(1), "Li Na"));

        assertThat(LedgerCheck.run(ledger, id -> Optional.empty()))
                .isEqualTo(new LedgerCheck.Result.Sound(ledger.head(), 0, 2));
    }

    /** A list that callbacks on any thread may fill. */
    protected static <T> List<T> shared() {
        return Collections.synchronizedList(new ArrayList<>());
    }
}
