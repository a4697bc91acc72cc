package dev.tocsin.sdk.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.testkit.MemoryStorage.Unsynced;
import dev.tocsin.sdk.testkit.SeededEntropy;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Storms of power cuts, each from a seed, against what was told to be kept. */
class JournalPowerCutTest {

    private static final List<Unsynced> ALL = List.of(Unsynced.values());
    private static final int SEEDS = 150;
    private static final int STEPS = 120;

    @ParameterizedTest
    @EnumSource(Unsynced.class)
    void many_power_cuts_in_a_row_never_lose_what_was_told_to_be_kept(Unsynced how) {
        for (long seed = 0; seed < SEEDS; seed++) {
            new Storm(seed, Optional.of(how), 40).run();
        }
    }

    @Test
    void mixed_power_cuts_on_a_disk_that_also_fails_never_lose_what_was_told_to_be_kept() {
        for (long seed = 1_000; seed < 1_000 + SEEDS; seed++) {
            Storm storm = new Storm(seed, Optional.empty(), 40);
            storm.diskFails = true;
            storm.run();
        }
    }

    /** Large items, so that a new generation begins every few puts and cuts fall into the switch. */
    @Test
    void power_cuts_during_compaction_never_lose_what_was_told_to_be_kept() {
        int compactions = 0;
        for (long seed = 2_000; seed < 2_020; seed++) {
            Storm storm = new Storm(seed, Optional.empty(), 30_000);
            storm.run();
            compactions += storm.compactions;
        }
        assertThat(compactions).as("compactions seen").isGreaterThan(20);
    }

    @Test
    void the_boot_counter_never_goes_back_over_100_boots_with_power_cuts() {
        SeededEntropy dice = new SeededEntropy(7);
        JournalRig rig = new JournalRig();
        long last = 0;
        for (int boot = 0; boot < 100; boot++) {
            rig.boot();
            assertThat(rig.bootCounter).as("boot %d", boot).isGreaterThan(last);
            rig.pass(Duration.ofMillis(dice.nextInt(14)));
            if (rig.bootKept) {
                last = rig.bootCounter; // until then nobody has used it
            }
            rig.cut(dice.pick(ALL), dice);
        }
        assertThat(last).isGreaterThan(30);
    }

    private static final class Storm {
        final long seed;
        final Optional<Unsynced> how;
        final int bodySize;
        final SeededEntropy dice;
        final JournalRig rig = new JournalRig();
        final Map<Long, String> numbers = new HashMap<>();
        final Set<String> removed = new HashSet<>();
        final Set<String> gone = new HashSet<>();
        boolean diskFails;
        int compactions;
        long lastKeptBoot;
        int count;

        Storm(long seed, Optional<Unsynced> how, int bodySize) {
            this.seed = seed;
            this.how = how;
            this.bodySize = bodySize;
            this.dice = new SeededEntropy(seed);
        }

        void run() {
            rig.boot();
            for (int step = 0; step < STEPS; step++) {
                switch (dice.nextInt(10)) {
                    case 0, 1, 2, 3 -> put();
                    case 4 -> mark();
                    case 5, 6 -> remove();
                    case 7 -> rig.pass(Duration.ofMillis(dice.nextInt(20)));
                    case 8 -> rig.pass(Duration.ofSeconds(dice.nextInt(8)));
                    default -> {
                        if (dice.chance(0.4)) {
                            cutAndCheck();
                        } else if (diskFails) {
                            rig.storage.failSyncs(dice.nextInt(3));
                        }
                    }
                }
                compactions += compacted();
            }
            cutAndCheck();
        }

        private int compacted() {
            long generation = rig.storage.list().stream()
                    .filter(name -> Files.generationOf(name).isPresent())
                    .count();
            return generation > 2 && rig.bootKept ? 1 : 0;
        }

        private void put() {
            String text = "item-" + count++ + "-" + "x".repeat(dice.nextInt(bodySize));
            Item item = rig.put(Priority.LIFE, text).orElseThrow();
            String before = numbers.put(item.number(), text);
            assertThat(before == null || (gone.contains(before) && !rig.kept.contains(before)))
                    .as("number %d is the first one's, or that one left no trace, seed %d", item.number(), seed)
                    .isTrue();
        }

        private Optional<Item> any() {
            List<Item> items = List.copyOf(rig.journal.items());
            return items.isEmpty() ? Optional.empty() : Optional.of(items.get(dice.nextInt(items.size())));
        }

        private void mark() {
            any().ifPresent(i -> rig.journal.mark(i, JournalRig.body("mark of " + i.number() + " " + dice.nextInt(3))));
        }

        private void remove() {
            any().ifPresent(i -> {
                removed.add(JournalRig.text(i.body()));
                rig.journal.remove(i);
            });
        }

        private void cutAndCheck() {
            Set<String> before = new HashSet<>(rig.texts());
            if (rig.bootKept) {
                lastKeptBoot = rig.bootCounter;
            }
            Unsynced cut = how.orElseGet(() -> dice.pick(ALL));
            rig.cut(cut, dice);
            check(cut, before);
            rig.boot();
            assertThat(rig.bootCounter).as("boot counter, seed %d", seed).isGreaterThan(lastKeptBoot);
        }

        private void check(Unsynced cut, Set<String> before) {
            Set<String> now = new HashSet<>(rig.texts());
            for (String text : rig.kept) {
                if (!removed.contains(text)) {
                    assertThat(now.contains(text))
                            .as("%.20s was kept, then lost by %s, seed %d", text, cut, seed)
                            .isTrue();
                }
            }
            for (Item item : rig.journal.items()) {
                assertThat(JournalRig.text(item.body()))
                        .as("item %d, seed %d", item.number(), seed)
                        .isEqualTo(numbers.get(item.number()));
                assertThat(item.marks())
                        .as("marks, seed %d", seed)
                        .allMatch(m -> JournalRig.text(m).startsWith("mark of " + item.number() + " "));
            }
            assertThat(now.stream().filter(gone::contains))
                    .as("risen from the dead, seed %d", seed)
                    .isEmpty();
            for (String text : numbers.values()) {
                if (!now.contains(text)) {
                    gone.add(text);
                }
            }
            for (long number : rig.missing()) {
                String text = numbers.get(number);
                assertThat(text == null || !rig.kept.contains(text) || removed.contains(text))
                        .as("%d told as missing, though it was kept, seed %d", number, seed)
                        .isTrue();
            }
            if (how.isPresent() && cut == Unsynced.KEPT) {
                assertThat(now).as("killed, never cut, seed %d", seed).containsAll(before);
                assertThat(rig.journal.findings())
                        .as("killed, never cut, seed %d", seed)
                        .isEmpty();
            }
            assertThat(rig.storage.list().size()).as("files, seed %d", seed).isLessThan(20);
        }
    }
}
