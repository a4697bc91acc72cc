package dev.tocsin.simulator.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.journal.Finding;
import dev.tocsin.sdk.journal.Item;
import dev.tocsin.sdk.journal.Journal;
import dev.tocsin.sdk.journal.Limits;
import dev.tocsin.sdk.journal.Priority;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.testkit.SeededEntropy;
import dev.tocsin.sdk.testkit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The real journal on the virtual disk, cut at any instant. */
class JournalOnVirtualDiskTest {

    private static final int SEEDS = 250;
    private static final int CUTS = 12;
    private static final Limits LIMITS = new Limits(1 << 20, 1 << 18, 0);

    @Test
    void thousands_of_power_cuts_lose_nothing_that_was_synced() {
        Map<PowerCut, Integer> cuts = new EnumMap<>(PowerCut.class);
        int duringSync = 0;
        int withLoss = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            Storm storm = new Storm(seed, 60);
            storm.run(false);
            for (DiskEvent event : storm.events) {
                if (event instanceof DiskEvent.Cut cut) {
                    cuts.merge(cut.how(), 1, Integer::sum);
                    duringSync += cut.duringSync() ? 1 : 0;
                    withLoss += cut.lostBytes() > 0 ? 1 : 0;
                }
            }
        }
        assertThat(cuts).hasSize(5);
        assertThat(cuts.values()).allMatch(count -> count > SEEDS * CUTS / 10);
        assertThat(duringSync).as("cuts during a sync").isGreaterThan(500);
        assertThat(withLoss).as("cuts that lost something").isGreaterThan(500);
    }

    @Test
    void nor_do_they_on_a_disk_that_also_fails_fills_and_stalls() {
        Set<DiskFault> met = new TreeSet<>();
        for (long seed = 5_000; seed < 5_000 + SEEDS; seed++) {
            Storm storm = new Storm(seed, 3_000);
            storm.run(true);
            storm.events.forEach(event -> {
                if (event instanceof DiskEvent.FaultMet m) {
                    met.add(m.fault());
                }
            });
        }
        assertThat(met)
                .contains(
                        DiskFault.SLOW,
                        DiskFault.STALLED,
                        DiskFault.FULL,
                        DiskFault.WRITE_FAILED,
                        DiskFault.SYNC_FAILED);
    }

    @Test
    void rot_in_one_copy_loses_nothing() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Storm storm = new Storm(seed, 200);
            for (int i = 0; i < 10; i++) {
                storm.put();
            }
            storm.pass(1_000_000);
            assertThat(storm.kept).hasSize(10);
            storm.disk.faults().rot(5);
            storm.cut(PowerCut.KEPT);
            assertThat(storm.texts()).as("seed %d", seed).containsAll(storm.kept);
            assertThat(storm.journal.findings()).noneMatch(Finding::isLoss).isNotEmpty();
        }
    }

    @Test
    void a_disk_that_cannot_be_read_at_boot_is_told_and_does_not_stop_the_journal() {
        Storm storm = new Storm(1, 20);
        storm.disk.faults().failReads(3);
        storm.cut(PowerCut.KEPT);
        assertThat(storm.journal.findings())
                .hasOnlyElementsOfType(Finding.Unreadable.class)
                .isNotEmpty();
        storm.put();
        storm.pass(1_000_000);
        assertThat(storm.kept).hasSize(1);
    }

    @Test
    void readings_that_fail_once_or_twice_hide_nothing() {
        for (int failing = 1; failing <= 2; failing++) {
            Storm storm = new Storm(failing, 20);
            for (int i = 0; i < 5; i++) {
                storm.put();
            }
            storm.pass(1_000_000);
            assertThat(storm.kept).hasSize(5);
            storm.disk.faults().failReads(failing);
            storm.cut(PowerCut.KEPT);
            assertThat(storm.texts()).containsAll(storm.kept);
            assertThat(storm.journal.findings()).isEmpty();
        }
    }

    /** A device that writes, and loses its power again and again. */
    private static final class Storm implements Journal.Listener {
        final long seed;
        final int bodySize;
        final SeededEntropy dice;
        final VirtualTime time = new VirtualTime();
        final List<DiskEvent> events = new ArrayList<>();
        final VirtualDisk disk;
        final Set<String> kept = new HashSet<>();
        final Set<String> removed = new HashSet<>();
        VirtualTime.Life life = time.life();
        Journal journal;
        long lastKeptBoot;
        int count;

        Storm(long seed, int bodySize) {
            this.seed = seed;
            this.bodySize = bodySize;
            this.dice = new SeededEntropy(seed);
            this.disk = new VirtualDisk(time::nanoTime, new SeededEntropy(~seed), events::add);
            this.journal = Journal.open(disk.mount(life), life, LIMITS, this);
            boot();
        }

        @Override
        public void trouble(Optional<String> why) {}

        @Override
        public void evicted(Item item) {
            removed.add(text(item));
        }

        private static String text(Item item) {
            return new String(item.body().readOnlyArray(), UTF_8);
        }

        Set<String> texts() {
            Set<String> texts = new HashSet<>();
            journal.items().forEach(item -> texts.add(text(item)));
            return texts;
        }

        private void boot() {
            long[] counter = new long[1];
            counter[0] = journal.boot(() -> lastKeptBoot = Math.max(lastKeptBoot, counter[0]));
            assertThat(counter[0]).as("boot counter, seed %d", seed).isGreaterThan(lastKeptBoot);
        }

        void pass(int us) {
            time.advance(Duration.ofNanos(us * 1_000L));
        }

        void put() {
            String text = "item-" + count++ + "-" + "x".repeat(dice.nextInt(bodySize));
            journal.put(Priority.LIFE, Bytes.wrap(text.getBytes(UTF_8)), () -> kept.add(text));
        }

        private void remove() {
            List<Item> items = List.copyOf(journal.items());
            if (!items.isEmpty()) {
                Item item = dice.pick(items);
                removed.add(text(item));
                journal.remove(item);
            }
        }

        void run(boolean faults) {
            for (int cut = 0; cut < CUTS; cut++) {
                for (int step = dice.nextInt(30); step > 0; step--) {
                    switch (dice.nextInt(6)) {
                        case 0, 1, 2 -> put();
                        case 3 -> remove();
                        case 4 -> pass(dice.nextInt(20_000)); // any instant of a sync
                        default -> {
                            if (faults) {
                                fault();
                            } else {
                                pass(dice.nextInt(8_000_000));
                            }
                        }
                    }
                }
                cut(PowerCut.ANY);
            }
        }

        private void fault() {
            switch (dice.nextInt(8)) {
                case 0 -> disk.faults().slow(1 + dice.nextInt(500));
                case 1 -> disk.faults().stall();
                case 2 -> disk.faults().resume();
                case 3 -> disk.faults().failSyncs(dice.nextInt(3));
                case 4 -> disk.faults().writesFail(dice.chance(0.3));
                case 5 -> disk.faults().capacity(disk.bytes() + dice.nextInt(20_000));
                default -> {
                    disk.faults().capacity(Long.MAX_VALUE);
                    disk.faults().writesFail(false);
                    disk.faults().resume();
                    pass(dice.nextInt(40_000_000));
                }
            }
        }

        void cut(PowerCut how) {
            life.end();
            DiskEvent.Cut cut = disk.cut(how);
            life = time.life();
            journal = Journal.open(disk.mount(life), life, LIMITS, this);
            Set<String> owed = new HashSet<>(kept);
            owed.removeAll(removed);
            assertThat(texts()).as("seed %d, %s", seed, cut).containsAll(owed);
            boot();
        }
    }
}
