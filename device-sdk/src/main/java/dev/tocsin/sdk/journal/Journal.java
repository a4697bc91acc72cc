package dev.tocsin.sdk.journal;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.Storage;
import dev.tocsin.sdk.port.Timers;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A bounded outbox that survives power cuts, torn and lost writes and the rot of either copy.
 *
 * <p>On the medium it is a sequence of <em>generations</em>, each a pair of append-only files with the same records. A
 * generation starts with everything alive; a new one is started at every boot (nothing is ever written behind a torn
 * tail), when the old one has grown to mostly dead records, and after a failed sync (what a medium holds after that is
 * unknown). The old one is deleted once the new one is synced. Reading back takes the union of all files.
 *
 * <p>Nothing here blocks or waits: {@link #put} returns at once and tells later. Belongs to the event loop.
 */
public final class Journal {

    /** Files with damaged bytes that are kept for a person to look at; the oldest goes first. */
    static final int MAX_QUARANTINES = 4;

    /** Longest body of an item, bytes. */
    public static final int MAX_BODY = 64 << 10;

    /** Told on the event loop. */
    public interface Listener {
        /** The medium does not keep what it should, with the reason; empty: it does again. */
        void trouble(Optional<String> why);

        /** An item made room for a more important one and is forgotten. */
        void evicted(Item item);
    }

    private final Storage storage;
    private final Limits limits;
    private final Listener listener;
    private final Generations generations;
    private final SortedMap<Long, Item> alive;
    private final List<Finding> findings;
    private final List<String> quarantines;
    private final ByteArrayOutputStream damaged;
    private final Map<Priority, Long> bytesOf = new EnumMap<>(Priority.class);
    private long bootCounter;
    private boolean booted;

    private Journal(Storage storage, Timers timers, Limits limits, Listener listener, Recovery found) {
        this.storage = storage;
        this.limits = limits;
        this.listener = listener;
        this.alive = found.items;
        this.findings = List.copyOf(found.findings);
        this.quarantines = found.quarantines;
        this.damaged = found.damaged;
        this.bootCounter = found.bootCounter;
        this.generations = new Generations(storage, timers, limits.ballastBytes(), new Alive(), listener, found);
        alive.values().forEach(item -> account(item, 1));
    }

    /** Reads what is there. Blocks. Nothing is written before {@link #boot}. */
    public static Journal open(Storage storage, Timers timers, Limits limits, Listener listener) {
        return new Journal(storage, timers, limits, listener, Recovery.of(storage));
    }

    /** What was found damaged at {@link #open}; a bounded number. */
    public List<Finding> findings() {
        return findings;
    }

    /** Everything alive, oldest first. */
    public Collection<Item> items() {
        return Collections.unmodifiableCollection(alive.values());
    }

    /** Bytes alive. */
    public long bytes() {
        long bytes = 0;
        for (long some : bytesOf.values()) {
            bytes += some;
        }
        return bytes;
    }

    /**
     * Counts a boot and starts writing.
     *
     * @param kept told once the counter is synced; on a medium that fails it is told whenever that succeeds
     * @return the boot counter, one more than ever before
     */
    public long boot(Runnable kept) {
        if (booted) {
            throw new IllegalStateException("booted already");
        }
        booted = true;
        bootCounter++;
        if (damaged.size() > 0) {
            while (quarantines.size() >= MAX_QUARANTINES) {
                storage.delete(quarantines.removeFirst());
            }
            String name = Files.quarantine(generations.generation() + 1);
            storage.append(name, damaged.toByteArray());
            storage.sync(name, result -> {}); // before the damaged files are deleted; if it fails, the next sync tells
            damaged.reset();
        }
        generations.begin(kept);
        return bootCounter;
    }

    /**
     * Keeps an item.
     *
     * @param body at most {@value #MAX_BODY} bytes
     * @param kept told once it is synced in both copies
     * @return the item; empty if there is no room for it and nothing less important to drop
     */
    public Optional<Item> put(Priority priority, Bytes body, Runnable kept) {
        if (body.size() > MAX_BODY) {
            throw new IllegalArgumentException("a body of more than " + MAX_BODY + " bytes: " + body.size());
        }
        if (!makeRoom(priority, body.size() + Item.OVERHEAD_BYTES)) {
            return Optional.empty();
        }
        Item item = new Item(generations.nextNumber(), priority, body);
        alive.put(item.number(), item);
        account(item, 1);
        generations.keep(item.toFrame(), kept);
        return Optional.of(item);
    }

    /**
     * Notes something about an item, at most {@value Item#MAX_MARKS} things. Not synced at once: what it says must be
     * harmless to forget.
     */
    public void mark(Item item, Bytes mark) {
        if (alive.containsKey(item.number()) && item.mark(mark)) {
            generations.note(new Frame.Mark(item.number(), mark));
        }
    }

    /** Done with an item. Not synced at once: after a power cut it may be there again. */
    public void remove(Item item) {
        if (alive.remove(item.number()) != null) {
            gone(item);
        }
    }

    /** Lets go: nothing is written and nothing told any more. */
    public void close() {
        generations.close();
    }

    private boolean makeRoom(Priority priority, int bytes) {
        long routine = priority == Priority.TELEMETRY ? bytesOf(Priority.ROUTINE) : 0;
        if (!fits(priority, bytes, bytesOf(Priority.LIFE), routine)) {
            return false; // not even if all that may go went
        }
        for (Priority victim : List.of(Priority.TELEMETRY, Priority.ROUTINE)) {
            while (!fits(priority, bytes, bytesOf(Priority.LIFE), bytes() - bytesOf(Priority.LIFE))
                    && evictOldest(victim)) {}
        }
        return true;
    }

    private boolean fits(Priority priority, int bytes, long life, long others) {
        return life + others + bytes <= limits.maxBytes()
                && (priority == Priority.LIFE || others + bytes <= limits.maxBytes() - limits.lifeReserveBytes());
    }

    private long bytesOf(Priority priority) {
        return bytesOf.getOrDefault(priority, 0L);
    }

    private boolean evictOldest(Priority victim) {
        for (Iterator<Item> i = alive.values().iterator(); i.hasNext(); ) {
            Item item = i.next();
            if (item.priority() == victim) {
                i.remove();
                gone(item);
                listener.evicted(item);
                return true;
            }
        }
        return false;
    }

    private void gone(Item item) {
        account(item, -1);
        generations.forget(item.number());
        generations.note(new Frame.Remove(item.number()));
    }

    private void account(Item item, int sign) {
        bytesOf.merge(item.priority(), (long) sign * item.size(), Long::sum);
    }

    /** What a new generation starts with. */
    private final class Alive implements Generations.Contents {
        @Override
        public long bytes() {
            return Journal.this.bytes();
        }

        @Override
        public Frame.Head head() {
            return new Frame.Head(bootCounter, List.copyOf(alive.keySet()));
        }

        @Override
        public List<Frame> all() {
            List<Frame> frames = new ArrayList<>();
            for (Item item : alive.values()) {
                frames.add(item.toFrame());
                item.marks().forEach(mark -> frames.add(new Frame.Mark(item.number(), mark)));
            }
            return frames;
        }

        @Override
        public void spare() {
            while (evictOldest(Priority.TELEMETRY)) {}
        }
    }
}
