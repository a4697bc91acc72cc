package dev.tocsin.sdk.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.port.Timers;
import dev.tocsin.sdk.testkit.MemoryStorage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class JournalCutTest {

    /** Writes five records, then looks at what a cut at each single byte of them leaves. */
    @Test
    void a_cut_at_every_byte_of_a_multi_record_write_recovers_everything_synced() {
        JournalRig rig = new JournalRig().booted();
        Item first = rig.put("synced-1");
        rig.put("synced-2");
        rig.rest();
        int from = rig.storage.appended();
        rig.put("loose-1");
        rig.journal.mark(first, JournalRig.body("mark"));
        rig.put(Priority.ROUTINE, "loose-2");
        rig.journal.remove(rig.item("synced-2"));
        rig.put(Priority.TELEMETRY, "loose-3");
        int to = rig.storage.appended();
        assertThat(to - from).as("bytes of the write, two copies").isGreaterThan(200);

        for (int at = from; at <= to; at++) {
            JournalRig after = new JournalRig();
            int cut = at;
            after.reopen(life -> rig.storage.afterCutAtByte(cut, life));

            assertThat(after.texts()).as("cut at byte %d", at).contains("synced-1");
            assertThat(after.texts())
                    .as("cut at byte %d", at)
                    .isSubsetOf("synced-1", "synced-2", "loose-1", "loose-2", "loose-3");
            assertThat(after.journal.items().stream().map(Item::number))
                    .as("order, cut at byte %d", at)
                    .isSorted();
            after.booted();
            assertThat(after.bootKept).isTrue();
            assertThat(after.bootCounter).as("boot counter, cut at byte %d", at).isEqualTo(2);
            Item next = after.put("next");
            assertThat(next.number())
                    .as("cut at byte %d", at)
                    .isGreaterThan(rig.item("loose-3").number());
        }
        assertThat(rig.storage.afterCutAtByte(from, rig.life).contents().values())
                .allMatch(file -> Frame.isAt(file, 0, 1));
    }

    /** The medium of the test above, where room had been made: behind what was written the files hold zeros. */
    @Test
    void a_cut_at_every_byte_of_a_write_into_room_recovers_everything_synced() {
        JournalRig rig = new JournalRig().booted();
        rig.put("synced");
        rig.rest();
        int from = rig.storage.appended();
        rig.put("loose");
        int to = rig.storage.appended();

        for (int at = from; at <= to; at++) {
            JournalRig after = new JournalRig();
            int cut = at;
            after.reopen(life -> withRoom(rig.storage.afterCutAtByte(cut, life), life));

            assertThat(after.texts())
                    .as("cut at byte %d", at)
                    .contains("synced")
                    .isSubsetOf("synced", "loose");
            boolean whole = at == from || at == (from + to) / 2 || at == to; // neither copy's record is torn
            assertThat(after.journal.findings().isEmpty())
                    .as("no damage, cut at byte %d", at)
                    .isEqualTo(whole);
            after.booted();
            assertThat(after.put("next").number())
                    .as("cut at byte %d", at)
                    .isGreaterThan(rig.item("synced").number());
        }
    }

    private static MemoryStorage withRoom(MemoryStorage medium, Timers timers) {
        Map<String, byte[]> contents = new TreeMap<>(medium.contents());
        contents.replaceAll((name, bytes) -> Arrays.copyOf(bytes, bytes.length + Generations.ROOM_BYTES));
        return new MemoryStorage(timers, contents);
    }

    @Test
    void nothing_of_a_removed_record_is_told_as_lost() {
        JournalRig rig = new JournalRig().booted();
        Item gone = rig.put("gone");
        rig.put("stays");
        rig.journal.remove(gone);
        rig.rest();

        rig.restart();

        assertThat(rig.texts()).containsExactly("stays");
        assertThat(rig.journal.findings()).isEmpty();
    }

    @Test
    void a_cut_tail_is_told_and_cut_off() {
        JournalRig rig = new JournalRig().booted();
        rig.put("one");
        rig.rest();
        int from = rig.storage.appended();
        Item two = rig.put("two");

        rig.reopen(life -> rig.storage.afterCutAtByte(from + 24, life)); // one byte short of copy a's record

        assertThat(rig.texts()).containsExactly("one");
        assertThat(rig.journal.findings())
                .containsExactly(new Finding.TailCut("journal-0000000001.a", 24), new Finding.Missing(two.number()));
        rig.booted();
        rig.restart();
        assertThat(rig.journal.findings()).as("told once").isEmpty();
    }

    /** Every moment of a boot on top of an unclean end: the switch from one generation to the next. */
    @Test
    void a_cut_at_every_byte_of_the_switch_between_generations_loses_nothing() {
        JournalRig rig = new JournalRig().booted();
        for (int i = 0; i < 5; i++) {
            rig.put("item-" + i);
        }
        rig.journal.mark(rig.item("item-0"), JournalRig.body("mark"));
        rig.rest();
        rig.restart();
        rig.boot(); // appends generation 2, not synced
        rig.put("after boot");
        int to = rig.storage.appended();

        for (int at = 0; at <= to; at++) {
            JournalRig after = new JournalRig();
            int cut = at;
            after.reopen(life -> rig.storage.afterCutAtByte(cut, life));
            assertThat(after.texts())
                    .as("cut at byte %d", at)
                    .startsWith("item-0", "item-1", "item-2", "item-3", "item-4");
            assertThat(after.item("item-0").marks()).as("cut at byte %d", at).containsExactly(JournalRig.body("mark"));
            after.booted();
            assertThat(after.bootCounter).as("cut at byte %d", at).isBetween(2L, 3L);
        }
    }

    @Test
    void a_compaction_cut_at_every_block_loses_nothing() {
        JournalRig rig = new JournalRig().booted();
        String large = "x".repeat(10_000);
        for (int i = 0; i < 4; i++) {
            rig.put("stays-" + i);
        }
        rig.rest();
        rig.restart().booted(); // fresh history
        List<String> before = rig.storage.list();
        int churn = 0;
        while (rig.storage.list().equals(before)) {
            Item item = rig.put(large + churn++);
            rig.pass(Duration.ofMillis(100));
            rig.journal.remove(item);
            assertThat(churn).as("rounds without a compaction").isLessThan(1000);
        }
        int to = rig.storage.appended();
        for (int at = to - 60_000; at <= to; at += 97) {
            JournalRig after = new JournalRig();
            int cut = at;
            after.reopen(life -> rig.storage.afterCutAtByte(cut, life));
            assertThat(after.texts()).as("cut at byte %d", at).contains("stays-0", "stays-1", "stays-2", "stays-3");
        }
        rig.rest();
        assertThat(rig.storage.list())
                .as("the old generation is gone")
                .hasSize(2)
                .doesNotContainAnyElementsOf(before);
    }

    @Test
    void a_file_cut_to_nothing_or_of_foreign_bytes_is_no_reason_to_stop() {
        Map<String, byte[]> odd = new TreeMap<>();
        odd.put("journal-0000000007.a", new byte[0]);
        odd.put("journal-0000000007.b", new byte[] {1, 2, 3});
        odd.put("journal-9999999999.a", new byte[] {1});
        odd.put("journal-1.a", new byte[] {1});
        odd.put("lost+found", new byte[0]);
        JournalRig rig = new JournalRig();
        rig.reopen(life -> new MemoryStorage(life, odd));

        assertThat(rig.texts()).isEmpty();
        rig.booted();
        rig.put("one");
        rig.rest();
        rig.restart();
        assertThat(rig.texts()).containsExactly("one");
        assertThat(new ArrayList<>(rig.storage.list()))
                .contains("journal-0000000008.a", "journal-0000000008.b", "journal-9999999999.a", "lost+found")
                .doesNotContain("journal-0000000007.a");
    }
}
