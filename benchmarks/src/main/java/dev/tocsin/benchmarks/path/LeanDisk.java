package dev.tocsin.benchmarks.path;

import dev.tocsin.sdk.TocsinRuntime;
import dev.tocsin.sdk.port.Storage;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Journals for thousands of devices in one process, where the system allows fewer open files than three for each: a file is
 * opened for each write and each sync, and closed again. The bytes and the syncs are those that a device has; without its
 * lock, and without its care for a medium that fails.
 */
record LeanDisk(Executor disk, Executor eventLoop) implements TocsinRuntime.Disk {

    @Override
    public Storage open(Path folder) throws IOException {
        Files.createDirectories(folder);
        return new LeanStorage(folder, disk, eventLoop);
    }

    private static final class LeanStorage implements Storage {

        private final Path folder;
        private final Executor disk;
        private final Executor eventLoop;
        private final Map<String, IOException> broken = new TreeMap<>(); // the disk executor's, and so is the next
        private boolean folderDirty = true;

        LeanStorage(Path folder, Executor disk, Executor eventLoop) {
            this.folder = folder;
            this.disk = disk;
            this.eventLoop = eventLoop;
        }

        @Override
        public List<String> list() throws IOException {
            try (Stream<Path> files = Files.list(folder)) {
                return files.map(file -> String.valueOf(file.getFileName()))
                        .sorted()
                        .toList();
            }
        }

        @Override
        public byte[] read(String name) throws IOException {
            return Files.readAllBytes(folder.resolve(name));
        }

        @Override
        public void append(String name, byte[] bytes) {
            disk.execute(() -> {
                try {
                    folderDirty |= !Files.exists(folder.resolve(name));
                    Files.write(
                            folder.resolve(name),
                            bytes,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.APPEND);
                } catch (IOException e) {
                    broken.put(name, e);
                }
            });
        }

        @Override
        public void sync(String name, Consumer<SyncResult> done) {
            disk.execute(() -> {
                SyncResult result = synced(name);
                eventLoop.execute(() -> done.accept(result));
            });
        }

        private SyncResult synced(String name) {
            if (broken.containsKey(name)) {
                return new SyncResult.Failed(String.valueOf(broken.get(name)));
            }
            try {
                force(folder.resolve(name), StandardOpenOption.WRITE);
                if (folderDirty) {
                    force(folder, StandardOpenOption.READ);
                    folderDirty = false;
                }
                return new SyncResult.Synced();
            } catch (IOException e) {
                broken.put(name, e);
                return new SyncResult.Failed(String.valueOf(e));
            }
        }

        private static void force(Path path, StandardOpenOption how) throws IOException {
            try (FileChannel channel = FileChannel.open(path, how)) {
                channel.force(true);
            }
        }

        @Override
        public void delete(String name) {
            disk.execute(() -> {
                broken.remove(name);
                folderDirty = true;
                try {
                    Files.deleteIfExists(folder.resolve(name));
                } catch (IOException e) {
                    broken.put(name, e);
                }
            });
        }

        @Override
        public void close() {
            // nothing is held
        }
    }
}
