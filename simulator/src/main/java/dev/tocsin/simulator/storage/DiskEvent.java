package dev.tocsin.simulator.storage;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.Storage;
import java.util.List;

/** Something happened on a disk. Times are the world's, nanoseconds. */
public sealed interface DiskEvent {

    /** When. */
    long atNs();

    /** Bytes were written, not synced: as many as went in. */
    record Appended(long atNs, String name, int bytes) implements DiskEvent {}

    /**
     * A sync ended, well or not.
     *
     * @param askedNs when the program asked for it
     */
    record SyncEnded(long atNs, String name, long askedNs, Storage.SyncResult result) implements DiskEvent {}

    /** A fault was met: an operation on that file went differently because of it. */
    record FaultMet(long atNs, DiskFault fault, String name) implements DiskEvent {}

    /**
     * The power went.
     *
     * @param how what happened to what was not synced, never {@link PowerCut#ANY}
     * @param duringSync whether a sync was under way
     * @param unsyncedBytes bytes that were written and not synced, those that waited behind a sync included
     * @param lostBytes how many of them are gone or garbage
     * @param garbledBytes synced bytes that are garbage now
     * @param filesLost names never synced that are gone
     * @param filesBack names that had been removed and are back
     */
    record Cut(
            long atNs,
            PowerCut how,
            boolean duringSync,
            long unsyncedBytes,
            long lostBytes,
            long garbledBytes,
            List<String> filesLost,
            List<String> filesBack)
            implements DiskEvent {}

    /**
     * Bytes of a file that had been synced are not what they were. Told after the fault, or the cut, that did it.
     *
     * @param before what had been synced
     * @param after what lies there now, of the same length
     */
    record Damaged(long atNs, String name, Bytes before, Bytes after) implements DiskEvent {}
}
