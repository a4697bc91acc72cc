package dev.tocsin.simulator.storage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is wrong with a disk, from now until it is put right; a power cut mends nothing. Belongs to the world's thread.
 *
 * <pre>{@code
 * disk.faults().slow(20);           // syncs take 20 times as long
 * disk.faults().stall();            // and now they do not end
 * disk.faults().resume();
 * disk.faults().capacity(64 << 10); // bytes; what does not fit is told as Full
 * disk.faults().failSyncs(2);
 * disk.faults().rot(3);             // three bits of one file
 * }</pre>
 */
public final class DiskFaults {

    private final VirtualDisk disk;
    private final Deque<Runnable> stalled = new ArrayDeque<>();
    private final Set<String> unreadable = new TreeSet<>();
    private double slowness = 1;
    private boolean stalling;
    private long capacity = Long.MAX_VALUE;
    private boolean writesFail;
    private int failingSyncs;
    private int failingReads;

    DiskFaults(VirtualDisk disk) {
        this.disk = disk;
    }

    /**
     * Syncs that begin from now on take that many times as long.
     *
     * @param factor 0 or more; 1 is well again
     */
    public void slow(double factor) {
        if (!(factor >= 0)) {
            throw new IllegalArgumentException("a factor of 0 or more, not " + factor);
        }
        slowness = factor;
    }

    /** No sync ends from now on. */
    public void stall() {
        stalling = true;
    }

    /** Syncs end again; one that should have ended ends now. */
    public void resume() {
        stalling = false;
        while (!stalled.isEmpty()) {
            stalled.remove().run();
        }
    }

    /** All files together may take so many bytes; {@link Long#MAX_VALUE} for as many as they like. */
    public void capacity(long bytes) {
        capacity = bytes;
    }

    /** Whether writes fail: nothing goes in, and the next sync of that file tells. */
    public void writesFail(boolean fail) {
        writesFail = fail;
    }

    /** So many of the next syncs fail. */
    public void failSyncs(int count) {
        failingSyncs = count;
    }

    /** So many of the next readings, of the folder or of a file, fail. */
    public void failReads(int count) {
        failingReads = count;
    }

    /** A file cannot be read any more, until it is removed. */
    public void unreadable(String name) {
        unreadable.add(name);
    }

    /**
     * Flips bits of one byte.
     *
     * @param name a file that is there, else {@link IllegalArgumentException}
     * @param offset within the file
     * @param mask the bits
     */
    public void rot(String name, int offset, int mask) {
        Content content = disk.folder()
                .file(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "no such file: " + name + ", there are " + disk.folder().names()));
        byte[] synced = content.prefix(content.synced());
        content.flip(offset, mask);
        rotten(name, synced);
    }

    /**
     * Flips bits at drawn places in the synced bytes of one file, drawn among those that have any.
     *
     * @param bits how many
     * @return the file; empty if nothing is synced
     */
    public Optional<String> rot(int bits) {
        List<String> candidates = new ArrayList<>();
        disk.folder().files().forEach((name, content) -> {
            if (content.synced() > 0) {
                candidates.add(name);
            }
        });
        if (candidates.isEmpty()) {
            return Optional.empty();
        }
        String name = candidates.get(disk.dice().below(candidates.size()));
        Content content = disk.folder().file(name).orElseThrow();
        byte[] synced = content.prefix(content.synced());
        for (int i = 0; i < bits; i++) {
            int offset = disk.dice().below(content.synced());
            content.flip(offset, 1 << disk.dice().below(Byte.SIZE));
        }
        rotten(name, synced);
        return Optional.of(name);
    }

    private void rotten(String name, byte[] synced) {
        disk.met(DiskFault.ROT, name);
        disk.damaged(name, synced);
    }

    boolean isSlow() {
        return slowness != 1;
    }

    double slowness() {
        return slowness;
    }

    boolean isStalling() {
        return stalling;
    }

    /** To be run when syncs end again. */
    void park(Runnable end) {
        stalled.add(end);
    }

    /** Nobody waits any more. */
    void forgetParked() {
        stalled.clear();
    }

    long capacity() {
        return capacity;
    }

    boolean areWritesFailing() {
        return writesFail;
    }

    boolean takeSyncFailure() {
        if (failingSyncs == 0) {
            return false;
        }
        failingSyncs--;
        return true;
    }

    boolean takeReadFailure(String name) {
        if (unreadable.contains(name)) {
            return true;
        }
        if (failingReads == 0) {
            return false;
        }
        failingReads--;
        return true;
    }

    void removed(String name) {
        unreadable.remove(name);
    }
}
