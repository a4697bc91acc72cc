package dev.tocsin.sdk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.port.Storage;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.SortedSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The contract of media can fail: each medium here breaks it in one way, and is found. */
class StorageContractTest {

    /** A medium that does as the good one below it; a broken one does one thing otherwise. */
    private static class Wrapped implements Storage {
        final Storage good;

        Wrapped(Storage good) {
            this.good = good;
        }

        @Override
        public List<String> list() throws IOException {
            return good.list();
        }

        @Override
        public byte[] read(String name) throws IOException {
            return good.read(name);
        }

        @Override
        public void append(String name, byte[] bytes) {
            good.append(name, bytes);
        }

        @Override
        public void sync(String name, Consumer<SyncResult> done) {
            good.sync(name, done);
        }

        @Override
        public void delete(String name) {
            good.delete(name);
        }

        @Override
        public void close() {
            good.close();
        }
    }

    private static SortedSet<String> brokenBy(UnaryOperator<Storage> broken) {
        return Contracts.brokenBy(() -> new MemoryStorageTest() {
            @Override
            protected Storage open() {
                return broken.apply(super.open());
            }
        });
    }

    @Test
    void a_medium_that_does_nothing_otherwise_passes() {
        assertThat(brokenBy(Wrapped::new)).isEmpty();
    }

    @Test
    void a_sync_told_inside_the_call_is_found() {
        assertThat(brokenBy(good -> new Wrapped(good) {
                    @Override
                    public void sync(String name, Consumer<SyncResult> done) {
                        super.sync(name, result -> {});
                        done.accept(new SyncResult.Synced());
                    }
                }))
                .containsExactly("a_sync_is_told_once_and_never_inside_the_call");
    }

    @Test
    void a_sync_told_twice_is_found() {
        assertThat(brokenBy(good -> new Wrapped(good) {
                    @Override
                    public void sync(String name, Consumer<SyncResult> done) {
                        super.sync(name, done.andThen(done));
                    }
                }))
                .contains("a_sync_is_told_once_and_never_inside_the_call");
    }

    @Test
    void syncs_told_in_another_order_are_found() {
        Deque<Consumer<Storage.SyncResult>> waiting = new ArrayDeque<>();
        assertThat(brokenBy(good -> new Wrapped(good) {
                    @Override
                    public void sync(String name, Consumer<SyncResult> done) {
                        waiting.push(done);
                        super.sync(name, result -> waiting.pop().accept(result));
                    }
                }))
                .contains("syncs_are_told_in_the_order_they_were_asked_for");
    }

    @Test
    void appends_that_take_the_place_of_what_was_there_are_found() {
        assertThat(brokenBy(good -> new Wrapped(good) {
                    @Override
                    public void append(String name, byte[] bytes) {
                        super.delete(name);
                        super.append(name, bytes);
                    }
                }))
                .contains("what_is_appended_stands_in_the_order_it_came_in", "what_is_synced_is_there_after_reopening");
    }

    @Test
    void a_large_write_that_is_cut_short_is_found() {
        assertThat(brokenBy(good -> new Wrapped(good) {
                    @Override
                    public void append(String name, byte[] bytes) {
                        super.append(name, Arrays.copyOf(bytes, Math.min(bytes.length, 1 << 20)));
                    }
                }))
                .containsExactly("a_large_append_is_whole");
    }

    @Test
    void a_delete_that_does_nothing_is_found() {
        assertThat(brokenBy(good -> new Wrapped(good) {
                    @Override
                    public void delete(String name) {}
                }))
                .containsExactly("a_deleted_file_is_gone_and_its_name_begins_anew");
    }

    @Test
    void names_in_another_order_are_found() {
        assertThat(brokenBy(good -> new Wrapped(good) {
                    @Override
                    public List<String> list() throws IOException {
                        return super.list().reversed();
                    }
                }))
                .containsExactly("names_are_listed_in_order");
    }

    @Test
    void a_missing_file_read_as_an_empty_one_is_found() {
        assertThat(brokenBy(good -> new Wrapped(good) {
                    @Override
                    public byte[] read(String name) throws IOException {
                        return super.list().contains(name) ? super.read(name) : new byte[0];
                    }
                }))
                .contains("reading_what_is_not_there_says_so");
    }
}
