package dev.tocsin.sdk.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.testkit.SeededEntropy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A journal does what a plain map does, as long as nothing breaks. */
class JournalModelTest {

    private static final int SEEDS = 25;
    private static final int STEPS = 300;

    /** What the journal ought to hold: text to marks, oldest first. */
    private final Map<String, List<String>> model = new LinkedHashMap<>();

    private final Map<String, Priority> priorities = new LinkedHashMap<>();

    @Test
    void whatever_is_done_to_it_it_holds_what_a_map_would_hold() {
        for (long seed = 0; seed < SEEDS; seed++) {
            model.clear();
            priorities.clear();
            run(seed);
        }
    }

    private void run(long seed) {
        SeededEntropy dice = new SeededEntropy(seed);
        JournalRig rig = new JournalRig(new Limits(20_000, 6_000, 0)).booted();
        for (int step = 0; step < STEPS; step++) {
            switch (dice.nextInt(8)) {
                case 0, 1, 2 -> put(rig, dice, "item-" + step + "x".repeat(dice.nextInt(600)));
                case 3 -> mark(rig, dice, "mark-" + dice.nextInt(5));
                case 4 -> remove(rig, dice);
                case 5, 6 -> rig.pass(Duration.ofMillis(dice.nextInt(3_000)));
                default -> {
                    if (dice.chance(0.3)) {
                        rig.rest();
                        rig.restart().boot();
                        assertThat(rig.journal.findings()).as("seed %d", seed).isEmpty();
                    }
                }
            }
            check(rig, seed);
        }
    }

    private void put(JournalRig rig, SeededEntropy dice, String text) {
        Priority priority = dice.pick(List.of(Priority.values()));
        rig.evicted.clear();
        boolean fits = rig.put(priority, text).isPresent();
        for (String victim : rig.evicted) {
            assertThat(priorities.get(victim))
                    .as("who made room for a %s", priority)
                    .isLessThanOrEqualTo(priority);
            assertThat(priorities.get(victim)).isNotEqualTo(Priority.LIFE);
            boolean older = model.keySet().stream()
                    .takeWhile(t -> !t.equals(victim))
                    .anyMatch(t -> priorities.get(t) == priorities.get(victim));
            assertThat(older).as("an older one of its kind stayed").isFalse();
            model.remove(victim);
        }
        if (fits) {
            model.put(text, new ArrayList<>());
            priorities.put(text, priority);
        }
    }

    private void mark(JournalRig rig, SeededEntropy dice, String mark) {
        if (!model.isEmpty()) {
            String text = dice.pick(List.copyOf(model.keySet()));
            rig.journal.mark(rig.item(text), JournalRig.body(mark));
            List<String> marks = model.getOrDefault(text, new ArrayList<>());
            if (!marks.contains(mark)) {
                marks.add(mark);
            }
        }
    }

    private void remove(JournalRig rig, SeededEntropy dice) {
        if (!model.isEmpty()) {
            String text = dice.pick(List.copyOf(model.keySet()));
            rig.journal.remove(rig.item(text));
            model.remove(text);
        }
    }

    private void check(JournalRig rig, long seed) {
        assertThat(rig.texts()).as("seed %d", seed).containsExactlyElementsOf(model.keySet());
        for (Item item : rig.journal.items()) {
            String text = JournalRig.text(item.body());
            assertThat(item.priority()).as("seed %d", seed).isEqualTo(priorities.get(text));
            assertThat(item.marks().stream().map(JournalRig::text))
                    .as("seed %d", seed)
                    .containsExactlyElementsOf(model.getOrDefault(text, List.of()));
        }
        assertThat(rig.journal.bytes())
                .as("seed %d", seed)
                .isEqualTo(rig.journal.items().stream().mapToLong(Item::size).sum())
                .isLessThanOrEqualTo(20_000);
    }
}
