package dev.tocsin.sdk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.port.Storage;
import dev.tocsin.sdk.port.Storage.SyncResult;
import dev.tocsin.sdk.testkit.MemoryStorage.Unsynced;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The fake passes the contract, and is as bad as it says. */
class MemoryStorageTest extends StorageContract {

    private final VirtualTime time = new VirtualTime();
    private @Nullable MemoryStorage opened;

    @Override
    protected Storage open() {
        opened = opened == null ? new MemoryStorage(time) : new MemoryStorage(time, opened.contents());
        return opened;
    }

    @Override
    protected void settle() {
        time.advance(Duration.ofSeconds(1));
    }

    /** File f: 600 synced bytes of 1 and 2,000 loose bytes of 2; file g: never synced; file h: removed, not synced. */
    private MemoryStorage written() {
        MemoryStorage storage = new MemoryStorage(time);
        byte[] ones = new byte[600];
        Arrays.fill(ones, (byte) 1);
        byte[] twos = new byte[2_000];
        Arrays.fill(twos, (byte) 2);
        storage.append("h", ones);
        storage.sync("h", r -> {});
        storage.append("f", ones);
        storage.sync("f", r -> {});
        settle();
        storage.delete("h");
        storage.append("f", twos);
        storage.append("g", ones);
        return storage;
    }

    @Test
    void a_power_cut_that_loses_what_is_loose_keeps_what_was_synced_and_nothing_else() throws IOException {
        MemoryStorage after = written().afterPowerCut(Unsynced.LOST, new SeededEntropy(1), time);
        assertThat(after.list()).containsExactly("f", "h");
        assertThat(after.read("f")).hasSize(600).containsOnly(1);
    }

    @Test
    void every_kind_of_power_cut_keeps_what_was_synced_except_one_block_of_one_file_when_shorn() throws IOException {
        for (Unsynced how : Unsynced.values()) {
            Set<Integer> lengths = new HashSet<>();
            boolean garbled = false;
            for (int seed = 0; seed < 200; seed++) {
                MemoryStorage after = written().afterPowerCut(how, new SeededEntropy(seed), time);
                byte[] f = after.read("f");
                lengths.add(f.length);
                byte[] synced = Arrays.copyOf(f, how == Unsynced.SHORN ? 512 : 600);
                assertThat(synced).as("%s, seed %d", how, seed).containsOnly(1);
                byte[] loose = Arrays.copyOfRange(f, 600, f.length);
                for (byte b : loose) {
                    garbled |= b != 2;
                }
            }
            switch (how) {
                case KEPT -> assertThat(lengths).containsExactly(2_600);
                case LOST -> assertThat(lengths).containsExactly(600);
                case TORN, REORDERED, SHORN -> assertThat(lengths.size()).isGreaterThan(100);
            }
            assertThat(garbled).as("%s garbles", how).isEqualTo(how == Unsynced.REORDERED || how == Unsynced.SHORN);
        }
    }

    @Test
    void a_cut_at_a_byte_is_exact() throws IOException {
        MemoryStorage storage = written();
        assertThat(storage.afterCutAtByte(600 + 600 + 7, time).read("f")).hasSize(607);
        assertThat(storage.afterCutAtByte(600, time).list()).containsExactly("h");
        assertThat(storage.afterCutAtByte(storage.appended(), time).list()).containsExactly("f", "g");
    }

    @Test
    void nothing_comes_from_a_storage_without_power() {
        MemoryStorage storage = written();
        List<SyncResult> results = new ArrayList<>();
        storage.sync("f", results::add);
        storage.afterPowerCut(Unsynced.KEPT, new SeededEntropy(1), time);
        settle();
        assertThat(results).isEmpty();
    }

    @Test
    void a_full_medium_keeps_what_fits_and_says_so() throws IOException {
        MemoryStorage storage = new MemoryStorage(time);
        storage.room(5);
        storage.append("f", new byte[] {1, 2, 3, 4, 5, 6, 7});
        List<SyncResult> results = new ArrayList<>();
        storage.sync("f", results::add);
        settle();
        assertThat(results).containsExactly(new SyncResult.Full());
        assertThat(storage.read("f")).hasSize(5);
        storage.delete("f");
        storage.append("g", new byte[5]);
        storage.sync("g", results::add);
        settle();
        assertThat(results).endsWith(new SyncResult.Synced());
    }

    @Test
    void syncs_take_fail_and_wait_as_told() {
        MemoryStorage storage = new MemoryStorage(time);
        List<SyncResult> results = new ArrayList<>();
        storage.syncTime(Duration.ofMillis(40));
        storage.sync("f", results::add);
        time.advance(Duration.ofMillis(39));
        assertThat(results).isEmpty();
        time.advance(Duration.ofMillis(1));
        assertThat(results).hasSize(1);

        storage.failSyncs(1);
        storage.sync("f", results::add);
        settle();
        assertThat(results).endsWith(new SyncResult.Failed("input/output error"));

        storage.hold();
        storage.sync("g", results::add);
        settle();
        assertThat(results).hasSize(2);
        storage.release();
        settle();
        assertThat(results).hasSize(3);
    }
}
