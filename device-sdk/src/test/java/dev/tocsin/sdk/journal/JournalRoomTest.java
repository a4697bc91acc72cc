package dev.tocsin.sdk.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.sdk.model.Bytes;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JournalRoomTest {

    /** Room for ten items of 36 bytes each, four of them for lives alone. */
    private static final Limits TEN = new Limits(1_000, 400, 0);

    private static String item(String name) {
        return String.format("%-36s", name);
    }

    private static JournalRig full(Priority... priorities) {
        JournalRig rig = new JournalRig(TEN).booted();
        for (int i = 0; i < priorities.length; i++) {
            assertThat(rig.put(priorities[i], item(priorities[i] + "-" + i))).isPresent();
        }
        return rig;
    }

    private static List<String> names(List<String> texts) {
        return texts.stream().map(String::strip).toList();
    }

    @Test
    void telemetry_goes_first_and_the_oldest_of_it() {
        JournalRig rig = full(
                Priority.ROUTINE,
                Priority.TELEMETRY,
                Priority.TELEMETRY,
                Priority.ROUTINE,
                Priority.ROUTINE,
                Priority.ROUTINE);

        assertThat(rig.put(Priority.ROUTINE, item("new"))).isPresent();
        assertThat(names(rig.evicted)).containsExactly("TELEMETRY-1");
        assertThat(rig.put(Priority.TELEMETRY, item("newer"))).isPresent();
        assertThat(names(rig.evicted)).containsExactly("TELEMETRY-1", "TELEMETRY-2");
    }

    @Test
    void the_oldest_routine_item_goes_when_there_is_no_telemetry_left() {
        JournalRig rig = full(
                Priority.ROUTINE,
                Priority.LIFE,
                Priority.ROUTINE,
                Priority.ROUTINE,
                Priority.ROUTINE,
                Priority.ROUTINE,
                Priority.ROUTINE);

        assertThat(rig.put(Priority.ROUTINE, item("new"))).isPresent();

        assertThat(names(rig.evicted)).containsExactly("ROUTINE-0");
        assertThat(names(rig.texts())).endsWith("new").doesNotContain("ROUTINE-0");
    }

    @Test
    void telemetry_never_pushes_out_anything_better() {
        JournalRig rig = full(
                Priority.ROUTINE,
                Priority.ROUTINE,
                Priority.ROUTINE,
                Priority.ROUTINE,
                Priority.ROUTINE,
                Priority.ROUTINE);

        assertThat(rig.put(Priority.TELEMETRY, item("new"))).isEmpty();

        assertThat(rig.evicted).isEmpty();
        assertThat(rig.texts()).hasSize(6);
    }

    @Test
    void others_never_take_the_room_that_is_reserved_for_lives() {
        JournalRig rig = new JournalRig(TEN).booted();
        for (int i = 0; i < 50; i++) {
            rig.put(i % 2 == 0 ? Priority.TELEMETRY : Priority.ROUTINE, item("other-" + i));
        }
        assertThat(rig.texts()).hasSize(6);
        assertThat(rig.journal.bytes()).isEqualTo(600);

        for (int i = 0; i < 10; i++) {
            assertThat(rig.put(Priority.LIFE, item("life-" + i)))
                    .as("life %d", i)
                    .isPresent();
        }
        assertThat(names(rig.texts()))
                .containsExactlyElementsOf(
                        IntStream.range(0, 10).mapToObj(i -> "life-" + i).toList());
    }

    @Test
    void a_life_never_makes_room_for_another() {
        JournalRig rig = new JournalRig(TEN).booted();
        for (int i = 0; i < 10; i++) {
            rig.put(item("life-" + i));
        }

        assertThat(rig.put(Priority.LIFE, item("one too many"))).isEmpty();
        assertThat(rig.put(Priority.ROUTINE, item("routine"))).isEmpty();

        assertThat(rig.evicted).isEmpty();
        assertThat(rig.texts()).hasSize(10);
        rig.journal.remove(rig.item(item("life-3")));
        assertThat(rig.put(Priority.LIFE, item("now it fits"))).isPresent();
    }

    @Test
    void what_cannot_fit_at_all_pushes_nothing_out() {
        JournalRig rig = full(Priority.TELEMETRY, Priority.ROUTINE, Priority.LIFE);

        assertThat(rig.put(Priority.LIFE, "x".repeat(900))).isEmpty();
        assertThat(rig.put(Priority.ROUTINE, "x".repeat(540))).isEmpty();

        assertThat(rig.evicted).isEmpty();
    }

    @Test
    void a_body_of_the_greatest_length_survives_and_a_longer_one_is_a_bug() {
        JournalRig rig = new JournalRig().booted();
        rig.put("x".repeat(Journal.MAX_BODY));
        rig.rest();
        rig.restart();
        assertThat(rig.texts()).containsExactly("x".repeat(Journal.MAX_BODY));

        assertThatThrownBy(() -> rig.put("x".repeat(Journal.MAX_BODY + 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_thousand_life_alarms_fit_after_a_flood_of_everything_else() {
        JournalRig rig = new JournalRig(Limits.DEFAULT).booted();
        String typical = "x".repeat(600); // an alarm with a place and two cameras takes about 400
        for (int i = 0; i < 8_000; i++) {
            rig.put(i % 3 == 0 ? Priority.TELEMETRY : Priority.ROUTINE, typical);
        }
        assertThat(rig.journal.bytes()).isGreaterThan(3_000_000 - 1_000);
        for (int i = 0; i < 1_000; i++) {
            assertThat(rig.put(Priority.LIFE, typical)).as("life %d", i).isPresent();
        }
        rig.rest();
        rig.restart();
        assertThat(rig.journal.items().stream().filter(i -> i.priority() == Priority.LIFE))
                .hasSize(1_000);
        assertThat(rig.journal.findings()).isEmpty();
        assertThat(rig.journal.bytes()).isLessThanOrEqualTo(Limits.DEFAULT.maxBytes());
    }

    /** The most items there can be: the list of them still fits into one record. */
    @Test
    void the_greatest_number_of_items_survives_a_restart() {
        JournalRig rig = new JournalRig(new Limits(Limits.MAX_BYTES, 0, 0)).booted();
        int most = Limits.MAX_BYTES / (Item.OVERHEAD_BYTES + 1);
        for (int i = 0; i < most; i++) {
            assertThat(rig.put(Priority.LIFE, "x")).as("item %d", i).isPresent();
        }
        assertThat(rig.put(Priority.LIFE, "x")).isEmpty();
        rig.rest();

        rig.restart().booted();
        rig.rest();
        rig.restart();

        assertThat(rig.journal.items()).hasSize(most);
        assertThat(rig.journal.findings()).isEmpty();
        assertThatThrownBy(() -> new Limits(Limits.MAX_BYTES + 1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void marks_are_bounded_and_come_back_in_order() {
        JournalRig rig = new JournalRig().booted();
        Item item = rig.put("one");
        for (int i = 0; i < 2 * Item.MAX_MARKS; i++) {
            rig.journal.mark(item, JournalRig.body("mark-" + i));
            rig.journal.mark(item, JournalRig.body("mark-" + i));
        }
        List<Bytes> first = IntStream.range(0, Item.MAX_MARKS)
                .mapToObj(i -> JournalRig.body("mark-" + i))
                .toList();
        assertThat(item.marks()).containsExactlyElementsOf(first);
        rig.rest();
        rig.restart();
        assertThat(rig.item("one").marks()).containsExactlyElementsOf(first);
    }

    @Test
    void the_medium_holds_two_files_at_rest_and_never_more_than_a_few_times_what_is_alive() {
        JournalRig rig = new JournalRig().booted();
        String large = "x".repeat(5_000);
        for (int i = 0; i < 2_000; i++) {
            Item item = rig.put(large + i);
            rig.time.advance(Duration.ofMillis(20));
            rig.journal.remove(item);
            assertThat(rig.storage.bytes())
                    .as("bytes on the medium in round %d", i)
                    .isLessThan(2 * (Generations.COMPACT_BYTES + 30_000) + 30_000);
        }
        rig.rest();
        assertThat(rig.storage.list()).hasSize(2);
        rig.restart().booted();
        assertThat(rig.storage.list()).hasSize(2);
        assertThat(rig.texts()).isEmpty();
    }
}
