package dev.tocsin.simulator.centre.ledger;

import java.util.function.Consumer;

/**
 * What a centre keeps: append-only, hash-chained, written by one writer, committed in groups.
 *
 * <ul>
 *   <li>One {@link EntryType#ALARM} per alarm id. The same envelope again gets the entry that is there, even if that one
 *       still waits for its commit.
 *   <li>The same id with another envelope becomes a {@link EntryType#CONFLICT}, one per envelope.
 *   <li>The nonce that was seen first binds a device's boot. An alarm of that boot with another nonce is a conflict. A
 *       late alarm of an earlier boot is none. Boot 0 is a counter that the device could not read: it binds nothing.
 *   <li>A heartbeat of a boot before the highest seen, or of a bound boot with another nonce, is a conflict, once per boot
 *       and nonce.
 *   <li>Conflicts raise a {@link EntryType#FAULT} about the device, once per cause. No conflict is ever dropped.
 * </ul>
 */
public interface Ledger extends LedgerView, AutoCloseable {

    /** Most submissions that wait for a commit; the next gets {@link Outcome.Busy}. */
    int MAX_WAITING = 8_192;

    /** Most updates of one alarm that are accepted together with it; the newest. */
    int MAX_UPDATES_ACCEPTED = 16;

    /**
     * Asks for something to be written.
     *
     * @param done told once, when it is durable or when it is clear that it will not be; on the ledger's thread, which it
     *     must not block, or on the caller's before this returns
     */
    void submit(Submission submission, Consumer<Outcome> done);

    /** Commits what waits and lets go of the medium. */
    @Override
    void close();
}
