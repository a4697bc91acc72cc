package dev.tocsin.sdk.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.sdk.port.Storage;
import dev.tocsin.sdk.port.Storage.SyncResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link Storage} does, real or virtual. Extend it and say how to open one. */
public abstract class StorageContract {

    /**
     * Opens the folder, empty the first time; later times as a process finds it that comes after one that closed its
     * storage in good order.
     */
    protected abstract Storage open() throws Exception;

    /** Lets everything that is queued happen, callbacks included. */
    protected abstract void settle() throws Exception;

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private List<SyncResult> sync(Storage storage, String name) throws Exception {
        List<SyncResult> results = new ArrayList<>();
        storage.sync(name, results::add);
        settle();
        return results;
    }

    @Test
    void a_new_folder_is_empty() throws Exception {
        try (Storage storage = open()) {
            assertThat(storage.list()).isEmpty();
            settle();
        }
    }

    @Test
    void what_is_appended_stands_in_the_order_it_came_in() throws Exception {
        Storage storage = open();
        storage.append("f", bytes(1, 2));
        storage.append("g", bytes(9));
        storage.append("f", bytes(3));
        settle();

        assertThat(storage.read("f")).containsExactly(1, 2, 3);
        assertThat(storage.read("g")).containsExactly(9);
        storage.close();
        settle();
    }

    @Test
    void what_is_synced_is_there_after_reopening() throws Exception {
        Storage storage = open();
        storage.append("f", bytes(1, 2, 3));
        assertThat(sync(storage, "f")).containsExactly(new SyncResult.Synced());
        storage.close();
        settle();

        Storage again = open();
        assertThat(again.list()).containsExactly("f");
        assertThat(again.read("f")).containsExactly(1, 2, 3);
        again.append("f", bytes(4));
        settle();
        assertThat(again.read("f")).containsExactly(1, 2, 3, 4);
        again.close();
        settle();
    }

    @Test
    void a_sync_is_told_once_and_never_inside_the_call() throws Exception {
        Storage storage = open();
        storage.append("f", bytes(1));
        List<SyncResult> results = new ArrayList<>();

        storage.sync("f", results::add);
        assertThat(results).as("inside the call").isEmpty();
        settle();
        settle();

        assertThat(results).hasSize(1);
        storage.close();
        settle();
    }

    @Test
    void syncs_are_told_in_the_order_they_were_asked_for() throws Exception {
        Storage storage = open();
        List<Integer> told = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            int n = i;
            storage.append("f", bytes(i));
            storage.sync(i % 2 == 0 ? "f" : "g", result -> told.add(n));
        }
        settle();

        assertThat(told).containsExactly(0, 1, 2, 3, 4);
        storage.close();
        settle();
    }

    @Test
    void names_are_listed_in_order() throws Exception {
        Storage storage = open();
        for (String name : List.of("journal-0000000002.a", "b", "journal-0000000001.b", "a")) {
            storage.append(name, bytes(1));
        }
        settle();

        assertThat(storage.list()).containsExactly("a", "b", "journal-0000000001.b", "journal-0000000002.a");
        storage.close();
        settle();
    }

    @Test
    void a_deleted_file_is_gone_and_its_name_begins_anew() throws Exception {
        Storage storage = open();
        storage.append("f", bytes(1, 2, 3));
        storage.delete("f");
        settle();
        assertThat(storage.list()).isEmpty();
        assertThatThrownBy(() -> storage.read("f")).isInstanceOf(IOException.class);

        storage.append("f", bytes(4));
        assertThat(sync(storage, "f")).containsExactly(new SyncResult.Synced());
        assertThat(storage.read("f")).containsExactly(4);
        storage.close();
        settle();
    }

    @Test
    void deleting_what_is_not_there_is_no_error() throws Exception {
        Storage storage = open();
        storage.delete("nothing");
        storage.append("f", bytes(1));
        assertThat(sync(storage, "f")).containsExactly(new SyncResult.Synced());
        storage.close();
        settle();
    }

    @Test
    void reading_what_is_not_there_says_so() throws Exception {
        Storage storage = open();
        assertThatThrownBy(() -> storage.read("nothing")).isInstanceOf(IOException.class);
        storage.close();
        settle();
    }

    @Test
    void room_changes_nothing_of_what_is_read() throws Exception {
        Storage storage = open();
        storage.append("f", bytes(1, 2));
        storage.reserve("f", 10_000);
        storage.reserve("nothing", 10_000);
        storage.append("f", bytes(3));
        storage.append("f", bytes(0, 0));
        assertThat(sync(storage, "f")).containsExactly(new SyncResult.Synced());
        assertThat(storage.read("f")).containsExactly(1, 2, 3, 0, 0);
        assertThat(storage.list()).containsExactly("f");
        storage.close();
        settle();

        Storage again = open();
        assertThat(again.read("f")).containsExactly(1, 2, 3, 0, 0);
        again.append("f", bytes(4));
        settle();
        assertThat(again.read("f")).containsExactly(1, 2, 3, 0, 0, 4);
        again.close();
        settle();
    }

    @Test
    void a_large_append_is_whole() throws Exception {
        byte[] large = new SeededEntropy(1).nextBytes(3 << 20);
        Storage storage = open();
        storage.append("f", large);
        assertThat(sync(storage, "f")).containsExactly(new SyncResult.Synced());
        assertThat(storage.read("f")).isEqualTo(large);
        storage.close();
        settle();
    }
}
