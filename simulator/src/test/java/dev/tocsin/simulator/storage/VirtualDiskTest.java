package dev.tocsin.simulator.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.sdk.port.Storage.SyncResult;
import dev.tocsin.sdk.testkit.SeededEntropy;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class VirtualDiskTest {

    private static final SyncResult SYNCED = new SyncResult.Synced();

    private final DiskRig rig = new DiskRig(1);

    @Test
    void a_sync_takes_its_time_and_the_observer_hears_how_long() {
        rig.append("f", 10, 1).sync("f").pass(4);
        assertThat(rig.told).isEmpty();
        rig.pass(1);
        assertThat(rig.told).containsExactly(SYNCED);
        assertThat(rig.events(DiskEvent.SyncEnded.class))
                .singleElement()
                .satisfies(e -> assertThat(e.atNs() - e.askedNs()).isEqualTo(5_000_000));
        assertThat(rig.events(DiskEvent.Appended.class))
                .singleElement()
                .satisfies(e -> assertThat(e.bytes()).isEqualTo(10));
    }

    @Test
    void what_is_asked_for_during_a_sync_is_done_after_it() throws IOException {
        rig.append("f", 10, 1).sync("f").append("f", 10, 2).sync("f").pass(4);
        assertThat(rig.storage.read("f")).hasSize(10);
        rig.pass(1);
        assertThat(rig.storage.read("f")).hasSize(20);
        assertThat(rig.told).hasSize(1);
        rig.pass(5);
        assertThat(rig.told).hasSize(2);
    }

    @Test
    void half_of_lognormal_syncs_take_longer_than_the_median() {
        SyncLatency latency = SyncLatency.lognormal(Duration.ofMillis(8), 0.7);
        SeededEntropy entropy = new SeededEntropy(3);
        long[] ns = new long[10_000];
        Arrays.setAll(ns, i -> latency.drawNs(entropy));
        Arrays.sort(ns);
        assertThat(ns[5_000] / 1e6).isBetween(7.7, 8.3);
        assertThat(ns[8_413] / 1e6).as("one sigma: 8 e^0.7").isBetween(15.3, 16.9);
    }

    @Test
    void a_slow_disk_multiplies_and_is_well_again_at_one() {
        rig.disk.faults().slow(20);
        rig.append("f", 1, 1).sync("f").pass(99);
        assertThat(rig.told).isEmpty();
        rig.pass(1);
        assertThat(rig.told).hasSize(1);
        assertThat(rig.faults()).containsExactly(DiskFault.SLOW);

        rig.disk.faults().slow(1);
        rig.sync("f").pass(5);
        assertThat(rig.told).hasSize(2);
        assertThat(rig.faults()).hasSize(1);
    }

    @Test
    void a_stalled_disk_ends_no_sync_until_it_goes_on() {
        rig.append("f", 1, 1).sync("f").sync("g").pass(1);
        rig.disk.faults().stall();
        rig.pass(10_000);
        assertThat(rig.told).isEmpty();
        assertThat(rig.faults()).containsExactly(DiskFault.STALLED);
        rig.disk.faults().resume();
        rig.pass(0);
        assertThat(rig.told).hasSize(1);
        rig.pass(5);
        assertThat(rig.told).hasSize(2);
    }

    @Test
    void a_stalled_sync_dies_with_the_power_and_the_next_boot_syncs() {
        rig.disk.faults().stall();
        rig.append("f", 1, 1).sync("f").pass(100);
        rig.cut(PowerCut.LOST);
        rig.disk.faults().resume();
        rig.pass(100);
        assertThat(rig.told).isEmpty();
        rig.append("f", 1, 1).sync("f").pass(5);
        assertThat(rig.told).containsExactly(SYNCED);
    }

    @Test
    void a_full_disk_takes_what_fits_and_says_so_until_the_file_is_removed() throws IOException {
        rig.disk.faults().capacity(15);
        rig.append("f", 10, 1).append("g", 10, 2).append("g", 10, 3).sync("f").sync("g");
        rig.pass(10);
        assertThat(rig.told).containsExactly(SYNCED, new SyncResult.Full());
        assertThat(rig.storage.read("g")).hasSize(5).containsOnly(2);
        assertThat(rig.faults()).containsExactly(DiskFault.FULL);

        rig.storage.delete("f");
        rig.storage.delete("g");
        rig.append("g", 15, 4).sync("g").pass(5);
        assertThat(rig.told).endsWith(SYNCED);
    }

    @Test
    void writes_that_fail_are_told_by_the_next_sync_of_that_file_alone() throws IOException {
        rig.append("g", 1, 1);
        rig.disk.faults().writesFail(true);
        rig.append("f", 10, 1);
        rig.disk.faults().writesFail(false);
        rig.append("f", 10, 2).sync("f").sync("g").pass(10);
        assertThat(rig.told).containsExactly(new SyncResult.Failed("input/output error"), SYNCED);
        assertThat(rig.storage.list()).containsExactly("g");
        assertThat(rig.faults()).containsExactly(DiskFault.WRITE_FAILED);
    }

    @Test
    void a_sync_that_failed_makes_nothing_durable_and_the_file_stays_broken() {
        rig.disk.faults().failSyncs(1);
        rig.append("f", 10, 1).sync("f").sync("f").pass(10);
        assertThat(rig.told)
                .containsExactly(
                        new SyncResult.Failed("input/output error"), new SyncResult.Failed("input/output error"));
        assertThat(rig.cut(PowerCut.LOST).lostBytes()).isEqualTo(10);
        assertThat(rig.faults()).containsExactly(DiskFault.SYNC_FAILED);
    }

    @Test
    void reads_fail_as_told() throws IOException {
        rig.append("f", 10, 1).append("g", 10, 1);
        rig.disk.faults().failReads(1);
        assertThatThrownBy(() -> rig.storage.list()).isInstanceOf(IOException.class);
        assertThat(rig.storage.list()).hasSize(2);

        rig.disk.faults().unreadable("f");
        assertThatThrownBy(() -> rig.storage.read("f")).isInstanceOf(IOException.class);
        assertThat(rig.storage.read("g")).hasSize(10);
        rig.storage.delete("f");
        rig.append("f", 1, 1);
        assertThat(rig.storage.read("f")).hasSize(1);
        assertThat(rig.faults()).containsExactly(DiskFault.READ_FAILED, DiskFault.READ_FAILED);
    }

    @Test
    void rot_flips_bits_of_one_synced_file() throws IOException {
        rig.append("f", 100, 0).append("g", 100, 0).append("loose", 100, 0);
        rig.sync("f").sync("g").pass(10);
        String name = rig.disk.faults().rot(1).orElseThrow();
        assertThat(name).isIn("f", "g");
        for (String file : rig.storage.list()) {
            int bits = 0;
            for (byte b : rig.storage.read(file)) {
                bits += Integer.bitCount(b & 0xff);
            }
            assertThat(bits).as(file).isEqualTo(file.equals(name) ? 1 : 0);
        }
        rig.disk.faults().rot("loose", 99, 0x81);
        assertThat(rig.storage.read("loose")).endsWith((byte) 0x81);
        assertThat(rig.faults()).containsExactly(DiskFault.ROT, DiskFault.ROT);
    }

    @Test
    void rot_of_a_disk_with_nothing_on_it_does_nothing() {
        assertThat(rig.disk.faults().rot(3)).isEmpty();
        assertThatThrownBy(() -> rig.disk.faults().rot("f", 0, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ballast_reads_as_what_was_written_around_it() throws IOException {
        rig.append("f", 10_000, 0).append("f", 3, 7);
        byte[] f = rig.storage.read("f");
        assertThat(f).hasSize(10_003);
        assertThat(Arrays.copyOf(f, 10_000)).containsOnly(0);
        assertThat(Arrays.copyOfRange(f, 10_000, 10_003)).containsOnly(7);
        rig.disk.faults().rot("f", 5, 1);
        f[5] = 1;
        assertThat(rig.storage.read("f")).isEqualTo(f);
    }

    @Test
    void one_program_mounts_it_at_a_time() {
        assertThatThrownBy(() -> rig.disk.mount(rig.time)).isInstanceOf(IllegalStateException.class);
        rig.append("f", 1, 1).sync("f");
        rig.storage.close();
        rig.pass(5);
        assertThat(rig.told).as("finishes what is queued").containsExactly(SYNCED);
        rig.storage = rig.disk.mount(rig.time);
    }

    @Test
    void a_program_that_floods_a_disk_is_stopped() {
        rig.sync("f");
        for (int i = 1; i < MountedStorage.MAX_WAITING; i++) {
            rig.storage.append("f", new byte[0]);
        }
        assertThatThrownBy(() -> rig.storage.append("f", new byte[0])).isInstanceOf(IllegalStateException.class);
    }
}
