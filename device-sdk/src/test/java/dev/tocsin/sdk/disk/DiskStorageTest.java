package dev.tocsin.sdk.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tocsin.sdk.port.Storage;
import dev.tocsin.sdk.port.Storage.SyncResult;
import dev.tocsin.sdk.testkit.StorageContract;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskStorageTest extends StorageContract {

    @TempDir
    private Path folder = Path.of(".");

    /** Runs tasks when told to, on the calling thread. */
    private final Deque<Runnable> tasks = new ArrayDeque<>();

    @Override
    protected Storage open() throws IOException {
        return new DiskStorage(folder.resolve("journal"), tasks::add, tasks::add);
    }

    @Override
    protected void settle() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    @Test
    void the_folder_is_made_with_its_parents() throws IOException {
        Path deep = folder.resolve("a/b/c");
        Storage storage = new DiskStorage(deep, tasks::add, tasks::add);
        assertThat(deep).isDirectory();
        storage.close();
        settle();
    }

    @Test
    void what_is_made_is_its_owners_alone_to_read() throws IOException {
        Storage storage = open();
        storage.append("f", new byte[] {1});
        settle();
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(folder.resolve("journal").resolve("f"))))
                .isEqualTo("rw-------");
        storage.close();
        settle();
    }

    @Test
    void a_folder_belongs_to_one_storage_at_a_time() throws IOException {
        Storage first = open();
        assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("in use");
        first.close();
        settle();
        Storage second = open();
        second.close();
        settle();
    }

    @Test
    void a_folder_that_cannot_be_made_says_why() throws IOException {
        Files.writeString(folder.resolve("file"), "not a folder");
        assertThatThrownBy(() -> new DiskStorage(folder.resolve("file"), tasks::add, tasks::add))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("file");
    }

    @Test
    void a_sync_forces_the_file_and_after_it_was_made_or_another_deleted_the_folder() throws IOException {
        List<String> forced = new ArrayList<>();
        Path journal = folder.resolve("journal");
        Storage storage = new DiskStorage(
                journal,
                tasks::add,
                tasks::add,
                (path, options) -> new ForceLog(
                        FileChannel.open(path, options), path.equals(journal) ? "folder" : "file", forced));
        storage.append("f", new byte[] {1});
        settle();
        assertThat(forced).as("written, not synced").isEmpty();

        storage.sync("f", result -> forced.add("told " + result));
        settle();
        assertThat(forced).containsExactly("file", "folder", "told Synced[]");

        forced.clear();
        storage.append("f", new byte[] {2});
        storage.sync("f", result -> forced.add("told " + result));
        settle();
        assertThat(forced).containsExactly("file", "told Synced[]");

        forced.clear();
        storage.delete("g");
        storage.sync("f", result -> {});
        settle();
        assertThat(forced).containsExactly("file", "folder");
        storage.close();
        settle();
    }

    @Test
    void what_is_appended_where_room_was_made_changes_no_size_and_is_followed_by_zeros() throws IOException {
        Path file = folder.resolve("journal/f");
        Storage storage = open();
        storage.append("f", new byte[] {1, 2});
        storage.reserve("f", 10);
        settle();
        assertThat(file).hasBinaryContent(new byte[] {1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});

        storage.append("f", new byte[] {3});
        storage.reserve("f", 9); // there is that much
        settle();
        assertThat(file).hasBinaryContent(new byte[] {1, 2, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0});

        storage.append("f", new byte[] {4, 4, 4, 4, 4, 4, 4, 4, 4, 4});
        settle();
        assertThat(file).hasBinaryContent(new byte[] {1, 2, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4});

        storage.reserve("f", 5);
        storage.close();
        settle();
        assertThat(file).as("let go of").hasSize(13);
    }

    @Test
    void room_is_on_the_medium_before_it_is_used() throws IOException {
        List<String> forced = new ArrayList<>();
        Storage storage = new DiskStorage(
                folder.resolve("journal"),
                tasks::add,
                tasks::add,
                (path, options) -> new ForceLog(FileChannel.open(path, options), "file", forced));
        storage.append("f", new byte[] {1});
        storage.reserve("f", 10);
        settle();
        assertThat(forced).containsExactly("file");
        storage.reserve("f", 10);
        settle();
        assertThat(forced).as("room that is there is not made again").containsExactly("file");
        storage.close();
        settle();
    }

    @Test
    void nothing_is_written_on_the_caller_s_thread() throws IOException {
        Storage storage = open();
        storage.append("f", new byte[] {1});
        storage.sync("f", r -> {});
        storage.delete("g");
        assertThat(storage.list()).isEmpty();
        assertThat(tasks).hasSize(3);
        settle();
        assertThat(storage.list()).containsExactly("f");
        storage.close();
        settle();
    }

    @Test
    void callbacks_come_on_the_event_loop() throws IOException {
        Deque<Runnable> eventLoop = new ArrayDeque<>();
        Storage storage = new DiskStorage(folder.resolve("two"), tasks::add, eventLoop::add);
        List<SyncResult> results = new ArrayList<>();
        storage.append("f", new byte[] {1});
        storage.sync("f", results::add);
        settle();
        assertThat(results).as("on the disk's executor").isEmpty();
        eventLoop.remove().run();
        assertThat(results).containsExactly(new SyncResult.Synced());
        storage.close();
        settle();
    }

    @Test
    void a_full_disk_is_told_as_full_until_the_file_is_deleted() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "no device here that is always full");
        Storage storage = open();
        Files.createSymbolicLink(folder.resolve("journal/f"), full);
        List<SyncResult> results = new ArrayList<>();
        storage.append("f", new byte[] {1, 2, 3});
        storage.sync("f", results::add);
        storage.append("f", new byte[] {4});
        storage.sync("f", results::add);
        storage.append("g", new byte[] {1});
        storage.sync("g", results::add);
        settle();
        assertThat(results).containsExactly(new SyncResult.Full(), new SyncResult.Full(), new SyncResult.Synced());

        storage.delete("f");
        storage.append("f", new byte[] {5});
        storage.sync("f", results::add);
        settle();
        assertThat(results).endsWith(new SyncResult.Synced());
        assertThat(storage.read("f")).containsExactly(5);
        storage.close();
        settle();
    }

    @Test
    void a_disk_that_is_gone_is_told_as_failing() throws IOException {
        Storage storage = open();
        Files.delete(folder.resolve("journal/lock"));
        Files.delete(folder.resolve("journal"));
        List<SyncResult> results = new ArrayList<>();
        storage.append("f", new byte[] {1});
        storage.sync("f", results::add);
        settle();
        assertThat(results).hasSize(1).first().isInstanceOf(SyncResult.Failed.class);
        storage.close();
        settle();
    }

    @Test
    void an_executor_that_is_shut_down_is_no_error() throws IOException {
        Storage storage = new DiskStorage(folder.resolve("late"), Runnable::run, task -> {
            throw new RejectedExecutionException("closed");
        });
        storage.append("f", new byte[] {1});
        storage.sync("f", r -> {});
        storage.close();
    }

    @Test
    void around_a_bad_spot_everything_else_is_read() throws IOException {
        byte[] content = new byte[10_000];
        Arrays.fill(content, (byte) 7);
        byte[] read = DiskStorage.salvage(new BadSpot(content, 5_000));

        assertThat(read).hasSize(10_000);
        for (int i = 0; i < read.length; i++) {
            assertThat(read[i]).as("byte %d", i).isEqualTo((byte) (i >= 4096 && i < 8192 ? 0 : 7));
        }
    }

    /** A file whose byte at one position cannot be read. */
    private static final class BadSpot implements SeekableByteChannel {
        private final byte[] content;
        private final int bad;
        private int position;

        BadSpot(byte[] content, int bad) {
            this.content = content;
            this.bad = bad;
        }

        @Override
        public int read(ByteBuffer to) throws IOException {
            int count = Math.min(to.remaining(), content.length - position);
            if (position <= bad && bad < position + count) {
                throw new IOException("input/output error");
            }
            to.put(content, position, count);
            position += count;
            return count;
        }

        @Override
        public SeekableByteChannel position(long newPosition) {
            position = (int) newPosition;
            return this;
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public long size() {
            return content.length;
        }

        @Override
        public int write(ByteBuffer from) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SeekableByteChannel truncate(long size) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
