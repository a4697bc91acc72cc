package dev.tocsin.sdk.journal;

import dev.tocsin.sdk.port.Storage;
import dev.tocsin.sdk.port.Storage.SyncResult;
import dev.tocsin.sdk.port.Timers;
import dev.tocsin.sdk.port.Timers.Cancellable;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The journal's hand: writes records to both copies of the current generation, syncs them, and begins a new generation
 * when the old one is mostly dead or its medium let it down. Belongs to the event loop.
 */
final class Generations {

    /** A generation larger than this and… */
    static final int COMPACT_BYTES = 256 << 10;

    /** …this many times what is alive gives way to a new one. */
    static final int COMPACT_FACTOR = 4;

    /** Room made in a generation's files for what comes next, bytes each… */
    static final int ROOM_BYTES = 64 << 10;

    /** …and made anew when less than this is left. */
    static final int LEAST_ROOM_BYTES = 16 << 10;

    /** What may be forgotten is synced this late, so that many share one sync. */
    static final long LAZY_SYNC_NS = 5_000_000_000L;

    /** A sync that takes longer is told as trouble. */
    static final long SLOW_SYNC_NS = 2_000_000_000L;

    /** Pause after a failed sync, before anything; doubles for what could not be kept… */
    static final long FIRST_RETRY_NS = 1_000_000_000L;

    /** …up to this, and begins anew after a minute without trouble. */
    static final long LAST_RETRY_NS = 30_000_000_000L;

    /** A released ballast is laid again this late. */
    static final long BALLAST_RETRY_NS = 60_000_000_000L;

    private static final long CALM_NS = 60_000_000_000L;

    /** Names of a generation's two files. */
    private record Copies(String a, String b) {

        static Copies of(long generation) {
            return new Copies(Files.journal(generation, 'a'), Files.journal(generation, 'b'));
        }
    }

    /** What there is to write. */
    interface Contents {
        /** Bytes alive. */
        long bytes();

        /** The first record of a generation. */
        Frame.Head head();

        /** Everything alive. */
        List<Frame> all();

        /** The medium is full: gives up what can be spared. */
        void spare();
    }

    private final Storage storage;
    private final Timers timers;
    private final int ballastBytes;
    private final Contents contents;
    private final Journal.Listener listener;

    private final List<String> older = new ArrayList<>();
    private final Map<Long, Runnable> unsynced = new LinkedHashMap<>(); // by number of the item
    private final Map<Long, Runnable> inSync = new LinkedHashMap<>();
    private long generation;
    private Copies copies;
    private long nextNumber;
    private long bytes;
    private long room; // where it ends
    private boolean begun;
    private boolean hasSynced; // this generation, at least once
    private boolean syncing;
    private boolean slow; // the sync under way
    private boolean broken; // until the next generation
    private boolean wanted; // by an item that came in the pause
    private boolean rested; // the first pause is over
    private boolean told;
    private boolean ballast;
    private boolean closed;
    private long retryNs = FIRST_RETRY_NS;
    private @Nullable Cancellable lazySync;
    private @Nullable Cancellable slowSync;
    private @Nullable Cancellable retry;
    private @Nullable Cancellable ballastRetry;
    private @Nullable Cancellable calm;

    Generations(
            Storage storage,
            Timers timers,
            int ballastBytes,
            Contents contents,
            Journal.Listener listener,
            Recovery found) {
        this.storage = storage;
        this.timers = timers;
        this.ballastBytes = ballastBytes;
        this.contents = contents;
        this.listener = listener;
        this.older.addAll(found.files);
        this.generation = found.lastGeneration;
        this.copies = Copies.of(generation);
        this.ballast = found.ballast;
        this.nextNumber = Files.firstNumber(generation + 1);
    }

    /** The generation that is written, or was written last before this boot. */
    long generation() {
        return generation;
    }

    /** A number for an item. */
    long nextNumber() {
        return nextNumber++;
    }

    /** Starts writing. */
    void begin(Runnable kept) {
        begun = true;
        unsynced.put(0L, kept);
        next();
    }

    /** Writes and syncs. A medium that failed is tried again for a new item, but for the first pause: it may be well by now. */
    void keep(Frame.Put frame, Runnable kept) {
        unsynced.put(frame.number(), kept);
        if (broken) {
            wanted = true;
            wake();
        }
        write(frame);
        sync();
    }

    /** Writes, and syncs some time later. */
    void note(Frame frame) {
        write(frame);
        if (lazySync == null && !closed) {
            lazySync = timers.schedule(LAZY_SYNC_NS, () -> {
                lazySync = null;
                sync();
            });
        }
    }

    /** An item is gone: on a medium that does not sync nobody waits for it any more. */
    void forget(long number) {
        if (broken || slow) {
            unsynced.remove(number);
        }
    }

    void close() {
        closed = true;
        cancel(lazySync);
        cancel(slowSync);
        cancel(retry);
        cancel(ballastRetry);
        cancel(calm);
    }

    private void write(Frame frame) {
        if (!begun || broken || closed) {
            return; // the next generation starts with all that is alive
        }
        byte[] record = frame.encode(generation);
        storage.append(copies.a, record);
        storage.append(copies.b, record);
        bytes += record.length;
        if (hasSynced && bytes > COMPACT_BYTES && bytes > COMPACT_FACTOR * contents.bytes()) {
            next();
        }
    }

