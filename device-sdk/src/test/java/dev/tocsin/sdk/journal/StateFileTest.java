package dev.tocsin.sdk.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.testkit.MemoryStorage;
import dev.tocsin.sdk.testkit.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateFileTest {

    private static final Bytes OLD = Bytes.ofHex("0102030405060708090a");
    private static final Bytes NEW = Bytes.ofHex("ff".repeat(700));

    private final VirtualTime time = new VirtualTime();
    private final MemoryStorage storage = new MemoryStorage(time.life());

    @Test
    void what_was_written_last_is_read_and_only_one_file_is_left() throws IOException {
        StateFile file = new StateFile(storage, "orders");
        assertThat(file.read()).isEmpty();
        List<Boolean> kept = new ArrayList<>();
        file.write(OLD, kept::add);
        file.write(NEW, kept::add);
        time.advance(Duration.ofSeconds(1));
        assertThat(kept).containsExactly(true, true);
        assertThat(new StateFile(storage, "orders").read()).contains(NEW);
        assertThat(storage.list()).hasSize(1);
    }

    @Test
    void a_state_that_is_removed_is_gone_and_no_other_is() throws IOException {
        new StateFile(storage, "orders").write(OLD, kept -> {});
        new StateFile(storage, "sessions").write(OLD, kept -> {});
        time.advance(Duration.ofSeconds(1));

        StateFile.remove(storage, "sessions");

        assertThat(new StateFile(storage, "sessions").read()).isEmpty();
        assertThat(new StateFile(storage, "orders").read()).contains(OLD);
    }

    @Test
    void a_power_cut_after_any_byte_leaves_the_old_or_the_new_whole() throws IOException {
        StateFile file = new StateFile(storage, "orders");
        file.write(OLD, kept -> {});
        time.advance(Duration.ofSeconds(1));
        int before = storage.appended();
        file.write(NEW, kept -> {});
        for (int bytes = before; bytes <= storage.appended(); bytes++) {
            MemoryStorage left = storage.afterCutAtByte(bytes, time.life());
            assertThat(new StateFile(left, "orders").read().orElseThrow()).isIn(OLD, NEW);
        }
    }

    @Test
    void what_could_not_be_synced_is_told_and_the_one_before_stays() throws IOException {
        StateFile file = new StateFile(storage, "orders");
        file.write(OLD, kept -> {});
        time.advance(Duration.ofSeconds(1));
        storage.failSyncs(1);
        List<Boolean> kept = new ArrayList<>();
        file.write(NEW, kept::add);
        time.advance(Duration.ofSeconds(1));
        assertThat(kept).containsExactly(false);
        assertThat(storage.list()).hasSize(2);
        file.write(NEW, kept::add);
        time.advance(Duration.ofSeconds(1));
        assertThat(storage.list()).hasSize(1);
        assertThat(new StateFile(storage, "orders").read()).contains(NEW);
    }

    @Test
    void a_damaged_file_counts_as_not_there() throws IOException {
        StateFile file = new StateFile(storage, "orders");
        file.write(OLD, kept -> {});
        time.advance(Duration.ofSeconds(1));
        storage.rot(storage.list().getFirst(), 9, 4);
        assertThat(new StateFile(storage, "orders").read()).isEmpty();
    }
}
