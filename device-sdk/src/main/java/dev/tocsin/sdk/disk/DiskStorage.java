package dev.tocsin.sdk.disk;

import dev.tocsin.sdk.port.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A folder on a disk. Writes and syncs run on the executor given, one at a time and in order, so that a slow card never
 * holds up an alarm; a sync forces the file (POSIX {@code fdatasync}: what is needed to read it back) and, after it was made,
 * the folder ({@code fsync}). Room that is reserved is written with zeros, so that appending there changes neither the
 * file's size nor where it lies, and a sync is one write instead of a transaction of the file system's. The folder is
 * locked: one process, one storage.
 */
public final class DiskStorage implements Storage {

    private static final String LOCK = "lock";

    /** What a medium reads at once: around one bad spot no more than this is lost. */
    private static final int BLOCK = 4096;

    /** With less room than this, bytes, whatever fails is taken to fail for lack of room. */
    private static final long NO_ROOM = 64 << 10;

    private static final FileAttribute<Set<PosixFilePermission>> OWNERS_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /** How a file or the folder is opened: by the JDK, but for tests that count what is forced. */
    interface Opener {
        FileChannel open(Path path, OpenOption... options) throws IOException;
    }

    private final Path folder;
    private final Opener opener;
    private final Executor disk;
    private final Executor eventLoop;
    private final FileChannel lockFile;
    private final FileLock lock;

    /** Where each open file's content ends; behind it there may be room. Written by the disk executor only. */
    private final Map<String, Long> ends = new ConcurrentHashMap<>();

    // These belong to the disk executor.
    private final Map<String, FileChannel> open = new HashMap<>();
    private final Map<String, SyncResult> broken = new HashMap<>();
    private boolean folderDirty;

    /**
     * Opens the folder, and makes it where it is missing. Blocks.
     *
     * @param disk runs one task at a time, in order; may serve many storages
     * @param eventLoop where callbacks go
     * @throws IOException if the folder cannot be made or locked, saying why
     */
    public DiskStorage(Path folder, Executor disk, Executor eventLoop) throws IOException {
        this(folder, disk, eventLoop, DiskStorage::open);
    }

    /** What is made is its owner's alone to read: alarms, and the secrets of sessions. */
    private static FileChannel open(Path path, OpenOption... options) throws IOException {
        Set<OpenOption> how = Set.of(options);
        boolean made = how.contains(StandardOpenOption.CREATE)
                && path.getFileSystem().supportedFileAttributeViews().contains("posix");
        return made ? FileChannel.open(path, how, OWNERS_ONLY) : FileChannel.open(path, how);
    }

    DiskStorage(Path folder, Executor disk, Executor eventLoop, Opener opener) throws IOException {
        this.folder = folder;
        this.opener = opener;
        this.disk = disk;
        this.eventLoop = eventLoop;
        Files.createDirectories(folder);
        this.lockFile = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock got = null;
        try {
            got = lockFile.tryLock();
        } catch (OverlappingFileLockException e) {
            // this very process holds it: same message below
        }
        if (got == null) {
            lockFile.close();
            throw new IOException(folder + " is in use by another process (or twice in this one)");
        }
        this.lock = got;
    }