    private void next() {
        if (hasSynced) {
            older.add(copies.a);
            older.add(copies.b);
        }
        generation++;
        copies = Copies.of(generation);
        nextNumber = Math.max(nextNumber, Files.firstNumber(generation));
        hasSynced = false;
        syncing = false;
        slow = false;
        broken = false;
        rested = false;
        putBack();
        byte[] head = contents.head().encode(generation);
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        records.writeBytes(head);
        contents.all().forEach(frame -> records.writeBytes(frame.encode(generation)));
        records.writeBytes(head);
        byte[] all = records.toByteArray();
        storage.append(copies.a, all);
        storage.append(copies.b, all);
        bytes = all.length;
        room = 0;
        sync();
    }

    /** One sync at a time, of one copy after the other; what comes meanwhile shares the next one. */
    private void sync() {
        if (!begun || syncing || broken || closed) {
            return;
        }
        syncing = true;
        inSync.putAll(unsynced);
        unsynced.clear();
        cancel(slowSync);
        slowSync = timers.schedule(SLOW_SYNC_NS, () -> {
            slow = true;
            tell("the disk takes long to answer");
        });
        long synced = generation;
        Copies written = copies;
        storage.sync(written.a, first -> {
            if (first instanceof SyncResult.Synced && synced == generation && !closed) {
                storage.sync(written.b, second -> ended(synced, second));
            } else {
                ended(synced, first);
            }
        });
    }

    private void ended(long synced, SyncResult result) {
        if (synced != generation || closed) {
            return;
        }
        syncing = false;
        slow = false;
        cancel(slowSync);
        switch (result) {
            case SyncResult.Synced s -> kept();
            case SyncResult.Full f -> full();
            case SyncResult.Failed f -> failed("the disk fails: " + f.why(), retryNs);
        }
    }

    private void kept() {
        List<Runnable> done = List.copyOf(inSync.values());
        inSync.clear();
        if (!hasSynced) {
            hasSynced = true;
            older.forEach(storage::delete);
            older.clear();
        }
        done.forEach(Runnable::run);
        if (room - bytes < LEAST_ROOM_BYTES) { // after the sync: nobody waits for it
            room = bytes + ROOM_BYTES;
            storage.reserve(copies.a, ROOM_BYTES);
            storage.reserve(copies.b, ROOM_BYTES);
        }
        if (ballast || ballastBytes == 0) {
            right();
        } else if (ballastRetry == null) {
            layBallast();
        }
        if (!unsynced.isEmpty()) {
            sync();
        }
    }

    private void full() {
        broken = true;
        contents.spare();
        storage.delete(Files.BALLAST);
        failed("the disk is full", ballast ? 0 : retryNs);
        if (ballast) {
            ballast = false;
            layBallastLater();
        }
    }

    /** What a medium holds after a failed sync is unknown: nothing more is written to these files. */
    private void failed(String why, long pauseNs) {
        broken = true;
        putBack();
        if (!hasSynced) {
            storage.delete(copies.a);
            storage.delete(copies.b);
        }
        cancel(calm);
        wanted = false;
        rested = false;
        if (pauseNs > FIRST_RETRY_NS) {
            retry = timers.schedule(FIRST_RETRY_NS, () -> {
                rested = true;
                retry = timers.schedule(pauseNs - FIRST_RETRY_NS, this::next);
                wake();
            });
        } else {
            retry = timers.schedule(pauseNs, this::next);
        }
        retryNs = Math.min(2 * retryNs, LAST_RETRY_NS);
        tell(why);
    }

    /** Ends a pause for an item that came in it. */
    private void wake() {
        if (wanted && rested && !closed) {
            cancel(retry);
            next();
        }
    }

    private void putBack() {
        Map<Long, Runnable> later = new LinkedHashMap<>(unsynced);
        unsynced.clear();
        unsynced.putAll(inSync);
        unsynced.putAll(later);
        inSync.clear();
    }

    private void layBallast() {
        ballast = true;
        storage.delete(Files.BALLAST);
        storage.append(Files.BALLAST, new byte[ballastBytes]);
        storage.sync(Files.BALLAST, result -> {
            if (closed || !ballast) {
                return;
            }
            if (result instanceof SyncResult.Synced) {
                right();
            } else {
                ballast = false;
                storage.delete(Files.BALLAST);
                layBallastLater();
                tell("the disk has no room in reserve");
            }
        });
    }

    /** The trouble of a full disk is over only when there is room in reserve again. */
    private void layBallastLater() {
        cancel(ballastRetry);
        ballastRetry = timers.schedule(BALLAST_RETRY_NS, () -> {
            if (broken) {
                layBallastLater();
            } else {
                ballastRetry = null;
                layBallast();
            }
        });
    }

    private void tell(String why) {
        if (!told && !closed) {
            told = true;
            listener.trouble(Optional.of(why));
        }
    }

    private void right() {
        if (told && !broken && !slow) {
            told = false;
            cancel(calm);
            calm = timers.schedule(CALM_NS, () -> retryNs = FIRST_RETRY_NS);
            listener.trouble(Optional.empty());
        }
    }

    private static void cancel(@Nullable Cancellable timer) {
        if (timer != null) {
            timer.cancel();
        }
    }
}
