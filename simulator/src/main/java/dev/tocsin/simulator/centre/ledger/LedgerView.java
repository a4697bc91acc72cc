package dev.tocsin.simulator.centre.ledger;

import dev.tocsin.sdk.model.AlarmId;
import java.util.List;
import java.util.Optional;

/**
 * Reading a ledger. Only what is durable is seen, whichever process wrote it. Any thread; may block on a disk. Throws
 * {@link java.io.UncheckedIOException} where the medium cannot be read.
 */
public interface LedgerView {

    /** The newest end. */
    Head head();

    /**
     * Entries in order.
     *
     * @param from the first number wanted, 1 or more
     * @param limit how many at most
     */
    List<Entry> entries(long from, int limit);

    /** The entry that holds an alarm: its {@link EntryType#ALARM}, else its first {@link EntryType#CONFLICT}. */
    Optional<Entry> find(AlarmId alarm);

    /** Everything under an alarm's id, oldest first: the alarm, its conflicts, who accepted and closed it. */
    List<Entry> history(AlarmId alarm, int limit);

    /**
     * Alarms and conflicts that no person has closed yet, newest first; an update or another content that came after the
     * closing opens an alarm again.
     */
    List<Entry> open(int limit);

    /** {@link EntryType#ACCEPTED} entries about a device's alarms that the device has not acknowledged, oldest first. */
    List<Entry> unacknowledged(String device, int limit);

    /**
     * Entries {@linkplain EntryType#isAboutDrills about drills}, newest first.
     *
     * @param before only those with a smaller number
     */
    List<Entry> drills(long before, int limit);

    /**
     * Entries {@linkplain EntryType#isAboutOrders about orders}, newest first.
     *
     * @param before only those with a smaller number
     */
    List<Entry> orders(long before, int limit);

    /**
     * Alarms of a device that say that something is over (RESTORED), oldest first.
     *
     * @param after only those with a larger number
     */
    List<Entry> restored(String device, long after, int limit);

    /** A device's last {@link EntryType#OFFLINE} or {@link EntryType#ONLINE}; empty while it has never been away. */
    Optional<Entry> supervision(String device);
}
