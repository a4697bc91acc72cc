package dev.tocsin.sdk.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.testkit.MemoryStorage;
import dev.tocsin.sdk.testkit.SeededEntropy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class JournalRotTest {

    private static final String A = "journal-0000000001.a";
    private static final String B = "journal-0000000001.b";

    /** One generation with three items, one of them marked, one record behind them all. */
    private static JournalRig written() {
        JournalRig rig = new JournalRig().booted();
        rig.put("one");
        rig.put("two");
        rig.journal.mark(rig.item("one"), JournalRig.body("mark"));
        rig.put("three");
        rig.rest();
        return rig;
    }

    private static JournalRig opened(Map<String, byte[]> contents) {
        return new JournalRig().reopen(life -> new MemoryStorage(life, contents));
    }

    @Test
    void one_copy_rotten_at_any_single_bit_loses_nothing_and_is_told() {
        Map<String, byte[]> contents = written().storage.contents();
        for (String copy : List.of(A, B)) {
            int length = file(contents, copy).length;
            for (int bit = 0; bit < 8 * length; bit++) {
                JournalRig rig = new JournalRig();
                int at = bit;
                rig.reopen(life -> {
                    MemoryStorage storage = new MemoryStorage(life, contents);
                    storage.rot(copy, at / 8, 1 << (at % 8));
                    return storage;
                });
                assertThat(rig.texts()).as("%s, bit %d", copy, bit).containsExactly("one", "two", "three");
                assertThat(rig.item("one").marks()).as("%s, bit %d", copy, bit).hasSize(1);
                assertThat(rig.journal.findings()).as("%s, bit %d", copy, bit).isNotEmpty();
                assertThat(rig.tellsLoss()).as("%s, bit %d", copy, bit).isFalse();
            }
        }
    }

    @Test
    void one_copy_gone_or_unreadable_loses_nothing() {
        Map<String, byte[]> contents = written().storage.contents();
        for (String copy : List.of(A, B)) {
            Map<String, byte[]> rest = new TreeMap<>(contents);
            rest.remove(copy);
            assertThat(opened(rest).texts()).containsExactly("one", "two", "three");

            rest.put(copy, new SeededEntropy(3).nextBytes(300));
            JournalRig garbage = opened(rest);
            assertThat(garbage.texts()).containsExactly("one", "two", "three");
            assertThat(garbage.journal.findings()).isNotEmpty();
        }
    }

    @Test
    void both_copies_of_one_record_rotten_lose_exactly_that_record_and_tell_it() {
        Map<String, byte[]> contents = written().storage.contents();
        for (String lost : List.of("one", "two", "three")) {
            JournalRig rig = new JournalRig();
            rig.reopen(life -> {
                MemoryStorage storage = new MemoryStorage(life, contents);
                storage.rot(A, bodyAt(file(contents, A), lost), 1);
                storage.rot(B, bodyAt(file(contents, B), lost) + 1, 64);
                return storage;
            });
            long number = written().item(lost).number();

            List<String> others = new ArrayList<>(List.of("one", "two", "three"));
            others.remove(lost);
            assertThat(rig.texts()).as(lost).containsExactlyElementsOf(others);
            assertThat(rig.missing()).as(lost).containsExactly(number);
            assertThat(rig.journal.findings().stream().filter(Finding::isLoss))
                    .as(lost)
                    .hasSize(1);
        }
    }

    @Test
    void damaged_bytes_are_put_into_quarantine_for_a_person_to_look_at() throws IOException {
        Map<String, byte[]> contents = written().storage.contents();
        JournalRig rig = new JournalRig();
        rig.reopen(life -> {
            MemoryStorage storage = new MemoryStorage(life, contents);
            storage.rot(A, bodyAt(file(contents, A), "two"), 1);
            return storage;
        });
        rig.booted();

        assertThat(rig.storage.list()).contains("quarantine-0000000002").doesNotContain(A, B);
        String kept = JournalRig.text(Bytes.wrap(rig.storage.read("quarantine-0000000002")));
        assertThat(kept).startsWith(A + " ").contains("TcJ1").contains("wo");
        rig.restart();
        assertThat(rig.journal.findings()).as("told once").isEmpty();
        assertThat(rig.texts()).containsExactly("one", "two", "three");
    }

    @Test
    void no_more_than_a_few_quarantine_files_are_kept() {
        JournalRig rig = written();
        for (int boot = 0; boot < 20; boot++) {
            rig.reopen(life -> {
                MemoryStorage storage = new MemoryStorage(life, rig.storage.contents());
                storage.rot(storage.list().getFirst(), 30, 1);
                return storage;
            });
            rig.booted();
            rig.rest();
        }
        assertThat(rig.texts()).containsExactly("one", "two", "three");
        assertThat(rig.storage.list().stream().filter(Files::isQuarantine))
                .hasSize(Journal.MAX_QUARANTINES)
                .contains(Files.quarantine(21));
        assertThat(rig.storage.list()).hasSize(2 + Journal.MAX_QUARANTINES);
    }

    @Test
    void the_boot_counter_survives_rot_in_both_copies_of_one_head() {
        JournalRig rig = written();
        rig.restart().booted();
        Map<String, byte[]> contents = rig.storage.contents();
        JournalRig after = new JournalRig();
        after.reopen(life -> {
            MemoryStorage storage = new MemoryStorage(life, contents);
            contents.keySet().forEach(name -> storage.rot(name, 20, 1)); // in the first record
            return storage;
        });

        assertThat(after.texts()).containsExactly("one", "two", "three");
        assertThat(after.tellsLoss()).isFalse();
        after.boot();
        assertThat(after.bootCounter).isEqualTo(3);
    }

    @Test
    void a_journal_without_any_head_keeps_its_items_and_tells_that_the_counter_is_lost() {
        JournalRig rig = written();
        rig.restart().booted();
        Map<String, byte[]> contents = rig.storage.contents();
        Map<String, byte[]> headless = new TreeMap<>();
        contents.forEach((name, file) -> headless.put(name, without('H', file)));

        JournalRig after = opened(headless);

        assertThat(after.texts()).containsExactly("one", "two", "three");
        assertThat(after.journal.findings()).containsExactly(new Finding.Headless());
        assertThat(after.booted().put("four").number())
                .as("numbers go on all the same")
                .isGreaterThan(after.item("three").number());
    }

    @Test
    void damage_in_the_middle_loses_no_record_behind_it() {
        Map<String, byte[]> contents = written().storage.contents();
        SeededEntropy dice = new SeededEntropy(11);
        for (int round = 0; round < 2_000; round++) {
            byte[] a = file(contents, A).clone();
            int from = dice.nextInt(a.length - 60);
            System.arraycopy(dice.nextBytes(60), 0, a, from, 60);
            Map<String, byte[]> damaged = new TreeMap<>(contents);
            damaged.put(A, a);
            damaged.put(B, a); // both the same way
            JournalRig rig = opened(damaged);
            int two = at('P', a, 0);
            List<String> behind = List.of("three");
            if (from + 60 <= bodyAt(file(contents, A), "three") - 22) {
                assertThat(rig.texts()).as("damage at %d", from).containsAll(behind);
            }
            assertThat(rig.journal.findings())
                    .as("damage at %d, first item at %d", from, two)
                    .isNotEmpty();
        }
    }

    @Test
    void a_record_of_a_kind_that_a_newer_version_wrote_is_put_aside_and_no_reason_to_stop() {
        byte[] unknown = new Frame.Remove(7).encode(1);
        unknown[Frame.HEADER_BYTES] = 'Z';
        byte[] head = new Frame.Head(4, List.of()).encode(1);
        byte[] item = new Frame.Put(Files.firstNumber(1), Priority.LIFE, JournalRig.body("one")).encode(1);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(head);
        file.writeBytes(withChecksum(unknown, 1));
        file.writeBytes(item);

        JournalRig rig = opened(Map.of(A, file.toByteArray(), B, file.toByteArray()));

        assertThat(rig.texts()).containsExactly("one");
        assertThat(rig.journal.findings())
                .containsExactly(
                        new Finding.Quarantined(A, head.length, unknown.length),
                        new Finding.Quarantined(B, head.length, unknown.length));
        rig.booted();
        assertThat(rig.bootCounter).isEqualTo(5);
        assertThat(rig.storage.list()).contains("quarantine-0000000002");
    }

    @Test
    void an_item_of_an_unknown_priority_is_told_as_missing() {
        byte[] put = new Frame.Put(Files.firstNumber(1), Priority.LIFE, JournalRig.body("one")).encode(1);
        put[Frame.HEADER_BYTES + 9] = 9;
        byte[] file = withChecksum(put, 1);
        byte[] head = new Frame.Head(1, List.of(Files.firstNumber(1))).encode(2);

        JournalRig rig = opened(Map.of(A, file, "journal-0000000002.a", head));

        assertThat(rig.missing()).containsExactly(Files.firstNumber(1));
    }

    @Test
    void what_a_deleted_generation_left_on_the_medium_is_not_believed() {
        JournalRig rig = written();
        byte[] stale = file(rig.storage.contents(), A);
        rig.journal.remove(rig.item("two"));
        rig.rest();
        rig.restart().booted();
        Map<String, byte[]> contents = new TreeMap<>(rig.storage.contents());
        contents.replaceAll((name, file) -> {
            byte[] longer = Arrays.copyOf(file, file.length + stale.length);
            System.arraycopy(stale, 0, longer, file.length, stale.length);
            return longer;
        });

        assertThat(opened(contents).texts()).containsExactly("one", "three");
    }

    @Test
    void a_medium_full_of_damage_is_told_in_a_bounded_number_of_findings() {
        JournalRig rig = new JournalRig().booted();
        for (int i = 0; i < 200; i++) {
            rig.put("item-" + i);
        }
        rig.rest();
        Map<String, byte[]> contents = rig.storage.contents();
        for (byte[] file : contents.values()) {
            for (int i = 100; i < file.length; i += 90) {
                file[i] ^= 0x55;
            }
        }
        JournalRig after = opened(contents);

        assertThat(after.journal.findings()).hasSize(Recovery.MAX_FINDINGS);
        assertThat(after.journal.findings().getLast()).isInstanceOf(Finding.More.class);
        assertThat(after.tellsLoss()).isTrue();
        after.booted();
        assertThat(file(after.storage.contents(), "quarantine-0000000002").length)
                .isLessThanOrEqualTo(Recovery.MAX_QUARANTINE_BYTES);
    }

    private static byte[] file(Map<String, byte[]> contents, String name) {
        return Objects.requireNonNull(contents.get(name), name);
    }

    private static int bodyAt(byte[] file, String text) {
        for (int at = at('P', file, 0); at >= 0; at = at('P', file, at + 1)) {
            if (Frame.decode(file, at).orElseThrow() instanceof Frame.Put p
                    && JournalRig.text(p.body()).equals(text)) {
                return at + Frame.HEADER_BYTES + 10;
            }
        }
        throw new AssertionError("no item " + text);
    }

    private static int at(char type, byte[] file, int from) {
        for (int at = from; at < file.length; at++) {
            if (Frame.isAt(file, at, 1) && file[at + Frame.HEADER_BYTES] == type) {
                return at;
            }
        }
        return -1;
    }

    private static byte[] without(char type, byte[] file) {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        for (int at = 0; at < file.length; at += Frame.sizeAt(file, at)) {
            if (file[at + Frame.HEADER_BYTES] != type) {
                rest.write(file, at, Frame.sizeAt(file, at));
            }
        }
        return rest.toByteArray();
    }

    /** Mends the checksum of a record that was changed, by trying what a newer version would compute. */
    private static byte[] withChecksum(byte[] record, long generation) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(8).putLong(0, generation));
        crc.update(record, 4, 4);
        crc.update(record, Frame.HEADER_BYTES, record.length - Frame.HEADER_BYTES);
        ByteBuffer.wrap(record).putInt(8, (int) crc.getValue());
        return record;
    }
}
