package dev.tocsin.simulator.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.sdk.port.Storage;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PowerCutTest {

    private static final int SEEDS = 300;

    /** File f: 600 synced bytes of 1, 2,000 loose of 2; g: 600 loose of 3, never synced; h: 600 of 1, removed, not synced. */
    private static DiskRig written(long seed) {
        DiskRig rig = new DiskRig(seed);
        rig.append("h", 600, 1).append("f", 600, 1).sync("h").sync("f").pass(20);
        rig.storage.delete("h");
        return rig.append("f", 2_000, 2).append("g", 600, 3);
    }

    @Test
    void what_is_lost_is_all_that_was_not_synced() throws IOException {
        DiskRig rig = written(1);
        DiskEvent.Cut cut = rig.cut(PowerCut.LOST);

        assertThat(rig.storage.list()).containsExactly("f", "h");
        assertThat(rig.storage.read("f")).hasSize(600).containsOnly(1);
        assertThat(cut)
                .isEqualTo(new DiskEvent.Cut(
                        cut.atNs(), PowerCut.LOST, false, 2_600, 2_600, 0, List.of("g"), List.of("h")));
        assertThat(rig.events).endsWith(cut);
    }

    @Test
    void room_is_there_after_it_as_zeros_whatever_became_of_what_was_written_there() throws IOException {
        DiskRig rig = new DiskRig(1);
        rig.append("f", 600, 1).sync("f").pass(20);
        rig.storage.reserve("f", 1_000);
        rig.append("f", 100, 2);
        assertThat(rig.storage.read("f")).as("while it is mounted").hasSize(700);

        rig.cut(PowerCut.LOST);

        byte[] left = rig.storage.read("f");
        assertThat(left).hasSize(1_600);
        assertThat(Arrays.copyOf(left, 600)).containsOnly(1);
        assertThat(Arrays.copyOfRange(left, 600, 1_600)).containsOnly(0);
    }

    @Test
    void what_is_kept_is_everything() throws IOException {
        DiskRig rig = written(1);
        DiskEvent.Cut cut = rig.cut(PowerCut.KEPT);

        assertThat(rig.storage.list()).containsExactly("f", "g");
        assertThat(rig.storage.read("f")).hasSize(2_600);
        assertThat(cut.lostBytes()).isZero();
        assertThat(cut.unsyncedBytes()).isEqualTo(2_600);
    }

    @ParameterizedTest
    @EnumSource(PowerCut.class)
    void what_was_synced_is_there_except_one_sector_where_it_is_garbled(PowerCut how) throws IOException {
        for (int seed = 0; seed < SEEDS; seed++) {
            DiskRig rig = written(seed);
            DiskEvent.Cut cut = rig.cut(how);
            byte[] f = rig.storage.read("f");
            int sure = cut.how() == PowerCut.GARBLED ? PowerCut.SECTOR : 600;
            assertThat(f).hasSizeGreaterThanOrEqualTo(sure);
            assertThat(Arrays.copyOf(f, sure)).as("seed %d", seed).containsOnly(1);
        }
    }

    @Test
    void a_torn_write_is_a_prefix_over_all_files_in_the_order_they_were_written() throws IOException {
        Set<Integer> lengths = new TreeSet<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            DiskRig rig = written(seed);
            rig.cut(PowerCut.TORN);
            byte[] f = rig.storage.read("f");
            lengths.add(f.length);
            assertThat(Arrays.copyOfRange(f, 600, f.length)).doesNotContain(1, 3);
            if (rig.storage.list().contains("g")) {
                assertThat(f).as("g came after f, seed %d", seed).hasSize(2_600);
            }
            if (f.length > 600) {
                assertThat(rig.storage.list())
                        .as("h went before f grew, seed %d", seed)
                        .doesNotContain("h");
            }
        }
        assertThat(lengths).as("torn at any byte").hasSizeGreaterThan(100);
    }

    @Test
    void a_garbled_write_spoils_the_last_sector_of_what_was_synced_now_and_then_and_nothing_before_it()
            throws IOException {
        int garbledSynced = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            DiskRig rig = written(seed);
            DiskEvent.Cut cut = rig.cut(PowerCut.GARBLED);
            byte[] f = rig.storage.read("f");
            int wrong = 0;
            for (int i = 0; i < 600; i++) {
                wrong += f[i] == 1 ? 0 : 1;
            }
            assertThat(wrong).as("seed %d", seed).isLessThanOrEqualTo(600 - PowerCut.SECTOR);
            assertThat(cut.garbledBytes()).isEqualTo(wrong);
            garbledSynced += cut.garbledBytes() > 0 ? 1 : 0;
        }
        assertThat(garbledSynced).isBetween(1, SEEDS / 2);
    }

    @Test
    void reordered_writes_leave_later_ones_without_earlier_ones() throws IOException {
        Set<String> seen = new TreeSet<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            DiskRig rig = written(seed);
            rig.cut(PowerCut.REORDERED);
            byte[] f = rig.storage.read("f");
            if (f.length == 2_600 && f[700] != 2 && f[2_590] == 2) {
                seen.add("a later sector without an earlier one");
            }
            if (rig.storage.list().contains("g")) {
                if (f.length == 600 && rig.storage.read("g").length == 600) {
                    seen.add("a later file without an earlier one");
                }
                if (rig.storage.read("g").length == 0) {
                    seen.add("a name with nothing in it");
                }
            }
            if (rig.storage.list().contains("h") && rig.storage.list().contains("g")) {
                seen.add("a later name without an earlier removal");
            }
        }
        assertThat(seen).hasSize(4);
    }

    @Test
    void a_sync_makes_its_own_file_durable_and_every_name_but_leaves_other_bytes_loose() throws IOException {
        Set<Integer> lengths = new TreeSet<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            DiskRig rig = new DiskRig(seed);
            rig.append("g", 50, 2).append("f", 10, 1).sync("f").pass(10);
            DiskEvent.Cut cut = rig.cut(seed == 0 ? PowerCut.LOST : PowerCut.TORN);
            assertThat(cut.unsyncedBytes()).isEqualTo(50);
            assertThat(rig.storage.read("f")).hasSize(10);
            assertThat(cut.lostBytes()).isEqualTo(50 - rig.storage.read("g").length);
            lengths.add(rig.storage.read("g").length);
        }
        assertThat(lengths).contains(0, 25, 50);
    }

    @Test
    void any_is_each_of_the_others() {
        EnumSet<PowerCut> seen = EnumSet.noneOf(PowerCut.class);
        for (int seed = 0; seed < SEEDS; seed++) {
            seen.add(written(seed).cut(PowerCut.ANY).how());
        }
        assertThat(seen).isEqualTo(EnumSet.complementOf(EnumSet.of(PowerCut.ANY)));
    }

    @Test
    void a_cut_in_the_middle_of_a_sync_leaves_it_done_or_not_and_never_told() throws IOException {
        Set<Integer> lengths = new TreeSet<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            DiskRig rig = new DiskRig(seed);
            rig.append("f", 100, 1).sync("f").pass(3).append("f", 50, 2);
            DiskEvent.Cut cut = rig.cut(PowerCut.REORDERED);
            rig.pass(1_000);
            assertThat(rig.told).isEmpty();
            assertThat(cut.duringSync()).isTrue();
            assertThat(cut.unsyncedBytes()).isEqualTo(150);
            byte[] f = rig.storage.list().isEmpty() ? new byte[0] : rig.storage.read("f");
            if (f.length > 100) {
                assertThat(Arrays.copyOf(f, 100))
                        .as("written behind the sync, so the sync was done")
                        .containsOnly(1);
            }
            lengths.add(f.length);
        }
        assertThat(lengths).contains(0, 100, 150);
    }

    @Test
    void a_storage_without_power_writes_and_tells_nothing() throws IOException {
        DiskRig rig = written(1);
        Storage dead = rig.storage;
        rig.told.clear();
        rig.sync("f");
        rig.cut(PowerCut.LOST);
        dead.append("f", new byte[10]);
        dead.sync("f", rig.told::add);
        dead.delete("f");
        dead.close();
        rig.pass(1_000);

        assertThat(rig.told).isEmpty();
        assertThat(rig.storage.read("f")).hasSize(600);
    }

    @Test
    void a_storage_that_was_idle_when_the_power_went_writes_nothing_either() throws IOException {
        DiskRig rig = written(1);
        Storage dead = rig.storage;
        rig.cut(PowerCut.LOST);
        dead.append("f", new byte[10]);
        dead.delete("h");

        assertThat(rig.storage.list()).contains("h");
        assertThat(rig.storage.read("f")).hasSize(600);
        assertThatThrownBy(() -> dead.read("f")).isInstanceOf(IOException.class);
    }

    @Test
    void the_same_seed_gives_the_same_wreck() throws IOException {
        for (int seed = 0; seed < 20; seed++) {
            DiskRig one = written(seed);
            DiskRig two = written(seed);
            one.cut(PowerCut.ANY);
            two.cut(PowerCut.ANY);
            assertThat(two.events).isEqualTo(one.events);
            for (String name : one.storage.list()) {
                assertThat(two.storage.read(name)).isEqualTo(one.storage.read(name));
            }
        }
    }
}
