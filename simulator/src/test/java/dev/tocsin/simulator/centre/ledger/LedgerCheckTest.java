package dev.tocsin.simulator.centre.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.codec.DrillMessages;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.DrillNotice;
import dev.tocsin.simulator.centre.HandTime;
import dev.tocsin.simulator.centre.TestDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Forgeries that know how a hash is made. */
final class LedgerCheckTest {

    private final TestDevice button = new TestDevice("school-007/button-3");
    private final List<Entry> entries = new ArrayList<>();

    @BeforeEach
    void keepFourAlarms() {
        Head head = Head.EMPTY;
        for (int i = 1; i <= 4; i++) {
            Submission.Received alarm = button.received(button.panic(i));
            Fact fact = Fact.alarm(EntryType.ALARM, alarm.alarm(), alarm.envelope(), "");
            Entry entry = Chain.append(head, fact, HandTime.START);
            entries.add(entry);
            head = entry.asHead();
        }
    }

    private LedgerCheck.Result check() {
        return LedgerCheck.run(new Forged(entries), key -> Optional.empty());
    }

    private void assertBrokenAt(long number) {
        assertThat(check())
                .isInstanceOfSatisfying(
                        LedgerCheck.Result.Broken.class,
                        broken -> assertThat(broken.number()).isEqualTo(number));
    }

    /** Writes entry 2 anew, with a right hash of its own. */
    private void rewriteSecond(Fact fact) {
        entries.set(1, Chain.append(entries.getFirst().asHead(), fact, HandTime.START));
    }

    @Test
    void what_was_written_is_sound() {
        assertThat(check())
                .isEqualTo(new LedgerCheck.Result.Sound(entries.getLast().asHead(), 0, 4));
    }

    @Test
    void an_entry_written_anew_with_a_right_hash_breaks_the_next() {
        rewriteSecond(Fact.event(EntryType.BOOT, button.id(), "boot 1"));

        assertBrokenAt(3);
    }

    @Test
    void an_entry_that_says_something_else_than_its_signed_alarm_is_found_whatever_its_hash() {
        Submission.Received alarm = button.received(button.panic(2));
        rewriteSecond(Fact.alarm(EntryType.ALARM, button.panic(9), alarm.envelope(), ""));
        assertBrokenAt(2);
    }

    @Test
    void a_notice_that_says_something_else_than_it_was_signed_is_found_whatever_its_hash() {
        DrillNotice notice = TestNotices.of("fire-7", true);
        Bytes signed = DrillMessages.sign(notice, button.signer()).bytes();
        rewriteSecond(Fact.notice(notice, signed));
        entries.subList(2, entries.size()).clear();
        assertThat(check())
                .isEqualTo(new LedgerCheck.Result.Sound(entries.getLast().asHead(), 0, 2));

        rewriteSecond(Fact.notice(TestNotices.of("fire-7", false), signed));
        assertBrokenAt(2);
    }

    @Test
    void an_entry_taken_out_is_found_by_its_number() {
        entries.remove(1);

        assertBrokenAt(2);
    }

    @Test
    void entries_that_changed_places_are_found() {
        entries.add(1, entries.remove(2));

        assertBrokenAt(2);
    }

    /** A medium that gives what it was made to. */
    private record Forged(List<Entry> all) implements LedgerView {

        @Override
        public Head head() {
            return all.getLast().asHead();
        }

        @Override
        public List<Entry> entries(long from, int limit) {
            return all.stream().skip(from - 1).limit(limit).toList();
        }

        @Override
        public Optional<Entry> find(AlarmId alarm) {
            return Optional.empty();
        }

        @Override
        public List<Entry> history(AlarmId alarm, int limit) {
            return List.of();
        }

        @Override
        public List<Entry> open(int limit) {
            return List.of();
        }

        @Override
        public List<Entry> unacknowledged(String device, int limit) {
            return List.of();
        }

        @Override
        public List<Entry> drills(long before, int limit) {
            return List.of();
        }

        @Override
        public List<Entry> orders(long before, int limit) {
            return List.of();
        }

        @Override
        public List<Entry> restored(String device, long after, int limit) {
            return List.of();
        }

        @Override
        public Optional<Entry> supervision(String device) {
            return Optional.empty();
        }
    }
}
