package dev.tocsin.sdk.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.testkit.MemoryStorage.Unsynced;
import dev.tocsin.sdk.testkit.SeededEntropy;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JournalTroubleTest {

    private static final int BALLAST = 8_192;
    private static final Limits WITH_BALLAST = new Limits(1 << 20, 1 << 19, BALLAST);

    private static JournalRig booted() {
        return new JournalRig().booted();
    }

    @Test
    void nothing_is_told_as_kept_before_both_copies_are_synced() {
        JournalRig rig = booted();
        int syncs = rig.storage.syncs();
        rig.put("one");
        rig.pass(Duration.ofMillis(5));
        assertThat(rig.storage.syncs()).isEqualTo(syncs + 1);
        assertThat(rig.kept).isEmpty();
        rig.pass(Duration.ofMillis(5));
        assertThat(rig.kept).containsExactly("one");
    }

    @Test
    void many_items_at_once_share_a_sync() {
        JournalRig rig = booted();
        int syncs = rig.storage.syncs();
        for (int i = 0; i < 1_000; i++) {
            rig.put("item-" + i);
        }
        rig.pass(Duration.ofMillis(100));
        assertThat(rig.kept).hasSize(1_000);
        assertThat(rig.storage.syncs() - syncs).isEqualTo(4);
    }

    @Test
    void a_failed_sync_is_told_and_everything_goes_into_a_new_generation() {
        JournalRig rig = booted();
        rig.put("before");
        rig.rest();
        rig.storage.failSyncs(1);
        rig.put("during");
        rig.pass(Duration.ofMillis(100));

        assertThat(rig.told).containsExactly("the disk fails: input/output error");
        assertThat(rig.kept).containsExactly("before");
        rig.put("while it is broken");
        rig.journal.remove(rig.item("before"));
        rig.pass(Duration.ofSeconds(2));

        assertThat(rig.kept).containsExactly("before", "during", "while it is broken");
        assertThat(rig.told).hasSize(2).endsWith("right");
        assertThat(rig.storage.list()).containsExactly("journal-0000000002.a", "journal-0000000002.b");
        rig.cut(Unsynced.LOST, new SeededEntropy(1));
        assertThat(rig.texts()).containsExactly("during", "while it is broken");
    }

    @Test
    void the_second_copy_failing_is_as_bad_as_the_first() {
        JournalRig rig = booted();
        rig.put("one");
        rig.pass(Duration.ofMillis(7)); // copy a is synced, copy b under way
        rig.storage.failSyncs(1);
        rig.pass(Duration.ofMillis(100));
        assertThat(rig.told).hasSize(1);
        assertThat(rig.kept).isEmpty();
        rig.pass(Duration.ofSeconds(2));
        assertThat(rig.kept).containsExactly("one");
    }

    @Test
    void a_disk_that_fails_on_is_tried_again_less_and_less_often_with_a_bounded_number_of_files() {
        JournalRig rig = booted();
        rig.storage.failSyncs(Integer.MAX_VALUE);
        rig.put("one");
        rig.pass(Duration.ofMinutes(10));

        assertThat(rig.told).as("told once").hasSize(1);
        assertThat(rig.storage.syncs()).isBetween(15, 30);
        assertThat(rig.storage.list().size()).isLessThanOrEqualTo(4);

        rig.storage.failSyncs(0);
        rig.pass(Duration.ofSeconds(31));
        assertThat(rig.kept).containsExactly("one");
        assertThat(rig.told).hasSize(2).endsWith("right");
        assertThat(rig.storage.list()).hasSize(2);
    }

    @Test
    void a_new_item_does_not_wait_for_the_next_try_on_a_disk_that_is_well_again() {
        JournalRig rig = booted();
        rig.storage.failSyncs(Integer.MAX_VALUE);
        rig.put("one");
        rig.pass(Duration.ofMinutes(10));
        rig.storage.failSyncs(0);
        int tries = rig.storage.syncs();
        rig.pass(Duration.ofMillis(1_100)); // whenever the last try was, more than the first pause ago
        boolean tried = rig.storage.syncs() > tries;
        rig.put("two");
        rig.pass(Duration.ofMillis(100));
        assertThat(rig.kept).containsExactly("one", "two");
        assertThat(tried).as("otherwise nothing was waited for").isFalse();
    }

    @Test
    void on_a_disk_that_fails_on_a_burst_of_items_brings_one_try_a_second() {
        JournalRig rig = booted();
        rig.storage.failSyncs(Integer.MAX_VALUE);
        rig.put("first");
        rig.pass(Duration.ofMinutes(10));
        int tries = rig.storage.syncs();
        for (int i = 0; i < 100; i++) {
            rig.put("item-" + i);
            rig.pass(Duration.ofMillis(100));
        }
        assertThat(rig.storage.syncs() - tries).isBetween(8, 12);
    }

    @Test
    void a_disk_that_fails_now_and_then_is_not_told_in_a_flood() {
        JournalRig rig = booted();
        for (int i = 0; i < 600; i++) {
            rig.storage.failSyncs(1);
            rig.put("item-" + i);
            rig.pass(Duration.ofSeconds(1));
        }
        assertThat(rig.told.size()).as("told in ten minutes").isLessThan(60);
        rig.storage.failSyncs(0);
        rig.pass(Duration.ofSeconds(31));
        assertThat(rig.kept).hasSize(600);
    }

    @Test
    void a_boot_that_cannot_be_synced_is_told_and_made_up_for() {
        JournalRig rig = new JournalRig();
        rig.storage.failSyncs(3);
        rig.boot();
        rig.put("one");
        rig.pass(Duration.ofMillis(100));
        assertThat(rig.bootKept).isFalse();
        assertThat(rig.told).hasSize(1);

        rig.pass(Duration.ofSeconds(20));
        assertThat(rig.bootKept).isTrue();
        assertThat(rig.kept).containsExactly("one");
        assertThat(rig.told).hasSize(2).endsWith("right");
    }

    @Test
    void a_sync_that_does_not_end_is_told_and_so_is_its_end() {
        JournalRig rig = booted();
        rig.storage.hold();
        rig.put("one");
        rig.pass(Duration.ofNanos(Generations.SLOW_SYNC_NS - 1));
        assertThat(rig.told).isEmpty();
        rig.pass(Duration.ofNanos(1));
        assertThat(rig.told).containsExactly("the disk takes long to answer");

        rig.put("two");
        rig.storage.release();
        rig.pass(Duration.ofMillis(100));
        assertThat(rig.told).hasSize(2).endsWith("right");
        assertThat(rig.kept).containsExactly("one", "two");
    }

    @Test
    void what_is_told_as_right_again_may_be_answered_with_an_item_and_nobody_is_forgotten() {
        JournalRig[] holder = new JournalRig[1];
        JournalRig rig = new JournalRig();
        holder[0] = rig;
        Journal.Listener answering = new Journal.Listener() {
            @Override
            public void trouble(Optional<String> why) {
                holder[0].journal.put(
                        Priority.ROUTINE,
                        JournalRig.body(why.orElse("right")),
                        () -> holder[0].kept.add(why.orElse("right")));
            }

            @Override
            public void evicted(Item item) {}
        };
        rig.journal = Journal.open(rig.storage, rig.life, rig.limits, answering);
        rig.storage.failSyncs(2);
        rig.boot();
        rig.put("one");
        rig.rest();

        assertThat(rig.bootKept).isTrue();
        assertThat(rig.kept).containsExactlyInAnyOrder("one", "right", "the disk fails: input/output error");
        rig.cut(Unsynced.LOST, new SeededEntropy(1));
        assertThat(rig.texts()).containsExactlyInAnyOrder("one", "right", "the disk fails: input/output error");
    }

    @Test
    void a_full_disk_is_told_gives_up_telemetry_and_its_ballast_and_goes_on() {
        JournalRig rig = new JournalRig(WITH_BALLAST).booted();
        rig.rest();
        assertThat(rig.storage.contents().get("ballast")).hasSize(BALLAST);
        rig.put(Priority.TELEMETRY, "telemetry");
        rig.put(Priority.ROUTINE, "routine");
        rig.rest();
        rig.storage.room(rig.storage.bytes() + 10);

        rig.put("life");
        rig.pass(Duration.ofMillis(100));

        assertThat(rig.told).containsExactly("the disk is full");
        assertThat(rig.evicted).containsExactly("telemetry");
        assertThat(rig.kept).as("in the ballast's room, at once").contains("life");
        assertThat(rig.storage.list()).doesNotContain("ballast");
        rig.cut(Unsynced.LOST, new SeededEntropy(1));
        assertThat(rig.texts()).containsExactly("routine", "life");
    }

    @Test
    void the_trouble_of_a_full_disk_is_over_when_there_is_room_in_reserve_again() {
        JournalRig rig = new JournalRig(WITH_BALLAST).booted();
        rig.rest();
        rig.storage.room(rig.storage.bytes() + 10);
        rig.put("life");
        rig.pass(Duration.ofMinutes(5));
        assertThat(rig.told).as("no room in reserve yet").containsExactly("the disk is full");
        assertThat(rig.storage.list()).doesNotContain("ballast");

        rig.storage.room(Long.MAX_VALUE);
        rig.pass(Duration.ofNanos(2 * Generations.BALLAST_RETRY_NS));
        assertThat(rig.told).containsExactly("the disk is full", "right");
        assertThat(rig.storage.contents().get("ballast")).hasSize(BALLAST);
    }

    @Test
    void a_disk_too_full_even_for_the_ballast_at_first_boot_is_told_and_still_keeps_alarms() {
        JournalRig rig = new JournalRig(WITH_BALLAST);
        rig.storage.room(4_000);
        rig.booted();
        assertThat(rig.bootKept).isTrue();
        assertThat(rig.told).containsExactly("the disk has no room in reserve");
        rig.put("life");
        rig.rest();
        assertThat(rig.kept).containsExactly("life");
        assertThat(rig.told).hasSize(1);
    }

    @Test
    void the_ballast_is_laid_after_the_boot_counter_is_kept_and_only_once() {
        JournalRig rig = new JournalRig(WITH_BALLAST);
        int[] written = new int[1];
        rig.journal.boot(() -> written[0] = rig.storage.appended());
        rig.rest();
        assertThat(written[0]).as("bytes written until the counter was kept").isBetween(1, BALLAST - 1);
        assertThat(rig.storage.appended()).isGreaterThan(BALLAST);

        rig.restart().booted();
        rig.rest();
        assertThat(rig.storage.appended()).as("it is there already").isLessThan(BALLAST);
        assertThat(rig.storage.list()).contains("ballast");
    }

    @Test
    void on_a_disk_that_stays_full_the_journal_goes_on_in_memory_and_catches_up() {
        JournalRig rig = booted();
        rig.rest();
        rig.storage.room(rig.storage.bytes());
        for (int i = 0; i < 50; i++) {
            rig.put("item-" + i);
            rig.pass(Duration.ofSeconds(1));
        }
        assertThat(rig.kept).isEmpty();
        assertThat(rig.told).containsExactly("the disk is full");
        rig.storage.room(Long.MAX_VALUE);
        rig.pass(Duration.ofSeconds(31));
        assertThat(rig.kept).hasSize(50);
        assertThat(rig.told).containsExactly("the disk is full", "right");
    }

    @Test
    void who_waits_for_an_item_that_is_gone_does_not_wait_on_a_dead_disk() {
        JournalRig rig = booted();
        rig.storage.failSyncs(Integer.MAX_VALUE);
        for (int i = 0; i < 1_000; i++) {
            rig.journal.remove(rig.put("item-" + i));
            rig.pass(Duration.ofSeconds(1));
        }
        rig.storage.failSyncs(0);
        rig.pass(Duration.ofSeconds(31));
        assertThat(rig.kept.size()).as("callbacks held for items long gone").isLessThan(50);
    }

    @Test
    void after_it_is_closed_nothing_is_written_and_nothing_told() {
        JournalRig rig = booted();
        Item one = rig.put("one");
        rig.journal.mark(one, JournalRig.body("mark"));
        rig.journal.close();
        int written = rig.storage.appended();
        int syncs = rig.storage.syncs();
        rig.journal.remove(one);
        rig.put("two");
        rig.rest();
        assertThat(rig.storage.appended()).isEqualTo(written);
        assertThat(rig.storage.syncs()).isLessThanOrEqualTo(syncs + 1); // the one that was under way
        assertThat(rig.kept).isEmpty();
        assertThat(rig.time.pending()).isZero();
    }
}
