package dev.tocsin.simulator.storage;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.Storage;
import dev.tocsin.sdk.port.Timers;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A disk during one boot. Requests are done one after the other: what is asked for during a sync waits for its end, as it
 * does in {@code DiskStorage}, whose behaviour towards broken files this has too.
 */
final class MountedStorage implements Storage {

    /** Requests that may wait behind a sync; a program with more of them has gone wild. */
    static final int MAX_WAITING = 100_000;

    private static final String IO_ERROR = "input/output error";

    private sealed interface Request {
        record Append(String name, Bytes bytes) implements Request {}

        record Reserve(String name, int bytes) implements Request {}

        record Delete(String name) implements Request {}

        record Sync(String name, long askedNs, Consumer<SyncResult> done) implements Request {}

        record Close() implements Request {}
    }

    private final VirtualDisk disk;
    private final DiskFaults faults;
    private final Timers timers;
    private final Deque<Request> waiting = new ArrayDeque<>(); // the first is the sync under way, if there is one
    private final Map<String, SyncResult> broken = new HashMap<>();
    private boolean syncing;
    private boolean closed;
    private boolean dead;

    MountedStorage(VirtualDisk disk, Timers timers) {
        this.disk = disk;
        this.faults = disk.faults();
        this.timers = timers;
    }

    @Override
    public List<String> list() throws IOException {
        checkReadable("");
        return disk.folder().names();
    }

    @Override
    public byte[] read(String name) throws IOException {
        checkReadable(name);
        return disk.folder()
                .file(name)
                .orElseThrow(() -> new NoSuchFileException(name))
                .bytes();
    }

    private void checkReadable(String name) throws IOException {
        if (dead) {
            throw new IOException("the disk is not mounted any more");
        }
        if (faults.takeReadFailure(name)) {
            disk.met(DiskFault.READ_FAILED, name);
            throw new IOException(name.isEmpty() ? IO_ERROR : name + ": " + IO_ERROR);
        }
    }

    @Override
    public void append(String name, byte[] bytes) {
        ask(new Request.Append(name, Bytes.wrap(bytes)));
    }

    @Override
    public void sync(String name, Consumer<SyncResult> done) {
        ask(new Request.Sync(name, disk.nowNs(), done));
    }

    /** {@inheritDoc} It takes no time here: what it does for syncs is not modelled, what a power cut leaves of it is. */
    @Override
    public void reserve(String name, int bytes) {
        ask(new Request.Reserve(name, bytes));
    }

    @Override
    public void delete(String name) {
        ask(new Request.Delete(name));
    }

    @Override
    public void close() {
        ask(new Request.Close());
        closed = true;
    }

    private void ask(Request request) {
        if (dead || closed) {
            return;
        }
        if (waiting.size() >= MAX_WAITING) {
            throw new IllegalStateException("more than " + MAX_WAITING + " requests wait for the disk");
        }
        waiting.add(request);
        work();
    }

    /** Up to the next sync. */
    private void work() {
        while (!syncing && !waiting.isEmpty()) {
            if (waiting.peek() instanceof Request.Sync sync) {
                begin(sync);
            } else {
                perform(waiting.remove());
            }
        }
    }

    private void perform(Request request) {
        switch (request) {
            case Request.Append(String name, Bytes bytes) -> write(name, bytes);
            case Request.Reserve(String name, int bytes) -> {
                if (!broken.containsKey(name)) {
                    disk.folder().file(name).ifPresent(content -> content.reserve(bytes));
                }
            }
            case Request.Delete(String name) -> {
                broken.remove(name);
                faults.removed(name);
                disk.folder().remove(name);
            }
            case Request.Close c -> {
                dead = true;
                disk.unmounted();
            }
            case Request.Sync s -> throw new IllegalStateException("a sync takes time");
        }
    }

    private void write(String name, Bytes bytes) {
        if (broken.containsKey(name)) {
            return;
        }
        Folder folder = disk.folder();
        if (faults.areWritesFailing()) {
            broken.put(name, new SyncResult.Failed(IO_ERROR));
            disk.met(DiskFault.WRITE_FAILED, name);
            return;
        }
        int fits = bytes.size();
        if (faults.capacity() != Long.MAX_VALUE) {
            fits = (int) Math.min(fits, Math.max(0, faults.capacity() - folder.bytes()));
        }
        folder.append(name, bytes.readOnlyArray(), fits);
        disk.tell(new DiskEvent.Appended(disk.nowNs(), name, fits));
        if (fits < bytes.size()) {
            broken.put(name, new SyncResult.Full());
            disk.met(DiskFault.FULL, name);
        }
    }

    private void begin(Request.Sync sync) {
        syncing = true;
        if (faults.isSlow()) {
            disk.met(DiskFault.SLOW, sync.name());
        }
        timers.schedule(disk.drawSyncNs(), () -> {
            if (faults.isStalling() && !dead) {
                disk.met(DiskFault.STALLED, sync.name());
                faults.park(() -> timers.schedule(0, () -> end(sync)));
            } else {
                end(sync);
            }
        });
    }

    private void end(Request.Sync sync) {
        if (dead) {
            return;
        }
        syncing = false;
        waiting.remove();
        SyncResult result = force(sync.name());
        disk.tell(new DiskEvent.SyncEnded(disk.nowNs(), sync.name(), sync.askedNs(), result));
        work(); // the disk goes on before the program hears
        sync.done().accept(result);
    }

    private SyncResult force(String name) {
        SyncResult result = broken.get(name);
        if (result == null && faults.takeSyncFailure()) {
            result = new SyncResult.Failed(IO_ERROR);
            broken.put(name, result);
            disk.met(DiskFault.SYNC_FAILED, name);
        }
        if (result == null) {
            disk.folder().sync(name);
            result = new SyncResult.Synced();
        }
        return result;
    }

    boolean isSyncing() {
        return syncing;
    }

    /** Bytes that wait to be written. */
    long waitingBytes() {
        return waiting.stream()
                .mapToLong(r -> r instanceof Request.Append a ? a.bytes().size() : 0)
                .sum();
    }

    /**
     * The power is gone. How many of the syncs that were asked for had been done though nobody was told is drawn.
     *
     * @return bytes that were not even written
     */
    long die(PowerCut how, Dice dice) {
        int syncs =
                (int) waiting.stream().filter(r -> r instanceof Request.Sync).count();
        int done = switch (how) {
            case KEPT -> syncs;
            case LOST -> 0;
            default -> dice.below(syncs + 1);
        };
        while (!waiting.isEmpty()) {
            if (waiting.peek() instanceof Request.Sync sync) {
                if (done-- == 0) {
                    break;
                }
                force(sync.name());
                waiting.remove();
            } else {
                perform(waiting.remove());
            }
        }
        long neverWritten = waitingBytes();
        dead = true;
        waiting.clear();
        return neverWritten;
    }
}