    @Override
    public List<String> list() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString())
                    .filter(name -> !name.equals(LOCK))
                    .sorted()
                    .toList();
        }
    }

    /** {@inheritDoc} Blocks that the medium does not give back any more read as zeros. */
    @Override
    public byte[] read(String name) throws IOException {
        Path file = folder.resolve(name);
        try {
            byte[] all = Files.readAllBytes(file);
            long end = ends.getOrDefault(name, (long) all.length);
            return end < all.length ? Arrays.copyOf(all, (int) end) : all;
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                return salvage(channel);
            }
        }
    }

    static byte[] salvage(SeekableByteChannel channel) throws IOException {
        byte[] bytes = new byte[(int) channel.size()];
        for (int at = 0; at < bytes.length; at += BLOCK) {
            ByteBuffer block = ByteBuffer.wrap(bytes, at, Math.min(BLOCK, bytes.length - at));
            try {
                channel.position(at);
                while (block.hasRemaining() && channel.read(block) >= 0) {}
            } catch (IOException e) {
                Arrays.fill(bytes, at, at + Math.min(BLOCK, bytes.length - at), (byte) 0);
            }
        }
        return bytes;
    }

    @Override
    public void append(String name, byte[] bytes) {
        run(() -> {
            if (broken.containsKey(name)) {
                return;
            }
            try {
                FileChannel channel = channel(name);
                long end = end(name);
                write(channel, bytes, end);
                ends.put(name, end + bytes.length);
            } catch (IOException e) {
                broken.put(name, why(e));
            }
        });
    }

    @Override
    public void sync(String name, Consumer<SyncResult> done) {
        run(() -> {
            SyncResult result = broken.get(name);
            if (result == null) {
                try {
                    channel(name).force(false);
                    if (folderDirty) {
                        syncFolder();
                        folderDirty = false;
                    }
                    result = new SyncResult.Synced();
                } catch (IOException e) {
                    result = why(e);
                    broken.put(name, result);
                }
            }
            SyncResult told = result;
            try {
                eventLoop.execute(() -> done.accept(told));
            } catch (RejectedExecutionException e) {
                // nobody listens any more
            }
        });
    }

    @Override
    public void reserve(String name, int bytes) {
        run(() -> {
            FileChannel channel = open.get(name);
            if (channel == null || broken.containsKey(name)) {
                return;
            }
            try {
                long size = channel.size();
                long missing = end(name) + bytes - size;
                if (missing > 0) {
                    makeRoom(channel, size, (int) missing);
                }
            } catch (IOException e) {
                broken.put(name, why(e)); // what it holds now is unknown
            }
        });
    }

    /** Where there is no room the file stays as it was: that is the next append's trouble. */
    private static void makeRoom(FileChannel channel, long size, int bytes) throws IOException {
        try {
            write(channel, new byte[bytes], size);
        } catch (IOException e) {
            channel.truncate(size);
        }
        channel.force(false);
    }

    private static void write(FileChannel channel, byte[] bytes, long at) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            channel.write(rest, at + rest.position());
        }
    }

    @Override
    public void delete(String name) {
        run(() -> {
            broken.remove(name);
            ends.remove(name);
            try {
                FileChannel channel = open.remove(name);
                if (channel != null) {
                    channel.close();
                }
                Files.deleteIfExists(folder.resolve(name));
                folderDirty = true;
            } catch (IOException e) {
                // It stays and is read again at the next start, which is harmless; the next sync tells of a bad disk.
                folderDirty = true;
            }
        });
    }

    @Override
    public void close() {
        run(() -> {
            try {
                for (Map.Entry<String, FileChannel> file : open.entrySet()) {
                    giveBack(file.getValue(), end(file.getKey()));
                    file.getValue().close();
                }
                lock.release();
                lockFile.close();
            } catch (IOException e) {
                // nothing more can be done, and what was synced is safe
            }
            open.clear();
            ends.clear();
        });
    }

    /** Not synced, and no matter if it fails: zeros do no harm. */
    private static void giveBack(FileChannel channel, long end) {
        try {
            if (channel.size() > end) {
                channel.truncate(end);
            }
        } catch (IOException e) {
            // then it stays
        }
    }

    private long end(String name) {
        return ends.getOrDefault(name, 0L);
    }

    private FileChannel channel(String name) throws IOException {
        FileChannel channel = open.get(name);
        if (channel == null) {
            channel = opener.open(folder.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            ends.put(name, channel.size());
            open.put(name, channel);
            folderDirty = true;
        }
        return channel;
    }

    private void syncFolder() throws IOException {
        try (FileChannel channel = opener.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private SyncResult why(IOException e) {
        String message = String.valueOf(e.getMessage());
        try {
            // the message is in the system's language, so the room is asked for too
            if (message.contains("No space left") || Files.getFileStore(folder).getUsableSpace() < NO_ROOM) {
                return new SyncResult.Full();
            }
        } catch (IOException unknown) {
            // then it is not known to be full
        }
        return new SyncResult.Failed(message);
    }

    private void run(Runnable task) {
        try {
            disk.execute(task);
        } catch (RejectedExecutionException e) {
            // the runtime is closing: what is not synced by now was never promised
        }
    }
}
