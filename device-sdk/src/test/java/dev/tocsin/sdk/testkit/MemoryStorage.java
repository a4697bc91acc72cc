package dev.tocsin.sdk.testkit;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.Storage;
import dev.tocsin.sdk.port.Timers;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A folder in memory that behaves like one on a bad day: power cuts, a full medium, syncs that fail, take long or never
 * end, and bits that rot. What was appended can be read at once; only what was synced is sure to be there after
 * {@link #afterPowerCut}.
 */
public final class MemoryStorage implements Storage {

    /** What a medium writes at once. */
    public static final int BLOCK = 512;

    /** What a power cut does to bytes that were not synced. */
    public enum Unsynced {
        /** All there: only the process died. */
        KEPT,
        /** All gone; files never synced are gone, files whose removal was not synced are back. */
        LOST,
        /** Each file ends anywhere. */
        TORN,
        /** Each block is there or not, in any order; a missing one reads as zeros or as what lay there before. */
        REORDERED,
        /** As torn; and the block in which one file's synced bytes end is garbage, since it was just being written. */
        SHORN
    }

    private sealed interface Change {
        record Appended(String name, Bytes bytes) implements Change {}

        record Deleted(String name) implements Change {}
    }

    private static final class File {
        private byte[] buffer;
        private int length;
        int synced;
        boolean named; // durably in the folder

        @Nullable
        SyncResult broken;

        File(byte... data) {
            buffer = data.clone();
            length = data.length;
        }

        void append(byte[] bytes, int count) {
            if (length + count > buffer.length) {
                buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, length + count));
            }
            System.arraycopy(bytes, 0, buffer, length, count);
            length += count;
        }

        byte[] data() {
            return Arrays.copyOf(buffer, length);
        }
    }

    private final Timers timers;
    private final SortedMap<String, File> files = new TreeMap<>();
    private final SortedMap<String, File> removed = new TreeMap<>(); // a power cut may bring them back
    private final SortedMap<String, byte[]> atStart = new TreeMap<>();
    private final List<Change> history = new ArrayList<>();
    private final Deque<Runnable> held = new ArrayDeque<>();
    private Duration syncTime = Duration.ofMillis(5);
    private long room = Long.MAX_VALUE;
    private int failing;
    private boolean holding;
    private boolean off;
    private int syncs;

    /** An empty folder. Syncs take 5 ms. */
    public MemoryStorage(Timers timers) {
        this.timers = timers;
    }

    /** A folder with these files in it, all synced. */
    public MemoryStorage(Timers timers, Map<String, byte[]> contents) {
        this(timers);
        contents.forEach((name, bytes) -> {
            File f = new File(bytes);
            f.synced = bytes.length;
            f.named = true;
            files.put(name, f);
            atStart.put(name, bytes.clone());
        });
    }

    @Override
    public List<String> list() {
        return List.copyOf(files.keySet());
    }

    @Override
    public byte[] read(String name) throws IOException {
        File f = files.get(name);
        if (f == null) {
            throw new NoSuchFileException(name);
        }
        return f.data();
    }

    @Override
    public void append(String name, byte[] bytes) {
        if (off) {
            return;
        }
        File f = files.computeIfAbsent(name, n -> new File());
        if (f.broken != null) {
            return;
        }
        int count = (int) Math.min(bytes.length, Math.max(0, room - bytes()));
        f.append(bytes, count);
        history.add(new Change.Appended(name, Bytes.wrap(Arrays.copyOf(bytes, count))));
        if (count < bytes.length) {
            f.broken = new SyncResult.Full();
        }
    }

    @Override
    public void sync(String name, Consumer<SyncResult> done) {
        if (off) {
            return;
        }
        File f = files.computeIfAbsent(name, n -> new File());
        int length = f.length;
        List<String> removals = List.copyOf(removed.keySet());
        Runnable end = () -> {
            if (off) {
                return;
            }
            syncs++;
            if (f.broken == null && failing > 0) {
                failing--;
                f.broken = new SyncResult.Failed("input/output error");
            }
            if (f.broken == null) {
                f.synced = Math.max(f.synced, length);
                f.named = true;
                removed.keySet().removeAll(removals);
            }
            done.accept(f.broken == null ? new SyncResult.Synced() : f.broken);
        };
        if (holding) {
            held.add(end);
        } else {
            timers.schedule(syncTime.toNanos(), end);
        }
    }

    @Override
    public void delete(String name) {
        File f = off ? null : files.remove(name);
        if (f != null) {
            history.add(new Change.Deleted(name));
            if (f.named) {
                removed.putIfAbsent(name, f);
            }
        }
    }

    @Override
    public void close() {
        off = true;
    }

    /** How long a sync takes from now on. */
    public void syncTime(Duration time) {
        syncTime = time;
    }

    /** Syncs do not end from now on. */
    public void hold() {
        holding = true;
    }

    /** Syncs end again; those that were held end now, in order. */
    public void release() {
        holding = false;
        while (!held.isEmpty()) {
            timers.schedule(0, held.remove());
        }
    }

    /** So many of the next syncs fail. */
    public void failSyncs(int count) {
        failing = count;
    }

    /** Most bytes that all files together may take from now on. */
    public void room(long bytes) {
        room = bytes;
    }

    /** Flips the bits of the mask in one byte. */
    public void rot(String name, int offset, int mask) {
        File f = files.get(name);
        if (f == null) {
            throw new IllegalArgumentException("no such file: " + name);
        }
        f.buffer[offset] ^= (byte) mask;
    }

    /** Bytes that all files take. */
    public long bytes() {
        return files.values().stream().mapToLong(f -> f.length).sum();
    }

    /** Syncs that have ended, well or not. */
    public int syncs() {
        return syncs;
    }

    /** The files as they can be read now. */
    public SortedMap<String, byte[]> contents() {
        SortedMap<String, byte[]> contents = new TreeMap<>();
        files.forEach((name, f) -> contents.put(name, f.data()));
        return contents;
    }

    /** Bytes appended so far, over all files. */
    public int appended() {
        return history.stream()
                .mapToInt(c -> c instanceof Change.Appended a ? a.bytes.size() : 0)
                .sum();
    }

    /**
     * The folder after a power cut at the moment when just so many of the bytes appended had reached the medium, in the
     * order in which they were appended. This storage goes on as it is.
     */
    public MemoryStorage afterCutAtByte(int bytes, Timers nextTimers) {
        SortedMap<String, File> then = new TreeMap<>();
        atStart.forEach((name, data) -> then.put(name, new File(data)));
        int left = bytes;
        for (Change change : history) {
            if (change instanceof Change.Deleted d) {
                then.remove(d.name);
            } else if (change instanceof Change.Appended a) {
                then.computeIfAbsent(a.name, n -> new File())
                        .append(a.bytes.readOnlyArray(), Math.min(left, a.bytes.size()));
                left -= a.bytes.size();
                if (left <= 0) {
                    break;
                }
            }
        }
        SortedMap<String, byte[]> contents = new TreeMap<>();
        then.forEach((name, f) -> contents.put(name, f.data()));
        return new MemoryStorage(nextTimers, contents);
    }

    /** The folder after a power cut. This storage is dead from then on: nothing is written and nothing told. */
    public MemoryStorage afterPowerCut(Unsynced how, SeededEntropy dice, Timers nextTimers) {
        off = true;
        SortedMap<String, byte[]> contents = new TreeMap<>();
        removed.forEach((name, f) -> {
            if (how == Unsynced.LOST || (how != Unsynced.KEPT && dice.chance(0.5))) {
                contents.put(name, f.data());
            }
        });
        List<String> unsynced = new ArrayList<>();
        files.forEach((name, f) -> {
            if (how == Unsynced.KEPT || f.named || (how != Unsynced.LOST && dice.chance(0.5))) {
                contents.put(name, cut(f, how, dice));
                if (f.synced > 0 && f.synced < f.length) {
                    unsynced.add(name);
                }
            }
        });
        if (how == Unsynced.SHORN && !unsynced.isEmpty()) {
            String name = unsynced.get(dice.nextInt(unsynced.size()));
            byte[] data = contents.getOrDefault(name, new byte[0]);
            int from = synced(name) / BLOCK * BLOCK;
            int to = Math.min(data.length, from + BLOCK);
            System.arraycopy(dice.nextBytes(to - from), 0, data, from, to - from);
        }
        MemoryStorage next = new MemoryStorage(nextTimers, contents);
        next.syncTime = syncTime;
        next.room = room;
        return next;
    }

    private int synced(String name) {
        File f = files.get(name);
        return f == null ? 0 : f.synced;
    }

    private static byte[] cut(File f, Unsynced how, SeededEntropy dice) {
        int loose = f.length - f.synced;
        byte[] all = f.data();
        return switch (how) {
            case KEPT -> all;
            case LOST -> Arrays.copyOf(all, f.synced);
            case TORN, SHORN -> Arrays.copyOf(all, f.synced + dice.nextInt(loose + 1));
            case REORDERED -> {
                byte[] data = Arrays.copyOf(all, f.synced + dice.nextInt(loose + 1));
                for (int block = f.synced / BLOCK * BLOCK; block < data.length; block += BLOCK) {
                    if (dice.chance(0.5)) {
                        int from = Math.max(block, f.synced);
                        int to = Math.min(block + BLOCK, data.length);
                        byte[] before = dice.chance(0.5) ? new byte[to - from] : dice.nextBytes(to - from);
                        System.arraycopy(before, 0, data, from, to - from);
                    }
                }
                yield data;
            }
        };
    }
}
