package dev.tocsin.simulator.storage;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.Entropy;
import dev.tocsin.sdk.port.Storage;
import dev.tocsin.sdk.port.Timers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A device's disk: the medium, which stays when the power goes. Each boot mounts it anew.
 *
 * <pre>{@code
 * VirtualDisk disk = new VirtualDisk(clock::nanoTime, entropy, observer::disk);
 * Storage storage = disk.mount(timers);  // one boot
 * disk.cut(PowerCut.ANY);                // at any instant; storage is dead
 * Storage next = disk.mount(nextTimers);
 * }</pre>
 *
 * <p>Belongs to the world's thread.
 */
public final class VirtualDisk {

    private final LongSupplier nanoTime;
    private final Dice dice;
    private final Consumer<DiskEvent> observer;
    private final DiskFaults faults = new DiskFaults(this);
    private SyncLatency latency = SyncLatency.lognormal(Duration.ofMillis(5), 0.5);
    private Folder folder = new Folder();
    private @Nullable MountedStorage mounted;

    /**
     * An empty disk. A sync takes about 5 ms.
     *
     * @param nanoTime the world's time, for the observer
     * @param entropy for everything that is drawn here, and for nothing else
     * @param observer hears of all that happens, at once
     */
    public VirtualDisk(LongSupplier nanoTime, Entropy entropy, Consumer<DiskEvent> observer) {
        this.nanoTime = nanoTime;
        this.dice = new Dice(entropy);
        this.observer = observer;
    }

    /** How long syncs that begin from now on take. */
    public void latency(SyncLatency newLatency) {
        latency = newLatency;
    }

    /** What is wrong with it. */
    public DiskFaults faults() {
        return faults;
    }

    /**
     * The disk as a program sees it, until that closes it or the power is cut. One program at a time: throws
     * {@link IllegalStateException} while another has it.
     *
     * @param timers the device's: callbacks come there
     */
    public Storage mount(Timers timers) {
        if (mounted != null) {
            throw new IllegalStateException(
                    "the disk is mounted: cut the power, or close the storage and let it finish");
        }
        MountedStorage storage = new MountedStorage(this, timers);
        mounted = storage;
        return storage;
    }

    /**
     * The power goes, at this instant. The storage is dead from now on: nothing more is written and nothing told.
     *
     * @param what happens to what was not synced
     * @return what it did, as the observer hears it too
     */
    public DiskEvent.Cut cut(PowerCut what) {
        PowerCut how = what.drawn(dice);
        long unsynced = folder.unsyncedBytes();
        long neverWritten = 0;
        boolean duringSync = false;
        if (mounted != null) {
            duringSync = mounted.isSyncing();
            unsynced += mounted.waitingBytes();
            neverWritten = mounted.die(how, dice);
            mounted = null;
        }
        faults.forgetParked();
        SortedMap<String, Content> after = Aftermath.of(folder, how, dice);
        Loss loss = Loss.of(folder, after);
        Folder before = folder;
        after.replaceAll((name, content) ->
                content.withRoom(before.file(name).map(Content::room).orElse(0)));
        folder = new Folder(after);
        DiskEvent.Cut cut = new DiskEvent.Cut(
                nowNs(),
                how,
                duringSync,
                unsynced,
                loss.lostBytes() + neverWritten,
                loss.garbledBytes(),
                loss.filesLost(),
                loss.filesBack());
        tell(cut);
        if (loss.garbledBytes() > 0) {
            before.durable().forEach((name, was) -> {
                if (before.files().get(name) == was && after.containsKey(name)) {
                    damaged(name, was.prefix(was.synced()));
                }
            });
        }
        return cut;
    }

    /** What lies on the medium under that name, whatever is wrong with its reading; empty if nothing does. */
    public Optional<Bytes> content(String name) {
        return folder.file(name).map(content -> Bytes.wrap(content.bytes()));
    }

    /** All files' names, sorted. */
    public List<String> names() {
        return folder.names();
    }

    /** Bytes that all files take. */
    public long bytes() {
        return folder.bytes();
    }

    Folder folder() {
        return folder;
    }

    Dice dice() {
        return dice;
    }

    long nowNs() {
        return nanoTime.getAsLong();
    }

    long drawSyncNs() {
        return Math.round(latency.drawNs(dice.entropy()) * faults.slowness());
    }

    void unmounted() {
        mounted = null;
    }

    void tell(DiskEvent event) {
        observer.accept(event);
    }

    void met(DiskFault fault, String name) {
        tell(new DiskEvent.FaultMet(nowNs(), fault, name));
    }

    /** Tells it if the file is not what it was. */
    void damaged(String name, byte[] synced) {
        byte[] now = Arrays.copyOf(folder.file(name).orElseThrow().bytes(), synced.length);
        if (!Arrays.equals(synced, now)) {
            tell(new DiskEvent.Damaged(nowNs(), name, Bytes.wrap(synced), Bytes.wrap(now)));
        }
    }
}
